using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TaskMatrix.App.Tests.Notifications;

/// <summary>A web server that takes posts as a group robot does, on a free port of this machine.</summary>
internal sealed class RobotReceiver : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _loop;

    public RobotReceiver()
    {
        Address = $"http://127.0.0.1:{Ports.Free()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _loop = Task.Run(Serve);
    }

    public string Address { get; }

    public ConcurrentQueue<(string PathAndQuery, string Body, string? Id)> Received { get; } = [];

    /// <summary>Status and body of the answer; null: it never answers.</summary>
    public Func<(int Status, string Body)?> Answer { get; set; } = () => (200, """{"errcode":0,"errmsg":"ok"}""");

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _loop;
    }

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            try
            {
                await Take(await _listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // Closed, or the sender went away.
            }
        }
    }

    private async Task Take(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        Received.Enqueue((context.Request.RawUrl!, await reader.ReadToEndAsync(), context.Request.Headers["X-TaskMatrix-Delivery"]));
        if (Answer() is not { } answer)
        {
            return;
        }

        context.Response.StatusCode = answer.Status;
        if (answer.Status is 302)
        {
            context.Response.RedirectLocation = Address + "elsewhere";
        }

        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
        context.Response.Close();
    }
}

/// <summary>A mail server that speaks as much SMTP as taking a mail needs.</summary>
internal sealed class MailReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _loop;

    public MailReceiver()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _loop = Task.Run(Serve);
    }

    public int Port { get; }

    public ConcurrentQueue<(string To, string Text)> Received { get; } = [];

    /// <summary>Answer to RCPT.</summary>
    public string OfRecipient { get; set; } = "250 ok";

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
    }

    private async Task Serve()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await Talk(client.GetStream());
            }
            catch (IOException)
            {
                // The sender went away.
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task Talk(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test");
        var to = "";
        while (await reader.ReadLineAsync() is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            to = verb == "RCPT" ? line[(line.IndexOf('<') + 1)..line.IndexOf('>')] : to;
            if (verb == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                Received.Enqueue((to, await Data(reader)));
            }

            await writer.WriteLineAsync(verb switch { "RCPT" => OfRecipient, "QUIT" => "221 bye", "EHLO" or "HELO" => "250 test", _ => "250 ok" });
            if (verb == "QUIT")
            {
                return;
            }
        }
    }

    private static async Task<string> Data(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".")
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }
}

internal static class Ports
{
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
