using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using TaskMatrix.Web.Tests.Hosting;
using TaskMatrix.Web.Tests.TaskInstances;

namespace TaskMatrix.Web.Tests.Reports;

/// <summary>The daily report of 兰溪镇 over HTTP: fill, sign, sum up, correct, sign, sum up.</summary>
public sealed class DailyReportTests
{
    private const string School = "lanxi.central-school", Head = "lanxi.central-school.head";

    [Fact]
    public async Task A_report_is_filled_signed_summed_up_corrected_signed_and_summed_up_again()
    {
        await using var api = await RunningApi.Start();
        var (liaison, head, office) = (api.As(School), api.As(Head), api.As("lanxi.office"));
        var id = await Report(office, "central-school");
        Assert.Equal("pendingSignOff", (await liaison.Do(id, "submit", new { text = "今日情况", form = new { underObservation = 3 } })).Text("state"));
        Assert.Equal((0, "pending", true), (await Day(office)) is var filled ? (filled.Number("received"), Row(filled, "central-school").Text("status"), Row(filled, "central-school")["values"] is null) : default);
        await head.Do(id, "sign");
        (await liaison.Act(id, "submit", new { text = "再报", form = new { underObservation = 9 } })).Refused(409, "task.wrong-state");

        var first = await Day(office);
        Assert.Equal(("reported", 3, 3, 1), (Row(first, "central-school").Text("status"), Row(first, "central-school")["values"]!.Number("underObservation"), first["totals"]!.Number("underObservation"), first.Number("received")));
        Assert.Equal("epidemic-daily", first.Text("form"));
        Assert.Equal(1.0 / first.Number("expected"), first["completeness"]!.GetValue<double>(), 9);

        (await office.Post("/api/exercise/advance", new { to = "2020-01-24T10:00:00+08:00" })).Ok();
        var corrected = await liaison.Do(id, "correct", new { form = new { underObservation = 5, suspectedCases = 2 }, reason = "漏计两例" });
        Assert.Equal(("closed", "漏计两例", 0), (corrected.Text("state"), corrected["pendingCorrection"]!.Text("reason"), corrected.Number("corrections")));
        (await liaison.Act(id, "correct", new { form = new { underObservation = 6 }, reason = "又" })).Refused(409, "task.correction-pending");
        Assert.Contains("sign", (await head.Read(id)).Texts("allowedActions"));
        await head.Do(id, "sign");
        (await head.Act(id, "sign")).Refused(409, "task.no-correction");

        var after = await Day(office, "2020-01-23");
        Assert.Equal(("corrected", 5, 1), (Row(after, "central-school").Text("status"), after["totals"]!.Number("underObservation"), after.Number("corrected")));
        var versions = (await office.Get($"/api/tasks/{id}/reports")).Ok().AsArray();
        Assert.Equal([("report", 3, false), ("correction", 5, true)], versions.Select(version => (version!.Text("kind"), version!["values"]!.Number("underObservation"), version!.Flag("counts"))));
        var raised = (await office.Get("/api/tasks?q=疑似&limit=200")).Ok()["items"]!.AsArray().Where(task => task!["source"]!.Text("kind") == "event").ToList();
        Assert.Contains("health-center", raised.Select(task => task!.Text("leadUnit")));
    }

    [Fact]
    public async Task The_days_series_urging_and_summary_stand_over_http()
    {
        await using var api = await RunningApi.Start();
        var office = api.As("lanxi.office");
        var id = await Report(office, "central-school");
        await api.As(School).Do(id, "submit", new { text = "无情况", outcome = "nothingToReport" });
        await api.As(Head).Do(id, "sign");
        (await office.Post("/api/exercise/advance", new { to = "2020-01-23T18:00:00+08:00" })).Ok();

        var series = (await office.Get("/api/reports/daily/series?from=2020-01-22&to=2020-01-23")).Ok().AsArray();
        Assert.Equal(["2020-01-22", "2020-01-23"], series.Select(day => day!.Text("date")));
        Assert.Equal((1, 1, 0, 0), (series[1]!.Number("received"), series[1]!.Number("nil"), series[1]!.Number("missing"), series[0]!.Number("expected")));
        Assert.Null(series[0]!["completeness"]);
        (await office.Get("/api/reports/daily/series?from=2020-01-24&to=2020-01-23")).Invalid("from");
        (await office.Get("/api/reports/daily?date=yesterday")).Refused(400, "request.malformed");
        (await office.Get("/api/reports/daily?form=nothing")).Refused(404, "not-found");

        var urged = (await office.Post("/api/reports/daily/urge", new { }, "urge-1")).Ok();
        Assert.Equal(series[1]!.Number("expected") - 1, urged["urged"]!.AsArray().Count);
        Assert.Equal(urged.ToJsonString(), (await office.Post("/api/reports/daily/urge", new { }, "urge-1")).Ok().ToJsonString());
        (await office.Post("/api/reports/daily/urge", new { units = new[] { "nobody" } })).Invalid("units");
        (await office.Post("/api/reports/daily/urge", new { units = new[] { "central-school" } })).Ok()["problems"]!.AsArray().Single(problem => problem!.Text("code") == "report.already-filed");

        var summary = (await office.Post("/api/reports/daily/summary", new { date = "2020-01-23" })).Ok();
        Assert.Equal(("leading-group-office", "daily-summary"), (summary.Text("leadUnit"), summary.Text("form")));
        Assert.Equal(summary.Text("id"), (await api.As("lanxi.leading-group-office").Post("/api/reports/daily/summary", new { })).Ok().Text("id"));
        await api.As("lanxi.leading-group-office").Do(summary.Text("id"), "submit", new { text = "汇总", form = new { expected = 43, received = 1, missing = 0 } });
        Assert.Equal("closed", (await api.As("lanxi.leading-group-office.head").Do(summary.Text("id"), "sign")).Text("state"));
    }

    [Fact]
    public async Task A_unit_gets_its_own_row_alone()
    {
        await using var api = await RunningApi.Start();

        var own = (await api.As("lanxi.finance").Get("/api/reports/daily")).Ok();

        Assert.Equal(("finance", 1), (own["units"]!.AsArray().Single()!.Text("unit"), own.Number("expected")));
        (await api.As("lanxi.finance").Get($"/api/tasks/{await Report(api.As("lanxi.office"), "central-school")}/reports")).Refused(404, "not-found");
    }

    [Fact]
    public async Task The_bulletin_is_a_sound_document_that_says_what_the_day_says()
    {
        await using var api = await RunningApi.Start();
        var office = api.As("lanxi.office");
        var id = await Report(office, "central-school");
        await api.As(School).Do(id, "submit", new { text = "<svg onload=alert(1)>", form = new { underObservation = 3, remarks = "=1+1\u202e" } });
        await api.As(Head).Do(id, "sign");
        var unable = await Report(office, "fishery");
        await api.As("lanxi.fishery").Do(unable, "submit", new { text = "无人值守", outcome = "notExecutable" });
        await api.As("lanxi.fishery.head").Do(unable, "sign");
        (await office.Post("/api/exercise/advance", new { to = "2020-01-24T12:00:00+08:00" })).Ok();

        var answer = await office.Get("/api/exports/daily.docx?date=2020-01-23");

        Assert.Equal((200, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), (answer.Status, answer.MediaType));
        using var document = WordprocessingDocument.Open(new MemoryStream(answer.Bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(error => error.Description));
        var text = document.MainDocumentPart!.Document.InnerText;
        Assert.All(["演练", "兰溪镇", "2020 年第 23 期", "未报", "财政所", "镇中心学校党总支", "医学观察人数（人）", "合计", "无法报送（1 个）：渔场"], part => Assert.Contains(part, text));
        Assert.Contains("export", (await api.Read(db => Task.FromResult(db.Audit.OrderByDescending(entry => entry.Id).First().Action))));
        var english = await office.Get("/api/exports/daily.docx?date=2020-01-23", "en");
        using var other = WordprocessingDocument.Open(new MemoryStream(english.Bytes), isEditable: false);
        Assert.Contains("Missing", other.MainDocumentPart!.Document.InnerText);
    }

    private static async Task<string> Report(Caller office, string unit) =>
        (await office.Get($"/api/tasks?duty=lanxi.all-units.daily-report&unit={unit}&occurrence=2020-01-23")).Ok()["items"]!.AsArray().Single(task => task!.Text("leadUnit") == unit)!.Text("id");

    private static async Task<JsonNode> Day(Caller caller, string? date = null) => (await caller.Get("/api/reports/daily" + (date is null ? "" : "?date=" + date))).Ok();

    private static JsonNode Row(JsonNode day, string unit) => day["units"]!.AsArray().Single(row => row!.Text("unit") == unit)!;
}
