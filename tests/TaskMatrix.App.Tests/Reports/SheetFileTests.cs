using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using TaskMatrix.App.Reports;

namespace TaskMatrix.App.Tests.Reports;

/// <summary>Tables as files: valid, whole, and no cell that a program would run.</summary>
public sealed class SheetFileTests
{
    private static readonly SheetHead Head = new("【演练】台账:2020/01[一]", "太平区 【演练】任务台账", "导出时间：2020-01-23 09:00", ["编号", "件数", "用时"]);

    [Fact]
    public void A_workbook_is_valid_and_holds_what_was_written()
    {
        using var file = Xlsx(["太平-2020-000001", 3, 1.5], ["a\0\u202Eb", null, -2L]);

        Assert.Empty(new OpenXmlValidator().Validate(file).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        Assert.Equal(["太平区 【演练】任务台账", "导出时间：2020-01-23 09:00", "编号", "件数", "用时", "太平-2020-000001", "3", "1.5", "ab", "-2"], Texts(file));
        Assert.Equal(["A1", "A2", "A3", "B3", "C3", "A4", "B4", "C4", "A5", "C5"], Cells(file).Select(cell => cell.CellReference!.Value));
        Assert.Equal("【演练】台账202001一", file.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().Single().Name!.Value);
    }

    [Fact]
    public void Columns_beyond_the_alphabet_are_named_and_many_rows_stay_valid()
    {
        using var output = new MemoryStream();
        using (var sheet = new XlsxSheetFile(output, Head with { Headings = [.. Enumerable.Range(0, 60).Select(i => $"列{i}")] }))
        {
            for (var row = 0; row < 2_000; row++)
            {
                sheet.Row(Enumerable.Range(0, 60).Select(i => (object?)i));
            }
        }

        using var file = SpreadsheetDocument.Open(output, isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(file).Select(error => error.Description));
        Assert.Equal("BH2003", Cells(file).Last().CellReference!.Value);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    public void What_a_program_would_run_becomes_words_in_both_kinds(string cell)
    {
        using var file = Xlsx([cell]);
        Assert.StartsWith("'", Texts(file).Last());
        Assert.DoesNotContain(Cells(file), one => one.CellFormula is not null);

        Assert.Contains("'" + cell.Trim(), Csv([cell, null, null]).Replace("'\t", "'", StringComparison.Ordinal).Replace("'\r", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_csv_file_has_its_mark_its_headings_and_numbers_as_numbers()
    {
        var text = Csv(["a,b\"c", 3, -1.5], [null, 0, null]);

        Assert.Equal("\uFEFF编号,件数,用时\n\"a,b\"\"c\",3,-1.5\n,0,", text.ReplaceLineEndings("\n").TrimEnd('\n'));
    }

    private static SpreadsheetDocument Xlsx(params object?[][] rows)
    {
        var output = new MemoryStream();
        using (var sheet = new XlsxSheetFile(output, Head))
        {
            Array.ForEach(rows, sheet.Row);
        }

        return SpreadsheetDocument.Open(output, isEditable: false);
    }

    private static string Csv(params object?[][] rows)
    {
        using var output = new MemoryStream();
        using (var sheet = new CsvSheetFile(output, Head))
        {
            Array.ForEach(rows, sheet.Row);
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static IReadOnlyList<Cell> Cells(SpreadsheetDocument file) => [.. file.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Cell>()];

    private static IEnumerable<string> Texts(SpreadsheetDocument file) => Cells(file).Select(cell => cell.InlineString?.Text?.Text ?? cell.CellValue!.Text);
}
