using System.Net;
using System.Net.Sockets;

namespace TaskMatrix.App.Notifications;

/// <summary>The address leads where nothing may be sent.</summary>
public sealed class OutboundRefusedException(string reason) : Exception(reason);

/// <summary>
/// Keeps requests that a user's address causes out of our own networks: the name is resolved once, every address it has is
/// looked at, and the connection goes to the very address that was looked at.
/// </summary>
public static class OutboundAddress
{
    private const string Refused = "channel.private-address";

    private static readonly IPNetwork[] Private =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/127", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Private.Any(network => network.Contains(plain));
    }

    /// <summary>What can be said of an address before its name is resolved.</summary>
    /// <returns>Code of the problem; null when there is none.</returns>
    public static string? Problem(Uri address, bool allowPrivate) => address switch
    {
        { IsAbsoluteUri: false } or { UserInfo.Length: > 0 } or { Host.Length: 0 } => "channel.bad-address",
        _ when address.Scheme != Uri.UriSchemeHttps && !(allowPrivate && address.Scheme == Uri.UriSchemeHttp) => "channel.bad-address",
        _ when allowPrivate => null,
        { IsDefaultPort: false } => "channel.bad-address",
        _ => IPAddress.TryParse(address.DnsSafeHost, out var given) && !IsPublic(given) ? Refused : null,
    };

    /// <summary>No redirects, no proxy, no cookies; connects through <see cref="Connect"/>.</summary>
    public static SocketsHttpHandler Handler(bool allowPrivate) => new()
    {
        AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        MaxResponseHeadersLength = 16, ConnectCallback = (context, ct) => Connect(context.DnsEndPoint, allowPrivate, ct),
    };

    /// <exception cref="OutboundRefusedException">One of the name's addresses is not public.</exception>
    private static async ValueTask<Stream> Connect(DnsEndPoint end, bool allowPrivate, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(end.Host, ct);
        if (addresses.Length == 0 || (!allowPrivate && !addresses.All(IsPublic)))
        {
            throw new OutboundRefusedException($"{end.Host} is not a public address");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, end.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
