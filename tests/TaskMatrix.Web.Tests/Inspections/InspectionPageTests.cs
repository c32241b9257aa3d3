using System.IO.Compression;
using System.Net;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Inspections;

/// <summary>督查 by plain forms, without a script.</summary>
[Collection(PagesCollection.Name)]
public sealed class InspectionPageTests(PagesServer server)
{
    private const string Evil = "<svg onload=alert(1)>";

    [Fact]
    public async Task An_inspection_is_opened_ordered_explained_found_and_closed_by_forms()
    {
        var (inspector, unit) = (await server.Visit("taiping.inspector"), await server.Visit("taiping.justice"));
        var rounds = await inspector.Get("/inspections/rounds");
        var refused = await inspector.Send(rounds.Form("/inspections"), ("kind", "single"), ("reason", Evil));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(Evil, refused.Document.QuerySelector("[name=reason]")!.TextContent);
        var page = await inspector.Send(refused.Form("/inspections"), ("kind", "single"), ("reason", Evil), ("units", "justice"));
        var address = page.Address.AbsolutePath;
        Assert.StartsWith("/inspections/", address, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("svg[onload]"));
        Assert.Equal(Evil, page.Text(".description"));

        page = await inspector.Send(page.Form(address + "/issue-order"), ("text", "请说明"), ("answerBy", "2030-01-01T09:00"));
        Assert.Contains("已督办", page.Text(".deadlines"), StringComparison.Ordinal);
        var board = await inspector.Get("/inspections?unit=justice");
        Assert.Equal(7, board.Document.QuerySelectorAll(".board section").Length);
        var card = board.Document.QuerySelector($"section[aria-labelledby=column-ordered] a[href='{address}']")!.ParentElement!;
        Assert.Contains(Evil, card.TextContent, StringComparison.Ordinal);
        Assert.Null(card.QuerySelector("svg"));
        Assert.NotNull(card.QuerySelector(".relative"));
        Assert.Null((await inspector.Get("/inspections?unit=finance")).Document.QuerySelector($"a[href='{address}']"));
        Assert.NotNull((await inspector.Get("/inspections?view=list&unit=justice")).Document.QuerySelector($"table.tasks a[href='{address}']"));
        Assert.DoesNotContain(address + "/find", page.FormActions);
        var notice = await inspector.Client.GetAsync(page.Document.QuerySelector("a[href*='order.docx']")!.GetAttribute("href"));
        Assert.Equal(HttpStatusCode.OK, notice.StatusCode);

        var desk = await unit.Get("/");
        Assert.NotNull(desk.Document.QuerySelector("main a[href='/inspections']"));
        var own = await unit.Get(address);
        Assert.Equal([address + "/explain"], own.FormActions.Where(action => action.StartsWith(address, StringComparison.Ordinal)));
        var explained = await unit.SendFiles(own.Form(address + "/explain"), "说明.txt", "材料"u8.ToArray(), ("text", "人手不足"));
        Assert.Contains("说明.txt", explained.Html, StringComparison.Ordinal);

        page = await inspector.Get(address);
        page = await inspector.Send(page.Form(address + "/find"), ("finding", ""), ("text", "尽职"));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        page = await inspector.Send(page.Form(address + "/find"), ("finding", "exempt"), ("text", "尽职"));
        Assert.Contains("尽职免责", page.Html, StringComparison.Ordinal);
        page = await inspector.Send(page.Form(address + "/close"), ("text", "销号"));
        Assert.Contains("已销号", page.Text(".deadlines"), StringComparison.Ordinal);
        Assert.Contains("justice", (await inspector.Get("/inspections?state=closed&unit=justice")).Html, StringComparison.Ordinal);
        var dossier = await inspector.Client.GetAsync(address + "/dossier");
        Assert.Equal("application/zip", dossier.Content.Headers.ContentType!.MediaType);
        using var zip = new ZipArchive(await dossier.Content.ReadAsStreamAsync());
        Assert.NotNull(zip.GetEntry("SHA256SUMS"));
    }

    [Fact]
    public async Task The_page_of_a_task_leads_to_its_inspections_for_those_who_may_know_of_them()
    {
        var task = await server.Send(
            "taiping.office", new CreateTask.Command(null, "核查", null, "finance", ["health"], null, null, null, "P1D", null, null, null, null, null, false));
        var opened = await server.Send("taiping.inspector", new OpenInspections.Command([task.Id], InspectionKind.Single, "督查"));
        foreach (var (user, sees) in new[] { ("inspector", true), ("leader", true), ("finance", true), ("office", false), ("health", false) })
        {
            var page = await (await server.Visit("taiping." + user)).Get($"/tasks/{task.Id}");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Equal(sees, page.Document.QuerySelector($"#inspections a[href='/inspections/{opened.Id}']") is not null);
            Assert.Equal(sees, page.Html.Contains(opened.Number, StringComparison.Ordinal));
        }

        await server.Send("taiping.inspector", new IssueSupervisionOrder.Command(opened.Id, null, "请说明", new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        await server.Send("taiping.finance", new ExplainInspection.Command(opened.Id, null, "说明", null));
        await server.Send("taiping.inspector", new FindInspection.Command(opened.Id, null, Finding.Substantiated, "属实"));
        var rectifying = await server.Send(
            "taiping.inspector", new RequireRectification.Command(opened.Id, null, "补办", new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        var rectification = await (await server.Visit("taiping.finance")).Get($"/tasks/{rectifying.RectificationTaskIds[0]}");
        Assert.NotNull(rectification.Document.QuerySelector($"dd a[href='/inspections/{opened.Id}']"));
    }

    [Fact]
    public async Task A_unit_is_shown_neither_another_units_inspection_nor_the_form_that_opens_one()
    {
        var opened = await server.Send("taiping.inspector", new OpenInspections.Command(null, InspectionKind.Single, "督查", Units: ["commerce"]));
        var unit = await server.Visit("taiping.health");

        Assert.Equal(HttpStatusCode.NotFound, (await unit.Get($"/inspections/{opened.Id}")).Status);
        Assert.DoesNotContain(opened.Number, (await unit.Get("/inspections")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("/inspections", (await unit.Get("/overdue")).FormActions);
    }

    [Fact]
    public async Task A_round_is_planned_with_units_and_a_team_and_the_team_changed()
    {
        var inspector = await server.Visit("taiping.inspector");
        var rounds = await inspector.Get("/inspections/rounds");
        var round = await inspector.Send(
            rounds.Form("/inspections"), ("kind", "joint"), ("title", "春节联合督导"), ("reason", "值守"), ("units", "justice"), ("units", "commerce"), ("team", "taiping.finance"), ("team", "taiping.health"));
        Assert.StartsWith("/inspections/rounds/", round.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(2, round.Document.QuerySelectorAll("tbody tr").Length);

        var changed = await inspector.Send(round.Form(round.Address.AbsolutePath + "/team"), ("team", "taiping.finance"));
        Assert.Equal(HttpStatusCode.BadRequest, changed.Status);
        changed = await inspector.Send(round.Form(round.Address.AbsolutePath + "/team"), ("team", "taiping.finance"), ("team", "taiping.publicity"));
        Assert.Equal(round.Address, changed.Address);
        var member = await server.Visit("taiping.publicity");
        Assert.Contains("春节联合督导", (await member.Get("/inspections/rounds")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await (await server.Visit("taiping.health")).Get(round.Address.AbsolutePath)).Status);
    }
}
