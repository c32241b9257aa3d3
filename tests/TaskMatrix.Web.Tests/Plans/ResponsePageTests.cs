using System.Net;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Plans;

/// <summary>Response, derived plans and units as pages without scripts, on a server of their own.</summary>
public sealed class ResponsePageTests(PagesServer server) : IClassFixture<PagesServer>
{
    private const string Response = "/plans/taiping-2020-3/response", Derive = "/plans/taiping-2020-3/derive";

    [Fact]
    public async Task The_level_is_changed_by_a_form_that_keeps_what_was_typed_and_is_done_once()
    {
        var visitor = await server.Visit("taiping.leader");
        var page = await visitor.Get(Response);
        Assert.Contains(Response + "/end", page.FormActions);
        var form = page.Form(Response + "/adjust");

        var refused = await visitor.Send(form, ("level", ""), ("reason", "形势加重"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("形势加重", refused.Text("#f-adjust-reason"));
        Assert.NotNull(refused.Document.QuerySelector("#f-adjust-errors"));

        await visitor.Send(form, ("level", "2"), ("reason", "形势加重"));
        var twice = await visitor.Send(form, ("level", "2"), ("reason", "形势加重"));

        Assert.Equal((HttpStatusCode.OK, Response), (twice.Status, twice.Address.AbsolutePath));
        Assert.Single(await server.Send("taiping.office", new ListResponseChanges.Query("taiping-2020-3")), change => change.Kind == ResponseChangeKind.Adjust);
    }

    [Theory]
    [InlineData("taiping.inspector")]
    [InlineData("taiping.education")]
    public async Task Others_read_the_history_and_the_report_and_change_nothing(string user)
    {
        var visitor = await server.Visit(user);
        var page = await visitor.Get(Response);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain(page.FormActions, action => action.StartsWith(Response, StringComparison.Ordinal));
        Assert.NotNull(page.Document.QuerySelector("#end-report-heading"));
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Get(Derive)).Status);
    }

    [Fact]
    public async Task A_street_derives_its_plan_by_a_form_and_sees_the_gaps()
    {
        var visitor = await server.Visit("taiping.hongshu-street.head");
        var form = (await visitor.Get(Derive)).Form(Derive);
        (string, string)[] typed =
        [
            ("unit", "hongshu-street"), ("jurisdiction.id", "hongshu"), ("jurisdiction.name", "红树街道"), ("jurisdiction.numberPrefix", "红树"), ("title", "红树街道防控工作方案"),
            ("issuedOn", "2020-01-23"), ("units", "community, 红树社区, Hongshu Community"), ("lead:taiping.education.absence-checks", "community"),
        ];

        var refused = await visitor.Send(form, [.. typed.Where(field => field.Item1 != "title"), ("title", "")]);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("community", refused.Document.QuerySelector("input[name='lead:taiping.education.absence-checks']")!.GetAttribute("value"));

        var gaps = await visitor.Send(form, typed);
        Assert.EndsWith("/gaps", gaps.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.NotNull(gaps.Document.QuerySelector("#left-heading"));
        Assert.Contains(gaps.Address.AbsolutePath, (await visitor.Get("/plans/taiping-2020-3")).Document.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")));
        Assert.Equal(HttpStatusCode.NotFound, (await (await server.Visit("lanxi.office")).Get(gaps.Address.AbsolutePath)).Status);
    }

    [Fact]
    public async Task The_office_adds_a_village_and_closes_it()
    {
        var visitor = await server.Visit("lanxi.office");
        var form = (await visitor.Get("/organisation")).Form("/organisation/units");
        var refused = await visitor.Send(form, ("name", "枣家村"), ("id", "Zaojia"), ("classes", "villages"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.True(refused.Document.QuerySelector("input[value=villages]")!.HasAttribute("checked"));

        var added = await visitor.Send(form, ("name", "枣家村"), ("id", "zaojia"), ("classes", "villages"), ("classes", "all-units"));
        Assert.Equal(HttpStatusCode.OK, added.Status);
        Assert.NotNull(added.Document.GetElementById("zaojia"));
        var closed = await visitor.Send(added.Form("/organisation/units/zaojia/close"), ("reason", "并入邻村"));
        Assert.NotNull(closed.Document.QuerySelector("#zaojia a[href='/tasks?unit=zaojia']"));
        Assert.NotNull((await server.Send("lanxi.office", new ListUnits.Query("lanxi"))).Single(unit => unit.Id == "zaojia").ClosedAt);
        var alone = await visitor.Send((await visitor.Get("/organisation")).Form("/organisation/units"), ("name", "某工作组"), ("id", "working-group"));
        Assert.Contains("未列入任何类别", alone.Text("#working-group"), StringComparison.Ordinal);
        Assert.DoesNotContain((await (await server.Visit("lanxi.finance")).Get("/organisation")).FormActions, action => action.StartsWith("/organisation", StringComparison.Ordinal));
    }
}
