using System.Text;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Tests.Storage;

public sealed class CsvSheetTests
{
    private static readonly CsvColumn[] Columns =
        [new("code", true, heading => heading is "code" or "编号" or "Code"), new("name", false, heading => heading is "name" or "姓名"), new("note", false, heading => heading is "note" or "备注")];

    [Theory]
    [InlineData("编号,姓名\nA1,张三\nA2,李四\n")]
    [InlineData("code;name\r\nA1;张三\r\nA2;李四")]
    [InlineData("编号\t姓名\nA1\t张三\n\nA2\t李四\n\n\t\n")]
    [InlineData("\"编号\",\"姓名\"\n\"A1\",\"张三\"\nA2,李四")]
    public void Comma_semicolon_and_tab_are_told_by_the_first_line(string text)
    {
        foreach (var bytes in new[] { Encoding.UTF8.GetBytes(text), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)] })
        {
            var sheet = CsvSheet.Read(bytes, Columns);

            Assert.Empty(sheet.Problems);
            Assert.Equal([("A1", "张三"), ("A2", "李四")], sheet.Rows.Select(row => (row["code"], row["name"])));
        }
    }

    [Fact]
    public void Quoted_cells_hold_delimiters_quotes_and_line_ends_and_lines_are_counted_on()
    {
        var sheet = Read("code,note\nA1,\"甲,乙\"\nA2,\"他说\"\"好\"\"\n第二行\"\n\nA3,=1+1\n");

        Assert.Empty(sheet.Problems);
        Assert.Equal([(2, "甲,乙"), (3, "他说\"好\"\n第二行"), (6, "=1+1")], sheet.Rows.Select(row => (row.Line, row["note"])));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_say_so()
    {
        Assert.Equal(["import.not-utf8"], Codes([0xB1, 0xE0, 0xBA, 0xC5, (byte)',', 0xD0, 0xD5, 0xC3, 0xFB, (byte)'\n']));
        Assert.Equal(["import.not-text"], Codes("code\0,name\n"u8.ToArray()));
    }

    [Theory]
    [InlineData("", "import.empty")]
    [InlineData("\n \n", "import.empty")]
    [InlineData("编号,姓名\n", "import.no-rows")]
    [InlineData("编号,姓名\n,\n", "import.no-rows")]
    public void A_file_without_rows_is_refused(string text, string code) => Assert.Equal([code], Codes(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Every_wrong_heading_is_told()
    {
        var problems = Read("姓名,年龄,姓名\n张三,3,李四\n").Problems;

        Assert.Equal(
            [("年龄", "import.unknown-column"), ("name", "import.duplicate-column"), ("code", "import.missing-column")], problems.Select(problem => (problem.Column!, problem.Code)));
    }

    [Fact]
    public void Every_row_out_of_shape_is_told_with_its_line()
    {
        var problems = Read("code,note\nA1,a,b\nA2,x\"y\nA3,\"z\"q\nA4,ok\nA5,\"open\n").Problems;

        Assert.Equal(
            [(2, "import.too-many-cells"), (3, "import.bad-quotes"), (4, "import.bad-quotes"), (6, "import.bad-quotes")],
            problems.Select(problem => (problem.Line, problem.Code)).Order());
    }

    [Fact]
    public void Five_thousand_rows_are_read_and_one_more_is_too_many()
    {
        var rows = Enumerable.Range(1, CsvSheet.MostRows).Select(i => $"A{i}").ToList();

        Assert.Equal(5000, Read("code\n" + string.Join('\n', rows)).Rows.Count);
        Assert.Equal(["import.too-many-rows"], Codes(Encoding.UTF8.GetBytes("code\n" + string.Join('\n', rows.Append("B1")))));
    }

    [Fact]
    public void More_than_two_megabytes_are_not_even_read() => Assert.Equal(["import.too-large"], Codes(new byte[CsvSheet.LargestBytes + 1]));

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+86")]
    [InlineData("-1")]
    [InlineData("@cmd")]
    [InlineData("\tx")]
    [InlineData("\rx")]
    public void A_cell_that_a_spreadsheet_would_run_goes_out_as_words(string cell)
    {
        var bytes = CsvText.Write([["code", "note"], ["A1", cell]]);

        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        Assert.Equal("'" + cell, Assert.Single(CsvSheet.Read(bytes, Columns).Rows)["note"]);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var sheet = CsvSheet.Read(CsvText.Write([["编号", "备注"], ["A1", "甲,\"乙\"\n丙"], ["A2", "a'b"]]), Columns);

        Assert.Empty(sheet.Problems);
        Assert.Equal(["甲,\"乙\"\n丙", "a'b"], sheet.Rows.Select(row => row["note"]));
    }

    private static CsvSheet Read(string text) => CsvSheet.Read(Encoding.UTF8.GetBytes(text), Columns);

    private static IEnumerable<string> Codes(byte[] bytes) => CsvSheet.Read(bytes, Columns).Problems.Select(problem => problem.Code);
}
