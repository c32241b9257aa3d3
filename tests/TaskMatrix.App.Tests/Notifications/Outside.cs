using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Tests.Notifications;

/// <summary>Words that say what a message holds.</summary>
internal sealed class PlainWords : IMessageWords
{
    public MessageText Of(Message message, string language, TimeZoneInfo zone) =>
        new($"{(message.Exercise ? "演练 " : "")}{message.Kind} {message.Count}", string.Join('\n', message.Subjects.Select(subject => subject.Title)));

    public string CalendarName(string unit, bool exercise, string language) => unit;
}

/// <summary>Secrets that can be told from what they keep.</summary>
internal sealed class PlainSecrets : ISecretKeeper
{
    public string Protect(string secret) => "kept:" + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret));

    public string Reveal(string kept) => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(kept[5..]));
}

internal static class Outward
{
    /// <summary>The installation sends as these options say.</summary>
    public static Action<IServiceCollection> With(NotificationOptions options) => services =>
    {
        var known = (AppOptions)services.Last(service => service.ServiceType == typeof(AppOptions)).ImplementationInstance!;
        services.AddSingleton(known with { Notifications = options });
    };
}
