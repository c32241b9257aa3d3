using Microsoft.Playwright;

namespace TaskMatrix.Browser.Tests.Shell;

/// <summary>How somebody looks at the pages.</summary>
public sealed record Looking(bool Scripts, bool Phone, string Language)
{
    public override string ToString() => $"{(Scripts ? "scripts" : "no scripts")}, {(Phone ? "phone" : "desktop")}, {Language}";

    public BrowserNewContextOptions Context => new()
    {
        JavaScriptEnabled = Scripts, Locale = Language, ViewportSize = Phone ? new ViewportSize { Width = 360, Height = 780 } : new ViewportSize { Width = 1366, Height = 900 },
    };

    /// <summary>Every value with every value of the others in four of the eight ways; <c>./test --long</c> goes all of them.</summary>
    public static TheoryData<bool, bool, string> Ways
    {
        get
        {
            var ways = new TheoryData<bool, bool, string> { { true, false, "zh-CN" }, { false, true, "zh-CN" }, { true, true, "en" }, { false, false, "en" } };
            if (Environment.GetEnvironmentVariable("TASKMATRIX_LONG") == "1")
            {
                ways.Add(true, true, "zh-CN");
                ways.Add(false, false, "zh-CN");
                ways.Add(true, false, "en");
                ways.Add(false, true, "en");
            }

            return ways;
        }
    }
}

/// <summary>A signed-in person in a browser; every message on its console counts as a fault.</summary>
public sealed class Person : IAsyncDisposable
{
    /// <summary>No test says how fast a machine is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

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

    /// <summary>By the form the first time; another window of the same person is signed in already.</summary>
    public static async Task<Person> SignIn(RunningProgram program, Looking looking, string userName)
    {
        if (program.SignedIn.TryGetValue(userName, out var known))
        {
            var again = await Visit(program, looking, known);
            await again.Go("/");
            return again;
        }

        var person = await Visit(program, looking);
        await person.Go("/login");
        await person.Page.FillAsync("#userName", userName);
        await person.Page.FillAsync("#password", RunningProgram.Password);
        await person.Page.ClickAsync("main button[type=submit]");
        await person.Whole();
        program.SignedIn[userName] = await person._context.StorageStateAsync();
        return person;
    }

    /// <param name="signedIn">What a browser keeps of somebody; null: nobody has signed in.</param>
    public static async Task<Person> Visit(RunningProgram program, Looking looking, string? signedIn = null)
    {
        var options = looking.Context;
        options.StorageState = signedIn;
        var context = await program.Browser.NewContextAsync(options);
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        return new Person(context, await context.NewPageAsync(), program.Address);
    }

    public Task Go(string path) => Page.GotoAsync(Address + path);

    /// <summary>A click ends when the next page begins to come; this one when it is there with its scripts and styles.</summary>
    public Task Whole() => Whole(Page);

    /// <summary>Asked of the page: the library's own wait can miss the event that it waits for.</summary>
    public static async Task Whole(IPage page)
    {
        while (await page.EvaluateAsync<string>("() => document.readyState") != "complete")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    /// <summary>Path of the page that is shown.</summary>
    public string Here => new Uri(Page.Url).AbsolutePath;

    /// <summary>Fills in a form as it stands on the page, opening what hides it, sends it and waits for the word that it is done.</summary>
    /// <returns>Path of the next page.</returns>
    public async Task<string> Send(string action, params (string Name, string Value)[] fields)
    {
        var form = await Fill(action, fields);
        await form.Locator("button[type=submit]").First.ClickAsync();
        await Page.WaitForSelectorAsync(".told");
        await Whole();
        return Here;
    }

    public async Task<ILocator> Fill(string action, params (string Name, string Value)[] fields)
    {
        await Whole();
        var form = Page.Locator($"form[method=post][action='{action}']").First;
        if (!await form.Locator("button[type=submit]").First.IsVisibleAsync())
        {
            await form.Locator("xpath=ancestor::details[not(@open)]/summary").First.ClickAsync();
        }

        foreach (var (name, value) in fields)
        {
            var field = form.Locator($"[name='{name}']").First;
            await (await field.EvaluateAsync<string>("field => field.type") switch
            {
                "select-one" => field.SelectOptionAsync(value),
                "checkbox" => form.Locator($"[name='{name}'][value='{value}']").CheckAsync(),
                _ => field.FillAsync(value),
            });
        }

        return form;
    }

    /// <summary>Nothing on the console of any of them, and nothing wider than the screen.</summary>
    public static async Task FoundNothingWrong(params Person[] people)
    {
        foreach (var person in people)
        {
            Assert.Empty(person.Faults);
            Assert.True(await person.FitsTheScreen(), person.Here);
        }
    }

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

    public async Task<bool> FitsTheScreen()
    {
        await Whole();
        return await Page.Locator("main").EvaluateAsync<double>("main => main.getBoundingClientRect().right") <= Page.ViewportSize!.Width + 1
            && await Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1");
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
