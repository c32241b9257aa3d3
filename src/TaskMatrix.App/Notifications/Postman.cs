using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Notifications;

/// <summary>Carries one message through one channel, within a bounded time.</summary>
public sealed class Postman(IServiceScopeFactory scopes, MailSender mail, RobotSender robots, ISecretKeeper secrets, IMessageWords words, AppOptions options)
{
    /// <returns>Null when the receiver took it; else why not, without a secret.</returns>
    public async Task<string?> Deliver(Parcel parcel, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.Notifications.Patience);
        try
        {
            var zone = await Zone(parcel.Message.Jurisdiction, limit.Token);
            var text = words.Of(parcel.Message, parcel.Channel.Language, zone);
            var (target, secret) = (secrets.Reveal(parcel.Channel.ProtectedTarget), parcel.Channel.ProtectedSecret is { } kept ? secrets.Reveal(kept) : null);
            return parcel.Channel.Kind == ChannelKind.Mail
                ? await mail.Send(target, text, parcel.Delivery.Id, limit.Token)
                : await robots.Send(parcel.Channel.Kind, new Uri(target), secret, text, parcel.Delivery.Id, limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return $"no answer within {options.Notifications.Patience.TotalSeconds:0.#} s";
        }
        catch (Exception e) when (e is SmtpException or HttpRequestException or IOException or SocketException or CryptographicException or OutboundRefusedException)
        {
            return Short(e);
        }
    }

    /// <summary>The reasons of an exception and what lies below it; addresses with their keys are in none of them.</summary>
    private static string Short(Exception e)
    {
        var words = e.InnerException is { } inner && !e.Message.Contains(inner.Message, StringComparison.Ordinal) ? $"{e.Message} ({inner.Message})" : e.Message;
        return words.Length <= 300 ? words : words[..300];
    }

    private async Task<TimeZoneInfo> Zone(string jurisdiction, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<Session>();
        var catalogue = await scope.ServiceProvider.GetRequiredService<CatalogueSource>().Current(session, ct);
        return TimeZoneInfo.FindSystemTimeZoneById(catalogue.Reckoning(jurisdiction).Zone);
    }
}
