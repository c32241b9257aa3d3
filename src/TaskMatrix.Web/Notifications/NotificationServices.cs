using TaskMatrix.App.Notifications;

namespace TaskMatrix.Web.Notifications;

internal static class NotificationServices
{
    public static IServiceCollection AddNotifications(this IServiceCollection services) =>
        services.AddSingleton<MessageWords>().AddSingleton<IMessageWords>(provider => provider.GetRequiredService<MessageWords>()).AddSingleton<ISecretKeeper, SecretKeeper>();

    /// <summary>The section <c>Notifications</c>; a mail server counts as configured once host and sender are given.</summary>
    public static NotificationOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Notifications");
        var smtp = section.GetSection("Smtp");
        return new NotificationOptions
        {
            AllowPrivateNetworks = section.GetValue("AllowPrivateNetworks", false), SendInExercise = section.GetValue("SendInExercise", false),
            PublicAddress = section["PublicAddress"],
            Smtp = smtp["Host"] is { Length: > 0 } host && smtp["From"] is { Length: > 0 } from
                ? new SmtpOptions
                {
                    Host = host, From = from, Port = smtp.GetValue("Port", 587), StartTls = smtp.GetValue("StartTls", true), UserName = smtp["UserName"], Password = smtp["Password"],
                }
                : null,
        };
    }
}
