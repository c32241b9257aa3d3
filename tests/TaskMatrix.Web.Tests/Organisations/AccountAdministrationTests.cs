using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Organisations;

/// <summary>Accounts by pages: the two administrators that it takes, and what a person does with the own one.</summary>
[Collection(PagesCollection.Name)]
public sealed class AccountAdministrationTests(PagesServer server)
{
    private const string Password = "a-new-Password-2020";

    [Fact]
    public async Task It_takes_both_administrators_and_the_person_to_open_an_account()
    {
        var (system, security, person) = (await server.Visit("taiping.sysadmin"), await server.Visit("taiping.secadmin"), await server.Visit());
        var link = await Make(system, "taiping.first-clerk", "education", "区教育局疫情联络员");

        var welcome = await person.Get(link);
        Assert.Contains("taiping.first-clerk", welcome.Text(".lead"), StringComparison.Ordinal);
        var weak = await person.Send(welcome.Form("/welcome"), ("newPassword", "short"), ("again", "short"));
        Assert.Equal(HttpStatusCode.BadRequest, weak.Status);
        Assert.DoesNotContain("\"short\"", weak.Html, StringComparison.Ordinal);
        var login = await person.Send(weak.Form("/welcome"), ("newPassword", Password), ("again", Password));
        Assert.Equal("/login", login.Address.AbsolutePath);
        Assert.Equal(HttpStatusCode.NotFound, (await person.Get(link)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.SignIn("taiping.first-clerk", Password)).Status);

        var page = await security.Get("/accounts/taiping.first-clerk");
        var none = await security.Send(page.Form("/accounts/taiping.first-clerk/roles"), ("reason", "上岗"));
        Assert.Equal(HttpStatusCode.BadRequest, none.Status);
        var given = await security.Send(none.Form("/accounts/taiping.first-clerk/roles"), ("roles", "liaison"), ("reason", "上岗"));
        Assert.Contains("正常", given.Text(".task-head"), StringComparison.Ordinal);

        var desk = await person.SignIn("taiping.first-clerk", Password);
        Assert.Equal((HttpStatusCode.OK, "/"), (desk.Status, desk.Address.AbsolutePath));
        Assert.NotEmpty((await person.Get("/tasks")).Document.QuerySelectorAll("table.tasks tbody tr"));

        await security.Send((await security.Get("/accounts/taiping.first-clerk")).Form("/accounts/taiping.first-clerk/disable"), ("reason", "调离"));
        Assert.Equal("/login", (await person.Get("/tasks")).Address.AbsolutePath);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.SignIn("taiping.first-clerk", Password)).Status);
    }

    [Fact]
    public async Task Neither_administrator_does_the_others_part()
    {
        var (system, security) = (await server.Visit("taiping.sysadmin"), await server.Visit("taiping.secadmin"));
        await Make(system, "taiping.second-clerk", "health", "区卫健局联络员");
        var address = "/accounts/taiping.second-clerk";

        Assert.DoesNotContain("/accounts", (await security.Get("/accounts")).FormActions.Where(action => action == "/accounts").Skip(1));
        Assert.DoesNotContain(address + "/link", (await security.Get(address)).FormActions);
        Assert.DoesNotContain(address + "/roles", (await system.Get(address)).FormActions);
        Assert.Equal(HttpStatusCode.Forbidden, (await Forge(security, "/accounts", ("userName", "taiping.third"), ("unit", "health"), ("post", "p"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Forge(security, address + "/link")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Forge(system, address + "/roles", ("roles", "office"), ("reason", "r"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Forge(system, address + "/enable", ("reason", "r"))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Forge(security, "/accounts/taiping.secadmin/roles", ("roles", "office"), ("reason", "r"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Forge(security, address + "/roles", ("roles", "office"), ("roles", "auditAdministrator"), ("reason", "r"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Forge(security, address + "/roles", ("roles", "scheduler"), ("reason", "r"))).Status);
    }

    [Theory]
    [InlineData("taiping.office", HttpStatusCode.Forbidden, HttpStatusCode.NotFound)]
    [InlineData("taiping.leader", HttpStatusCode.Forbidden, HttpStatusCode.NotFound)]
    [InlineData("taiping.inspector", HttpStatusCode.Forbidden, HttpStatusCode.NotFound)]
    [InlineData("taiping.education", HttpStatusCode.Forbidden, HttpStatusCode.NotFound)]
    [InlineData("taiping.auditor", HttpStatusCode.Forbidden, HttpStatusCode.NotFound)]
    [InlineData("lanxi.sysadmin", HttpStatusCode.OK, HttpStatusCode.NotFound)]
    [InlineData("taiping.sysadmin", HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData("taiping.secadmin", HttpStatusCode.OK, HttpStatusCode.OK)]
    public async Task Only_the_two_administrators_of_the_jurisdiction_see_its_accounts(string userName, HttpStatusCode list, HttpStatusCode one)
    {
        var visitor = await server.Visit(userName);
        var page = await visitor.Get("/accounts");
        Assert.Equal((list, one), (page.Status, (await visitor.Get("/accounts/taiping.education")).Status));
        Assert.Equal(list == HttpStatusCode.OK, page.Document.QuerySelector("nav a[href='/accounts']") is not null);
        Assert.Equal(one, (await Forge(visitor, "/accounts/taiping.health/unlock", ("reason", "r"))).Status);
    }

    [Fact]
    public async Task The_list_is_filtered_and_paged()
    {
        var visitor = await server.Visit("taiping.secadmin");
        var heads = await visitor.Get("/accounts?role=head&unit=education");
        Assert.Equal(["taiping.education.head"], heads.Document.QuerySelectorAll("table tbody th").Select(cell => cell.TextContent.Trim()));
        Assert.Contains("taiping.secadmin", (await visitor.Get("/accounts?q=secadmin&status=active")).Text("table"), StringComparison.Ordinal);
        Assert.NotEmpty((await visitor.Get("/accounts?q=nobody-at-all")).Text(".empty-state"));

        var first = await visitor.Get("/accounts");
        var second = await visitor.Get(first.Document.QuerySelector(".paging a")!.GetAttribute("href")!);
        Assert.Empty(Names(first).Intersect(Names(second)));
        Assert.Equal(50, Names(first).Count);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.Get("/accounts?status=nonsense")).Status);
    }

    [Fact]
    public async Task A_new_link_ends_the_password_and_an_administrators_account_waits_for_the_other_administrator()
    {
        var (system, security) = (await server.Visit("taiping.sysadmin"), await server.Visit("taiping.secadmin"));
        var (auditor, address) = (await Opened(system, security, "taiping.second-auditor", "leading-group-office", "auditAdministrator"), "/accounts/taiping.second-auditor");
        Assert.Equal(HttpStatusCode.OK, (await auditor.Get("/audit")).Status);

        var made = await system.Send((await system.Get(address)).Form(address + "/link"));
        Assert.Equal("/login", (await auditor.Get("/audit")).Address.AbsolutePath);
        Assert.Contains("已停用", made.Text(".task-head"), StringComparison.Ordinal);
        await Choose(await server.Visit(), made.Text("#one-time-link"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await auditor.SignIn("taiping.second-auditor", Password)).Status);

        await security.Send((await security.Get(address)).Form(address + "/enable"), ("reason", "已核实本人"));
        Assert.Equal(HttpStatusCode.OK, (await auditor.SignIn("taiping.second-auditor", Password)).Status);
        var record = await (await server.Visit("taiping.auditor")).Get("/audit?action=make-account-link");
        Assert.Contains("taiping.second-auditor", record.Text("table.audit"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_locked_account_is_seen_and_unlocked()
    {
        var (system, security) = (await server.Visit("taiping.sysadmin"), await server.Visit("taiping.secadmin"));
        var person = await Opened(system, security, "taiping.forgetful", "justice", "liaison");
        await person.Send((await person.Get("/")).Form("/logout"));
        for (var failure = 0; failure < 5; failure++)
        {
            await person.SignIn("taiping.forgetful", "not this one");
        }

        Assert.Contains("taiping.forgetful", (await system.Get("/accounts?status=locked")).Text("table"), StringComparison.Ordinal);
        await system.Send((await system.Get("/accounts/taiping.forgetful")).Form("/accounts/taiping.forgetful/unlock"), ("reason", "本人来电"));
        Assert.Equal(HttpStatusCode.OK, (await person.SignIn("taiping.forgetful", Password)).Status);
    }

    [Fact]
    public async Task A_person_changes_the_own_password_and_all_other_sessions_and_tokens_end()
    {
        var (system, security) = (await server.Visit("taiping.sysadmin"), await server.Visit("taiping.secadmin"));
        var person = await Opened(system, security, "taiping.careful", "finance", "head");
        var other = await server.Visit();
        await other.SignIn("taiping.careful", Password);
        var token = await Token(other, "taiping.careful");

        var account = await person.Get("/account");
        Assert.Single(account.Document.QuerySelectorAll("form[action^='/account/tokens/']"));
        var wrong = await person.Send(account.Form("/account/password"), ("oldPassword", "not this one"), ("newPassword", Password + "x"), ("again", Password + "x"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.NotNull(wrong.Document.QuerySelector("#f-password-oldPassword-problem"));
        var differ = await person.Send(wrong.Form("/account/password"), ("oldPassword", Password), ("newPassword", Password + "x"), ("again", Password + "y"));
        Assert.NotNull(differ.Document.QuerySelector("#f-password-again-problem"));
        Assert.DoesNotContain(Password, differ.Html, StringComparison.Ordinal);

        var changed = await person.Send(differ.Form("/account/password"), ("oldPassword", Password), ("newPassword", Password + "x"), ("again", Password + "x"));
        Assert.Equal((HttpStatusCode.OK, "/account"), (changed.Status, changed.Address.AbsolutePath));
        Assert.Equal("/login", (await other.Get("/")).Address.AbsolutePath);
        Assert.Equal(HttpStatusCode.Unauthorized, await Me(other, token));
        Assert.Empty((await person.Get("/account")).Document.QuerySelectorAll("form[action^='/account/tokens/']"));
    }

    [Fact]
    public async Task A_person_ends_a_token_and_gives_a_telephone_number_that_others_see_masked()
    {
        var (system, security) = (await server.Visit("taiping.sysadmin"), await server.Visit("taiping.secadmin"));
        var person = await Opened(system, security, "taiping.reachable", "civil-affairs", "liaison");
        var token = await Token(person, "taiping.reachable");
        Assert.Equal(HttpStatusCode.OK, await Me(person, token));
        var account = await person.Get("/account");
        await person.Send(account.Document.QuerySelectorAll<AngleSharp.Html.Dom.IHtmlFormElement>("form[action^='/account/tokens/']").Single());
        Assert.Equal(HttpStatusCode.Unauthorized, await Me(person, token));

        var refused = await person.Send((await person.Get("/account")).Form("/account/phone"), ("phone", "<svg onload=x>"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        await person.Send(refused.Form("/account/phone"), ("phone", "13912345678"));
        Assert.Contains("13912345678", (await (await server.Visit("taiping.office")).Get("/organisation")).Text("#civil-affairs"), StringComparison.Ordinal);
        Assert.Contains("13912345678", (await person.Get("/organisation")).Text("#civil-affairs"), StringComparison.Ordinal);
        var stranger = (await (await server.Visit("taiping.education")).Get("/organisation")).Text("#civil-affairs");
        Assert.Contains("139****5678", stranger, StringComparison.Ordinal);
        Assert.DoesNotContain("13912345678", stranger, StringComparison.Ordinal);
    }

    private static List<string> Names(SeenPage page) => [.. page.Document.QuerySelectorAll("table tbody th").Select(cell => cell.TextContent.Trim())];

    private static async Task<string> Make(Visitor system, string userName, string unit, string post)
    {
        var form = (await system.Get("/accounts")).Document.QuerySelectorAll<AngleSharp.Html.Dom.IHtmlFormElement>("form[method=post][action='/accounts']").Single();
        var refused = await system.Send(form, ("userName", "Odd Name"), ("unit", unit), ("post", post));
        Assert.Equal((HttpStatusCode.BadRequest, "Odd Name"), (refused.Status, refused.Document.QuerySelector("input[name=userName]")!.GetAttribute("value")));
        var made = await system.Send(form, ("userName", userName), ("unit", unit), ("post", post));
        Assert.Equal(HttpStatusCode.OK, made.Status);
        Assert.Contains("待授权", made.Text(".task-head"), StringComparison.Ordinal);
        var link = made.Text("#one-time-link");
        Assert.DoesNotContain("key=", (await system.Get("/accounts/" + userName)).Html, StringComparison.Ordinal);
        Assert.Equal("/accounts/" + userName, (await system.Send(form, ("userName", userName), ("unit", unit), ("post", post))).Address.AbsolutePath);
        return link;
    }

    private async Task<Visitor> Opened(Visitor system, Visitor security, string userName, string unit, string role)
    {
        var person = await server.Visit();
        await Choose(person, await Make(system, userName, unit, "岗位"));
        await security.Send((await security.Get("/accounts/" + userName)).Form($"/accounts/{userName}/roles"), ("roles", role), ("reason", "上岗"));
        await person.SignIn(userName, Password);
        return person;
    }

    private static async Task Choose(Visitor person, string link) =>
        await person.Send((await person.Get(link)).Form("/welcome"), ("newPassword", Password), ("again", Password));

    /// <summary>A form that the page does not offer, sent all the same with a sound token against forgery.</summary>
    private static async Task<SeenPage> Forge(Visitor visitor, string action, params (string Name, string Value)[] fields)
    {
        var form = (await visitor.Get("/account")).Form("/account/password");
        form.SetAttribute("action", action);
        return await visitor.Send(form, fields);
    }

    private async Task<string> Token(Visitor visitor, string userName)
    {
        var answer = await visitor.Client.PostAsJsonAsync(new Uri(server.Address, "/api/tokens"), new { userName, password = Password });
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["accessToken"]!;
    }

    private async Task<HttpStatusCode> Me(Visitor visitor, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/api/me"));
        request.Headers.Authorization = new("Bearer", token);
        return (await visitor.Client.SendAsync(request)).StatusCode;
    }
}
