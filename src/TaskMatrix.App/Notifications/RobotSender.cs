using System.Text;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Notifications;

/// <summary>Posts to group robots within the time its caller gives. Follows no redirect, uses no proxy, and connects to none but allowed addresses.</summary>
public sealed class RobotSender(AppOptions options, TimeProvider wall) : IDisposable
{
    /// <summary>Name of the header with the delivery's id, by which a receiver drops what came twice.</summary>
    public const string IdHeader = "X-TaskMatrix-Delivery";

    private const int LongestAnswer = 64 * 1024;

    private readonly HttpClient _http = new(OutboundAddress.Handler(options.Notifications.AllowPrivateNetworks)) { MaxResponseContentBufferSize = LongestAnswer, Timeout = Timeout.InfiniteTimeSpan };

    /// <returns>Null when the robot took it; else why not.</returns>
    /// <exception cref="HttpRequestException">It cannot be reached.</exception>
    public async Task<string?> Send(string kind, Uri address, string? secret, MessageText text, Guid delivery, CancellationToken ct)
    {
        if (OutboundAddress.Problem(address, options.Notifications.AllowPrivateNetworks) is { } problem)
        {
            return problem;
        }

        var form = RobotForms.Write(kind, address, secret, text, wall.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, form.Address) { Content = new StringContent(form.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add(IdHeader, delivery.ToString());
        using var answer = await _http.SendAsync(request, ct);
        return answer.IsSuccessStatusCode ? RobotForms.Refusal(await answer.Content.ReadAsStringAsync(ct)) : $"HTTP {(int)answer.StatusCode}";
    }

    public void Dispose() => _http.Dispose();
}
