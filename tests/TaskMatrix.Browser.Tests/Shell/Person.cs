using Microsoft.Playwright;

namespace TaskMatrix.Browser.Tests.Shell;

/// <summary>How somebody looks at the pages.</summary>
public sealed record Looking(bool Scripts, bool Phone, string Language)
{
    public override string ToString() => $"{(Scripts ? "scripts" : "no scripts")}, {(Phone ? "phone" : "desktop")}, {Language}";

    public BrowserNewContextOptions Context => new()
    {
        JavaScriptEnabled = Scripts, Locale = Language, ViewportSize = Phone ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1366, Height = 900 },
    };
}

/// <summary>A signed-in person in a browser; every message on its console counts as a fault.</summary>
public sealed class Person : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private Person(IBrowserContext context, IPage page, string address)
    {
        (_context, Page, Address) = (context, page, address);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Faults.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Faults.Add(error);
    }

    public IPage Page { get; }

    public string Address { get; }

    public List<string> Faults { get; } = [];

    public static async Task<Person> SignIn(RunningProgram program, Looking looking, string userName)
    {
        var context = await program.Browser.NewContextAsync(looking.Context);
        context.SetDefaultTimeout(30_000);
        var person = new Person(context, await context.NewPageAsync(), program.Address);
        await person.Go("/login");
        await person.Page.FillAsync("#userName", userName);
        await person.Page.FillAsync("#password", RunningProgram.Password);
        await person.Page.ClickAsync("main button[type=submit]");
        return person;
    }

    public Task Go(string path) => Page.GotoAsync(Address + path);

    /// <summary>Whether this address answers with a page, not with a file to keep; a link that leads nowhere is a fault.</summary>
    public async Task<bool> IsPage(string path)
    {
        var answer = await _context.APIRequest.GetAsync(Address + path);
        if (!answer.Ok)
        {
            Faults.Add($"{path} answers {answer.Status}");
        }

        return answer.Ok && answer.Headers.TryGetValue("content-type", out var type) && type.StartsWith("text/html", StringComparison.Ordinal);
    }

    /// <summary>Addresses of this program that these links lead to.</summary>
    public async Task<IReadOnlyList<string>> Links(string selector) =>
        await Page.Locator(selector).EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href')).filter(href => href?.startsWith('/'))");

    /// <summary>Nothing on the console, and nothing wider than the screen.</summary>
    public async Task<bool> FitsTheScreen() => await Page.Locator("main").EvaluateAsync<double>("main => main.getBoundingClientRect().right") <= Page.ViewportSize!.Width + 1;

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
