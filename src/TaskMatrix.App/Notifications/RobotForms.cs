using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Notifications;

/// <summary>A request as a group robot wants it.</summary>
public sealed record RobotRequest(Uri Address, string Body);

/// <summary>The message forms and signatures of the group robots of WeCom, DingTalk and Feishu, as their documentation has them.</summary>
public static class RobotForms
{
    /// <summary>WeCom takes 2,048 bytes of text, the others more; all get what fits the smallest.</summary>
    public const int MostBytes = 2000;

    /// <param name="secret">Of a robot that checks signatures; WeCom's robots have none, their address is the secret.</param>
    /// <param name="now">Wall clock: robots refuse signatures that are an hour old.</param>
    public static RobotRequest Write(string kind, Uri address, string? secret, MessageText text, DateTimeOffset now)
    {
        var words = Cut($"{text.Subject}\n{text.Body}");
        return kind switch
        {
            ChannelKind.DingTalk => new RobotRequest(SignedForDingTalk(address, secret, now), Text("msgtype", words)),
            ChannelKind.Feishu => new RobotRequest(address, ForFeishu(words, secret, now)),
            _ => new RobotRequest(address, Text("msgtype", words)),
        };
    }

    /// <summary>A robot says in its answer whether it took the message; the status alone is 200 either way.</summary>
    /// <returns>Null when it did.</returns>
    public static string? Refusal(string answer)
    {
        try
        {
            var json = JsonNode.Parse(answer) as JsonObject;
            var code = json?["errcode"] ?? json?["code"] ?? json?["StatusCode"];
            var words = json?["errmsg"] ?? json?["msg"] ?? json?["StatusMessage"];
            return code is null ? "the answer is not a robot's" : code.ToJsonString() is "0" ? null : $"the robot answers {code.ToJsonString()}: {words}";
        }
        catch (JsonException)
        {
            return "the answer is not a robot's";
        }
    }

    /// <summary>timestamp (ms) and sign = url(base64(HMAC-SHA256(key: secret, timestamp + "\n" + secret))) in the address.</summary>
    private static Uri SignedForDingTalk(Uri address, string? secret, DateTimeOffset now)
    {
        if (secret is null)
        {
            return address;
        }

        var timestamp = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var sign = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}\n{secret}")));
        return new UriBuilder(address) { Query = $"{address.Query.TrimStart('?')}&timestamp={timestamp}&sign={Uri.EscapeDataString(sign)}".TrimStart('&') }.Uri;
    }

    /// <summary>timestamp (s) and sign = base64(HMAC-SHA256(key: timestamp + "\n" + secret, nothing)) in the body.</summary>
    private static string ForFeishu(string words, string? secret, DateTimeOffset now)
    {
        // Tags of its text call people; what we send names nobody.
        words = words.Replace('<', '＜');
        var body = new JsonObject { ["msg_type"] = "text", ["content"] = new JsonObject { ["text"] = words } };
        if (secret is not null)
        {
            var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            (body["timestamp"], body["sign"]) = (timestamp, Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{timestamp}\n{secret}"), Array.Empty<byte>())));
        }

        return body.ToJsonString(JsonColumn.Options);
    }

    private static string Text(string type, string words) =>
        new JsonObject { [type] = "text", ["text"] = new JsonObject { ["content"] = words } }.ToJsonString(JsonColumn.Options);

    private static string Cut(string words)
    {
        var (cut, bytes) = (new StringBuilder(), 0);
        foreach (var rune in words.EnumerateRunes())
        {
            if ((bytes += rune.Utf8SequenceLength) > MostBytes)
            {
                return cut.Append('…').ToString();
            }

            cut.Append(rune.ToString());
        }

        return cut.ToString();
    }
}
