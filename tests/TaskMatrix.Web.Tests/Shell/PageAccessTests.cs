using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace TaskMatrix.Web.Tests.Shell;

/// <summary>Who sees which page, and what every page holds to.</summary>
[Collection(PagesCollection.Name)]
public sealed class PageAccessTests(PagesServer server)
{
    private static readonly string[] Everywhere =
        ["/", "/tasks", "/overdue", "/matrix", "/plans", "/plans/taiping-2020-3", "/duties/taiping.education.absence-checks", "/account", "/help",
         "/receipts", "/events", "/instructions", "/meetings", "/inspections", "/inspections/rounds", "/registers", "/checklists", "/watch", "/notifications", "/workflows", "/workflows/daily-report", "/tasks/calendar", "/search", "/search?q=学生", "/standing", "/drafts", "/statistics", "/organisation", "/inspections?view=list"];

    public static TheoryData<string> Workers => ["taiping.office", "taiping.leader", "taiping.inspector", "taiping.education", "taiping.education.head"];

    public static TheoryData<string> Administrators => ["taiping.sysadmin", "taiping.secadmin", "taiping.auditor"];

    [Fact]
    public async Task Nobody_is_led_to_the_login_and_from_there_on()
    {
        var visitor = await server.Visit();
        var login = await visitor.Get("/tasks?state=closed");
        Assert.Equal("/login", login.Address.AbsolutePath);

        var list = await visitor.Send(login.Form("/login"), ("userName", "taiping.office"), ("password", "TaskMatrix-Demo-2020"));
        Assert.Equal("/tasks?state=closed", list.Address.PathAndQuery);
    }

    [Theory]
    [MemberData(nameof(Workers))]
    public async Task Whoever_works_on_tasks_sees_every_page(string userName)
    {
        var visitor = await server.Visit(userName);
        foreach (var path in Everywhere)
        {
            var page = await visitor.Get(path);
            Assert.True(page.Status == HttpStatusCode.OK, $"{userName} {path}: {page.Status}");
            Assert.Single(page.Document.QuerySelectorAll("h1"));
            Assert.Empty(PageRules.Broken(page));
        }
    }

    [Theory]
    [MemberData(nameof(Workers))]
    [MemberData(nameof(Administrators))]
    public async Task The_desk_leads_on_to_four_pages_or_more(string userName)
    {
        var visitor = await server.Visit(userName);
        var desk = await visitor.Get("/");
        var links = desk.Document.QuerySelectorAll("main a, nav a").Select(link => link.GetAttribute("href")!.Split('#')[0]).Where(link => link != "/").Distinct().ToList();
        Assert.True(desk.Document.QuerySelectorAll("main a").Length >= 4);
        foreach (var link in links)
        {
            Assert.Equal(HttpStatusCode.OK, (await visitor.Get(link)).Status);
        }
    }

    [Theory]
    [MemberData(nameof(Administrators))]
    public async Task An_administrator_sees_no_task_and_no_plan(string userName)
    {
        var visitor = await server.Visit(userName);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/matrix")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/plans/taiping-2020-3")).Status);
        Assert.Empty((await visitor.Get("/tasks")).Document.QuerySelectorAll("table.tasks"));
    }

    [Fact]
    public async Task Another_jurisdiction_stays_out_of_sight()
    {
        var visitor = await server.Visit("lanxi.office");
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/plans/taiping-2020-3")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/duties/taiping.education.absence-checks")).Status);
    }

    [Theory]
    [InlineData("taiping.education", "/tasks/new")]
    [InlineData("taiping.inspector", "/tasks/new")]
    [InlineData("taiping.education", "/schedules")]
    [InlineData("taiping.office", "/channels")]
    [InlineData("taiping.office", "/accounts")]
    [InlineData("taiping.auditor", "/accounts")]
    [InlineData("taiping.inspector", "/plans/new")]
    [InlineData("taiping.education", "/jobs")]
    [InlineData("taiping.office", "/audit")]
    [InlineData("taiping.education", "/audit")]
    [InlineData("taiping.sysadmin", "/audit")]
    [InlineData("taiping.auditor", "/statistics")]
    [InlineData("taiping.auditor", "/tasks/ledger.csv")]
    public async Task A_page_of_another_role_says_that_it_is_not_allowed(string userName, string path)
    {
        var visitor = await server.Visit(userName);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Get(path)).Status);
    }

    [Fact]
    public async Task An_unknown_address_is_a_page_that_leads_back()
    {
        var visitor = await server.Visit("taiping.office");
        var page = await visitor.Get("/no/such/page");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.NotNull(page.Document.QuerySelector("main a[href='/']"));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https:evil.example")]
    public async Task A_foreign_address_to_return_to_is_not_followed(string address)
    {
        var visitor = await server.Visit();
        var login = await visitor.Get("/login?returnUrl=" + Uri.EscapeDataString(address));
        Assert.Equal("/", login.Document.QuerySelector("main input[name=returnUrl]")!.GetAttribute("value"));
        var desk = await visitor.Send(login.Form("/login"), ("userName", "taiping.office"), ("password", "TaskMatrix-Demo-2020"), ("returnUrl", address));
        Assert.Equal("/", desk.Address.AbsolutePath);
        Assert.Equal(server.Address.Authority, desk.Address.Authority);
    }

    [Fact]
    public async Task A_wrong_password_keeps_the_name_and_says_nothing_of_the_account()
    {
        var visitor = await server.Visit();
        var unknown = await visitor.SignIn("nobody.at.all", "wrong");
        var known = await visitor.SignIn("lanxi.leader", "wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, known.Status);
        Assert.Equal(unknown.Text("#login-errors"), known.Text("#login-errors"));
        Assert.Equal("lanxi.leader", known.Document.QuerySelector("#userName")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_post_without_its_token_does_nothing()
    {
        var visitor = await server.Visit("taiping.education");
        var answer = await visitor.Client.PostAsync("/language", new FormUrlEncodedContent([KeyValuePair.Create("language", "en")]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("zh-CN", (await visitor.Get("/")).Document.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task Signing_out_ends_the_other_sessions_too()
    {
        var (one, other) = (await server.Visit("lanxi.inspector"), await server.Visit("lanxi.inspector"));
        await one.Send((await one.Get("/")).Form("/logout"));
        Assert.Equal("/login", (await one.Get("/")).Address.AbsolutePath);
        Assert.Equal("/login", (await other.Get("/")).Address.AbsolutePath);
    }

    [Fact]
    public async Task The_language_of_the_profile_comes_before_what_the_browser_asks_for()
    {
        var visitor = await server.Visit("lanxi.health-center");
        visitor.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");
        var account = await visitor.Send((await visitor.Get("/account")).Document.QuerySelectorAll<IHtmlFormElement>("main form[action='/language']").Single(), ("language", "en"));
        Assert.Equal("en", account.Document.DocumentElement.GetAttribute("lang"));

        var again = await server.Visit("lanxi.health-center");
        Assert.Equal("en", (await again.Get("/")).Document.DocumentElement.GetAttribute("lang"));
    }

    [Theory]
    [InlineData("en-GB,en;q=0.9", "en")]
    [InlineData("fr,zh;q=0.5", "zh-CN")]
    [InlineData("fr", "zh-CN")]
    public async Task A_new_visitor_gets_the_language_of_the_browser(string accepted, string language)
    {
        var visitor = await server.Visit();
        visitor.Client.DefaultRequestHeaders.Add("Accept-Language", accepted);
        Assert.Equal(language, (await visitor.Get("/login")).Document.DocumentElement.GetAttribute("lang"));
    }
}
