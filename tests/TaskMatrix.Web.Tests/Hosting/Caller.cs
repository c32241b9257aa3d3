using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>One person (or nobody) who sends requests.</summary>
internal sealed class Caller(HttpClient http, string? token)
{
    public Task<Answer> Get(string path, string? language = null) => Send(HttpMethod.Get, path, null, language: language);

    public Task<Answer> Post(string path, object? body = null, string? key = null) =>
        Send(HttpMethod.Post, path, Json(body ?? new { }), key);

    public Task<Answer> Put(string path, object body) => Send(HttpMethod.Put, path, Json(body));

    public Task<Answer> Delete(string path) => Send(HttpMethod.Delete, path, null);

    /// <summary>A body exactly as written, also one that is no JSON.</summary>
    public Task<Answer> PostText(string path, string body, string mediaType = "application/json", string? key = null, string? language = null) =>
        Send(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, mediaType), key, language);

    public Task<Answer> Upload(byte[] bytes, string fileName, string? key = null, string path = "/api/attachments")
    {
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileName = $"\"{fileName}\"" };
        return Send(HttpMethod.Post, path, new MultipartFormDataContent { file }, key);
    }

    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? content, string? key = null, string? language = null, string? cookie = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.ExpectContinue = content?.Headers.ContentLength > 16 * 1024 * 1024;
        Add(request.Headers, "Authorization", token is null ? null : "Bearer " + token);
        Add(request.Headers, "Idempotency-Key", key);
        Add(request.Headers, "Accept-Language", language);
        Add(request.Headers, "Cookie", cookie);
        using var response = await http.SendAsync(request);
        return await Answer.Read($"{method} {path}", response);
    }

    /// <summary>The beginning of an answer that does not end: its first line, then the line is closed.</summary>
    public async Task<Answer> Open(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        Add(request.Headers, "Authorization", token is null ? null : "Bearer " + token);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        var first = new StringContent(await lines.ReadLineAsync() ?? "", Encoding.UTF8, response.Content.Headers.ContentType?.MediaType ?? "text/plain");
        return await Answer.Read($"GET {path}", new HttpResponseMessage(response.StatusCode) { Content = first });
    }

    /// <summary>Every item of a paged list, in its order.</summary>
    public async Task<List<JsonNode>> All(string path, int limit = 200)
    {
        var items = new List<JsonNode>();
        for (string? cursor = null; ;)
        {
            var page = (await Get($"{path}{(path.Contains('?') ? '&' : '?')}limit={limit}{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}")).Ok();
            items.AddRange(page["items"]!.AsArray().Select(item => item!));
            if ((cursor = page["nextCursor"]?.GetValue<string>()) is null)
            {
                return items;
            }
        }
    }

    private static StringContent Json(object body) => new(JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");

    private static void Add(HttpRequestHeaders headers, string name, string? value)
    {
        if (value is not null)
        {
            headers.TryAddWithoutValidation(name, value);
        }
    }
}

/// <summary>An answer read to its end.</summary>
internal sealed record Answer(string Request, int Status, string? MediaType, string? Location, ILookup<string, string> Headers, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonNode Json => JsonNode.Parse(Bytes) ?? throw new InvalidOperationException($"{Request}: null");

    public string? Code => MediaType == "application/problem+json" ? Json["code"]?.GetValue<string>() : null;

    /// <summary>The answer of a request that has to succeed.</summary>
    public JsonNode Ok(int status = 200)
    {
        Assert.True(Status == status, $"{Request}: {Status} instead of {status}\n{Text}");
        return Json;
    }

    /// <summary>Holds the answer against what every refusal promises, and against this status and code.</summary>
    public JsonNode Refused(int status, string code)
    {
        Assert.True(Status == status && Code == code, $"{Request}: {Status} {Code} instead of {status} {code}\n{Text}");
        var problem = Json;
        Assert.Equal(status, problem["status"]!.GetValue<int>());
        Assert.False(string.IsNullOrWhiteSpace(problem["title"]?.GetValue<string>()), Text);
        Assert.False(string.IsNullOrWhiteSpace(problem["detail"]?.GetValue<string>()), $"{Request}: no detail\n{Text}");
        Assert.DoesNotContain("   at ", Text, StringComparison.Ordinal);
        return problem;
    }

    /// <summary>Refused as invalid, with an error at the field.</summary>
    public void Invalid(string field) =>
        Assert.True(Refused(400, "validation.failed")["errors"]!.AsObject().ContainsKey(field), $"{Request}: no error at {field}\n{Text}");

    public static async Task<Answer> Read(string request, HttpResponseMessage response) => new(
        request, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.Location?.ToString(),
        response.Headers.Concat(response.Content.Headers).SelectMany(header => header.Value.Select(value => (header.Key, value)))
            .ToLookup(header => header.Key, header => header.value, StringComparer.OrdinalIgnoreCase),
        await response.Content.ReadAsByteArrayAsync());
}
