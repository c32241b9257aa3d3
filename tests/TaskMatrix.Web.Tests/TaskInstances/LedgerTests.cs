using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using TaskMatrix.Web.Tests.Hosting;

namespace TaskMatrix.Web.Tests.TaskInstances;

/// <summary>Documents that leave the system: ledger, matrix, figures, notices.</summary>
public sealed class LedgerTests
{
    [Fact]
    public async Task The_ledger_is_valid_and_holds_the_tasks_of_the_filter_marked_and_masked()
    {
        var api = await RunningApi.Shared;
        var id = await api.Task("finance");
        var task = (await api.As("taiping.office").Get($"/api/tasks/{id}")).Ok();
        await api.As("taiping.finance").Do(id, "acknowledge");
        await api.As("taiping.finance").Do(id, "submit", new { text = "=已电话 13700000737 核实" });

        var answer = await api.As("taiping.office").Get("/api/exports/ledger.xlsx?unit=finance");
        var rows = Valid(answer);
        var row = rows.Single(cells => cells.Contains(task.Text("number")));

        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", answer.MediaType);
        Assert.Contains("'=已电话 137****0737 核实", row);
        Assert.Contains("演练", row);
        Assert.Contains("演练", rows[0][0], StringComparison.Ordinal);
        Assert.Contains(rows.Skip(3), cells => cells.Any(cell => cell.StartsWith("原文未规定", StringComparison.Ordinal)));
        Assert.Equal((await api.As("taiping.office").All("/api/tasks?unit=finance")).Count, rows.Count - 3);
        Assert.Contains("exercise-ledger.xlsx", answer.Headers["Content-Disposition"].Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ledger_as_csv_has_its_mark_the_language_of_the_caller_and_only_own_tasks()
    {
        var api = await RunningApi.Shared;
        var own = (await api.As("lanxi.fishery").All("/api/tasks")).Count;

        var answer = await api.As("lanxi.fishery").Get("/api/exports/ledger.csv", "en");

        Assert.Equal([0xEF, 0xBB, 0xBF], answer.Bytes[..3]);
        var lines = Encoding.UTF8.GetString(answer.Bytes[3..]).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.StartsWith("Number,", lines[0], StringComparison.Ordinal);
        Assert.Equal(own, lines.Length - 1);
        Assert.Contains("no-store", answer.Headers["Cache-Control"].Single(), StringComparison.Ordinal);
        (await api.As("lanxi.fishery").Get("/api/exports/ledger.csv?state=nonsense")).Refused(400, "validation.failed");
    }

    [Fact]
    public async Task The_matrix_and_the_figures_are_valid_workbooks()
    {
        var api = await RunningApi.Shared;

        var matrix = Valid(await api.As("taiping.inspector").Get("/api/exports/matrix.xlsx"));
        var json = (await api.As("taiping.inspector").Get("/api/matrix")).Ok();
        Assert.Equal((json["rows"]!.AsArray().Count + 3, json["units"]!.AsArray().Count + 4), (matrix.Count, matrix[2].Count));
        Assert.Contains(matrix.Skip(3), row => row.Any(cell => cell.StartsWith('R') && cell.Contains("未办结", StringComparison.Ordinal)));

        var figures = Valid(await api.As("taiping.leader").Get("/api/exports/statistics.xlsx?by=section"));
        Assert.Contains("演练", figures[0][0], StringComparison.Ordinal);
        Assert.Contains(figures, row => row[0] == "四、职责分工");
    }

    [Fact]
    public async Task A_closing_notice_is_a_letter_to_the_unit_and_only_for_what_is_closed()
    {
        var api = await RunningApi.Shared;
        var id = await api.Task("commerce");
        var (liaison, office) = (api.As("taiping.commerce"), api.As("taiping.office"));
        (await office.Get($"/api/exports/closings/{id}.docx")).Refused(409, "task.not-closed");
        await liaison.Do(id, "acknowledge");
        await liaison.Do(id, "submit", new { text = "已办，联系人 13700000737" });
        await office.Do(id, "approve");

        var answer = await liaison.Get($"/api/exports/closings/{id}.docx");

        Assert.Equal(200, answer.Status);
        using var document = WordprocessingDocument.Open(new MemoryStream(answer.Bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(error => error.Description));
        var lines = document.MainDocumentPart!.Document.Body!.Descendants<DocumentFormat.OpenXml.Wordprocessing.Paragraph>().Select(paragraph => paragraph.InnerText).Where(line => line.Length > 0).ToList();
        var number = (await office.Get($"/api/tasks/{id}")).Ok().Text("number");
        Assert.Equal(["演练", "办结通知", $"编号：{number}", "区商务局："], lines.Take(4));
        Assert.Contains("已办，联系人 137****0737", lines);
        Assert.Equal(["特此通知。", "区领导小组办公室", "2020年1月23日"], lines.TakeLast(3).Select(line => line.EndsWith("领导小组办公室", StringComparison.Ordinal) ? "区领导小组办公室" : line));
        (await api.As("taiping.justice").Get($"/api/exports/closings/{id}.docx")).Refused(404, "not-found");
    }

    [Fact]
    public async Task The_bulletin_is_addressed_signed_and_dated()
    {
        var api = await RunningApi.Shared;

        var answer = await api.As("lanxi.office").Get("/api/exports/daily.docx?date=2020-01-23");

        using var document = WordprocessingDocument.Open(new MemoryStream(answer.Bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(error => error.Description));
        var lines = document.MainDocumentPart!.Document.Body!.Descendants<DocumentFormat.OpenXml.Wordprocessing.Paragraph>().Select(paragraph => paragraph.InnerText).Where(line => line.Length > 0).ToList();
        Assert.EndsWith("：", lines[3], StringComparison.Ordinal);
        Assert.Equal("2020年1月23日", lines[^1]);
        Assert.Contains("办公室", lines[^2], StringComparison.Ordinal);
    }

    private static List<List<string>> Valid(Answer answer)
    {
        Assert.True(answer.Status == 200, answer.Text);
        using var file = SpreadsheetDocument.Open(new MemoryStream(answer.Bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(file).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        return [.. file.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Row>()
            .Select(row => row.Elements<Cell>().Select(cell => cell.InlineString?.Text?.Text ?? cell.CellValue!.Text).ToList())];
    }
}
