using System.IO.Compression;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using TaskMatrix.Web.Tests.Hosting;
using TaskMatrix.Web.Tests.TaskInstances;

namespace TaskMatrix.Web.Tests.Inspections;

/// <summary>督查 over the API, from a late task to the closing.</summary>
public sealed class InspectionTests
{
    [Fact]
    public async Task Goes_from_a_late_task_to_the_closing_and_leaves_as_a_dossier()
    {
        await using var api = await RunningApi.Start();
        var (inspector, unit, office) = (api.As("taiping.inspector"), api.As("taiping.education"), api.As("taiping.office"));
        var task = await api.Task("education", new { dueIn = "PT2H" });
        (await office.Post("/api/exercise/advance", new { by = "P1D" })).Ok();
        Assert.True((await inspector.Get("/api/overdue/summary")).Ok()["late"]!["all"]!.Number("count") > 0);

        var opened = (await inspector.Post("/api/inspections", new { taskIds = new[] { task }, kind = "single", reason = "逾期未办" })).Ok(201);
        var id = opened.Text("id");
        Assert.Equal(("open", "single", "education"), (opened.Text("state"), opened.Text("kind"), opened.Text("unit")));
        (await inspector.Get($"/api/exports/orders/{id}.docx")).Refused(404, "not-found");
        var now = DateTimeOffset.Parse((await office.Get("/api/exercise/clock")).Ok().Text("now"), System.Globalization.CultureInfo.InvariantCulture);
        (await inspector.Post($"/api/inspections/{id}/issue-order", new { text = "请说明情况", answerBy = now.AddDays(-1) })).Refused(400, "inspection.answer-in-past");
        (await inspector.Post($"/api/inspections/{id}/issue-order", new { text = "请说明情况\n并附材料", answerBy = now.AddDays(1) })).Ok();
        var file = (await unit.Upload("说明"u8.ToArray(), "说明.txt")).Ok(201).Text("id");
        var explained = (await unit.Post($"/api/inspections/{id}/explain", new { text = "人手不足", attachmentIds = new[] { file } })).Ok();
        Assert.Equal(["explain"], explained.Texts("allowedActions"));
        Assert.Equal(200, (await inspector.Get($"/api/attachments/{file}")).Status);
        (await api.As("taiping.health").Get($"/api/attachments/{file}")).Refused(404, "not-found");
        var found = (await inspector.Post($"/api/inspections/{id}/find", new { finding = "substantiated", text = "属实" })).Ok();
        Assert.Equal("substantiated", found.Text("finding"));
        (await inspector.Post($"/api/inspections/{id}/close", new { text = "销号" })).Refused(409, "inspection.rectification-required");
        var rectifying = (await inspector.Post($"/api/inspections/{id}/require-rectification", new { text = "补办", dueAt = now.AddDays(2) })).Ok();
        var rectification = rectifying.Texts("rectificationTaskIds").Single();
        Assert.Equal("inspection", (await unit.Read(rectification))["source"]!.Text("kind"));
        (await inspector.Post($"/api/inspections/{id}/recheck", new { passed = true, text = "t" })).Refused(409, "inspection.rectification-open");
        await unit.Do(rectification, "acknowledge");
        await unit.Do(rectification, "submit", new { text = "已整改" });
        await office.Do(rectification, "approve");
        (await inspector.Post($"/api/inspections/{id}/recheck", new { passed = true, text = "已整改" })).Ok();
        (await inspector.Post($"/api/inspections/{id}/propose", new { measure = "notice", text = "通报" })).Ok();
        (await api.As("taiping.leader").Post($"/api/inspections/{id}/decide-measure", new { approved = true, opinion = "同意" })).Ok();
        var closed = (await inspector.Post($"/api/inspections/{id}/close", new { text = "销号" })).Ok();
        Assert.Equal(("closed", "notice"), (closed.Text("state"), closed.Text("measure")));

        var answer = await unit.Get($"/api/inspections/{id}/dossier");
        Assert.Equal((200, "application/zip"), (answer.Status, answer.MediaType));
        using var zip = new ZipArchive(new MemoryStream(answer.Bytes));
        using var timeline = new StreamReader(zip.GetEntry("timeline.txt")!.Open());
        var words = await timeline.ReadToEndAsync();
        Assert.Contains("下达督办单", words, StringComparison.Ordinal);
        Assert.Contains("区教育局", words, StringComparison.Ordinal);
        Assert.DoesNotContain("inspections.step", words, StringComparison.Ordinal);
        Assert.True((await inspector.Get("/api/audit/verify")).Ok().Flag("ok"));
        Assert.Empty(api.ServerFaults);
    }

    [Fact]
    public async Task The_notice_of_an_order_is_a_valid_document_as_officials_expect_it()
    {
        var api = await RunningApi.Shared;
        var id = await Ordered(api);

        var answer = await api.As("taiping.education").Get($"/api/exports/orders/{id}.docx");

        Assert.Equal(200, answer.Status);
        using var file = WordprocessingDocument.Open(new MemoryStream(answer.Bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(file).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        var lines = file.MainDocumentPart!.Document.Body!.Elements<Paragraph>().Select(paragraph => paragraph.InnerText).Where(text => text.Length > 0).ToList();
        Assert.Equal("演练", lines[0]);
        Assert.EndsWith("督办通知书", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("督办-2020-", lines[2], StringComparison.Ordinal);
        Assert.Equal("区教育局：", lines[3]);
        Assert.Contains("请说明情况", lines, StringComparer.Ordinal);
        Assert.Contains(lines, line => line.Contains("前书面说明情况", StringComparison.Ordinal));
        Assert.Equal("2020年1月23日", lines[^1]);
        Assert.NotEmpty(file.MainDocumentPart.Document.Body.Elements<Table>());
    }

    [Fact]
    public async Task A_round_opens_one_inspection_a_unit_and_its_team_can_be_changed()
    {
        var api = await RunningApi.Shared;
        var inspector = api.As("taiping.inspector");
        (await inspector.Post("/api/inspections", new { units = new[] { "justice" }, kind = "joint", reason = "联合督导", team = new[] { "taiping.finance" } })).Refused(400, "inspection.joint-needs-units");
        var opened = (await inspector.Post("/api/inspections", new { units = new[] { "justice", "red-cross" }, kind = "joint", reason = "联合督导", team = new[] { "taiping.finance", "taiping.health" } })).Ok(201);
        Assert.Equal(["justice", "red-cross"], opened["opened"]!.AsArray().Select(one => one!.Text("unit")));
        var round = opened.Text("roundId");

        Assert.Equal(2, (await api.As("taiping.finance").Get($"/api/inspections?round={round}")).Ok()["items"]!.AsArray().Count);
        (await inspector.Post($"/api/inspections/rounds/{round}/team", new { team = new[] { "taiping.health", "taiping.publicity" } })).Ok();
        (await api.As("taiping.finance").Get($"/api/inspections/rounds/{round}")).Refused(404, "not-found");
        Assert.Empty((await api.As("taiping.finance").Get($"/api/inspections?round={round}")).Ok()["items"]!.AsArray());
    }

    [Fact]
    public async Task Bad_values_get_clear_problems()
    {
        var api = await RunningApi.Shared;
        var (inspector, id) = (api.As("taiping.inspector"), await Ordered(api));
        (await inspector.Get("/api/inspections?state=asleep")).Invalid("state");
        (await inspector.Get("/api/inspections?kind=7")).Invalid("kind");
        (await inspector.Post("/api/inspections", new { kind = "single", reason = "r" })).Invalid("taskIds");
        (await inspector.Post("/api/inspections", new { taskIds = new[] { Guid.NewGuid() }, kind = "single", reason = "r" })).Invalid("taskIds");
        (await inspector.Post("/api/inspections", new { units = new[] { "health" }, kind = "single", reason = "" })).Invalid("reason");
        (await inspector.Post($"/api/inspections/{id}/issue-order", new { text = "t" })).Invalid("answerBy");
        (await inspector.Post($"/api/inspections/{id}/find", new { finding = "perhaps", text = "t" })).Invalid("finding");
        (await inspector.Post($"/api/inspections/{id}/recheck", new { text = "t" })).Invalid("passed");
        (await inspector.Post($"/api/inspections/{id}/propose", new { text = "t" })).Invalid("measure");
        (await inspector.Post($"/api/inspections/{id}/close", new { text = "t", state = "closed" })).Refused(400, "request.malformed");
        (await inspector.Post($"/api/inspections/{id}/issue-order", new { expectedVersion = 1, text = "t", answerBy = RunningApi.Morning.AddDays(9) })).Refused(409, "inspection.version-conflict");
    }

    /// <summary>An inspection of a task of 区教育局 with an order.</summary>
    private static async Task<string> Ordered(RunningApi api)
    {
        var (inspector, task) = (api.As("taiping.inspector"), await api.Task("education"));
        var id = (await inspector.Post("/api/inspections", new { taskIds = new[] { task }, kind = "single", reason = "逾期" })).Ok(201).Text("id");
        (await inspector.Post($"/api/inspections/{id}/issue-order", new { text = "请说明情况", answerBy = RunningApi.Morning.AddDays(1) })).Ok();
        return id;
    }
}
