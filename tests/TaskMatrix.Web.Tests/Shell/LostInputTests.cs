using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Tests.Shell;

/// <summary>Forms that cannot be taken at all give back what was written; and whatever goes wrong, a browser gets a page that says what to do.</summary>
[Collection(PagesCollection.Name)]
public sealed class LostInputTests(PagesServer server)
{
    private const string Written = "写了半个小时的工作要求";

    [Fact]
    public async Task A_form_sent_after_the_session_has_ended_is_given_back_with_the_way_to_sign_in()
    {
        var (here, elsewhere) = (await server.Visit("lanxi.leader"), await server.Visit("lanxi.leader"));
        var form = (await here.Get("/tasks/new")).Form("/tasks/new");
        await elsewhere.Send((await elsewhere.Get("/")).Form("/logout"));
        here.Client.DefaultRequestHeaders.Referrer = new Uri(server.Address, "/tasks/new");
        var page = await here.Send(form, ("title", "标题"), ("description", Written));
        Assert.Equal(HttpStatusCode.Unauthorized, page.Status);
        Assert.Contains(Written, page.Text("dl.written"), StringComparison.Ordinal);
        Assert.Equal("/login?returnUrl=%2Ftasks%2Fnew", page.Document.QuerySelector("main a.btn")!.GetAttribute("href"));
        Assert.Empty(PageRules.Broken(page));
    }

    [Fact]
    public async Task A_form_of_a_page_that_is_too_old_is_given_back_without_its_secrets()
    {
        var visitor = await server.Visit("taiping.office");
        var form = (await visitor.Get("/tasks/new")).Form("/tasks/new");
        var page = await visitor.Send(form, ("__RequestVerificationToken", "old"), ("description", Written), ("password", "secret-737"), ("title", "<svg onload=alert(1)>"));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(Written, page.Text("dl.written"), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-737", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(form.QuerySelector("[name=formToken]")!.GetAttribute("value")!, page.Html, StringComparison.Ordinal);
        Assert.Empty(PageRules.Broken(page));
    }

    [Fact]
    public async Task A_page_of_another_site_is_not_led_back_to()
    {
        var visitor = await server.Visit("taiping.office");
        var form = (await visitor.Get("/tasks/new")).Form("/tasks/new");
        visitor.Client.DefaultRequestHeaders.Referrer = new Uri("https://evil.example/tasks/new");
        var page = await visitor.Send(form, ("__RequestVerificationToken", "old"));
        Assert.Equal("/", page.Document.QuerySelector("main a.btn")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_character_that_no_text_has_is_refused_before_it_is_stored()
    {
        var visitor = await server.Visit("taiping.office");
        var page = await visitor.Send((await visitor.Get("/tasks/new")).Form("/tasks/new"), ("title", "a\0b"), ("leadUnit", "education"));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("400", page.Text(".notice .code"));
    }

    [Fact]
    public async Task What_an_address_cannot_do_is_said_on_a_page()
    {
        var visitor = await server.Visit("taiping.office");
        var answer = await visitor.Client.PutAsync("/tasks/new", new StringContent(""));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_file_above_the_limit_of_the_server_is_refused_with_a_page()
    {
        var visitor = await server.Visit("taiping.auditor");
        var form = (await visitor.Get("/audit")).Form("/audit/verify");
        var body = new MultipartFormDataContent { { new ByteArrayContent(new byte[26 * 1024 * 1024]), "heads", "heads.json" } };
        body.Add(new StringContent(form.Elements.OfType<IHtmlInputElement>().First(field => field.Name == "__RequestVerificationToken").Value), "__RequestVerificationToken");
        visitor.Client.DefaultRequestHeaders.ExpectContinue = true;
        var answer = await visitor.Client.PostAsync("/audit/verify", body);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
    }

    /// <summary>The store is away before anything is known of who visits.</summary>
    [Fact]
    public async Task A_store_that_is_away_is_a_page_for_people_and_a_problem_for_programs()
    {
        var folder = Directory.CreateTempSubdirectory("taskmatrix-away-").FullName;
        var options = new ServeOptions(Demo: true, Exercise: false, null, folder, "http://127.0.0.1:0");
        await using (var app = WebHost.Build(options, builder => builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, Away>()))
        {
            await Serve.Prepare(app, options, CancellationToken.None);
            await app.StartAsync();
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            using var program = await http.GetAsync("/api/tasks");
            Assert.Equal("application/problem+json", program.Content.Headers.ContentType!.MediaType);
            http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
            using var page = await http.GetAsync("/tasks");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
            Assert.Contains("暂时", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            await app.StopAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class Away : IAuthorizationMiddlewareResultHandler
    {
        public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) => throw new StoreUnavailableException(new IOException("away"));
    }
}
