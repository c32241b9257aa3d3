using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Tests.Shell;

/// <summary>A page as the visitor sees it.</summary>
/// <param name="Address">After redirects.</param>
public sealed record SeenPage(HttpStatusCode Status, Uri Address, IHtmlDocument Document, HttpResponseMessage Response, string Html)
{
    public IHtmlFormElement Form(string action) =>
        Document.QuerySelectorAll<IHtmlFormElement>("form").FirstOrDefault(form => form.GetAttribute("action") == action)
        ?? throw new InvalidOperationException($"No form posts to {action} on {Address}");

    public IReadOnlyList<string> FormActions => [.. Document.QuerySelectorAll("form").Select(form => form.GetAttribute("action") ?? "")];

    public string Text(string selector) => Document.QuerySelector(selector)?.TextContent.Trim() ?? "";
}

/// <summary>A browser without scripts: follows links and sends forms as they stand.</summary>
public sealed class Visitor(Uri server)
{
    private readonly HttpClient _client = new(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = true }) { BaseAddress = server };

    public HttpClient Client => _client;

    public Task<SeenPage> Get(string path) => See(_client.GetAsync(path));

    public async Task<SeenPage> SignIn(string userName, string password = DemoAccounts.Password)
    {
        var login = await Get("/login");
        return await Send(login.Form("/login"), ("userName", userName), ("password", password));
    }

    /// <summary>Sends a form with its fields as shown, changed where told; a name given twice is sent twice.</summary>
    public Task<SeenPage> Send(IHtmlFormElement form, params (string Name, string Value)[] changes)
    {
        var fields = Fields(form).Where(field => changes.All(change => change.Name != field.Key))
            .Concat(changes.Select(change => KeyValuePair.Create(change.Name, change.Value)));
        var action = form.GetAttribute("action")!;
        return form.GetAttribute("method") == "post" ? See(_client.PostAsync(action, new FormUrlEncodedContent(fields))) : Get(action + "?" + Query(fields));
    }

    /// <summary>As a button with an address of its own sends the form.</summary>
    public Task<SeenPage> SendTo(string address, IHtmlFormElement form, params (string Name, string Value)[] changes) =>
        See(_client.PostAsync(address, new FormUrlEncodedContent(Fields(form).Where(field => changes.All(change => change.Name != field.Key))
            .Concat(changes.Select(change => KeyValuePair.Create(change.Name, change.Value))))));

    public Task<SeenPage> SendFiles(IHtmlFormElement form, string fileName, byte[] content, params (string Name, string Value)[] changes)
    {
        var body = new MultipartFormDataContent();
        foreach (var (name, value) in Fields(form).Where(field => changes.All(change => change.Name != field.Key)).Select(f => (f.Key, f.Value)).Concat(changes))
        {
            body.Add(new StringContent(value), name);
        }

        body.Add(new ByteArrayContent(content), "files", fileName);
        return See(_client.PostAsync(form.GetAttribute("action"), body));
    }

    private static string Query(IEnumerable<KeyValuePair<string, string>> fields) =>
        string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));

    private static IEnumerable<KeyValuePair<string, string>> Fields(IHtmlFormElement form)
    {
        foreach (var element in form.Elements)
        {
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "file" } or IHtmlButtonElement:
                    break;
                case IHtmlInputElement { Name: { } name } input:
                    yield return KeyValuePair.Create(name, input.Value);
                    break;
                case IHtmlTextAreaElement { Name: { } name } area:
                    yield return KeyValuePair.Create(name, area.Value);
                    break;
                case IHtmlSelectElement { Name: { } name } choice:
                    yield return KeyValuePair.Create(name, choice.Value ?? "");
                    break;
            }
        }
    }

    private static async Task<SeenPage> See(Task<HttpResponseMessage> request)
    {
        var response = await request;
        var html = await response.Content.ReadAsStringAsync();
        var context = BrowsingContext.New(Configuration.Default);
        var document = (IHtmlDocument)await context.OpenAsync(answer => answer.Content(html).Address(response.RequestMessage!.RequestUri!));
        return new SeenPage(response.StatusCode, response.RequestMessage!.RequestUri!, document, response, html);
    }
}
