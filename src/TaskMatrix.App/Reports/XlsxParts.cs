using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml.Spreadsheet;

namespace TaskMatrix.App.Reports;

/// <summary>The small parts of a workbook of one sheet: everything but the sheet itself.</summary>
internal static class XlsxParts
{
    private const string Types = "http://schemas.openxmlformats.org/package/2006/content-types", Main = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships", Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

    /// <summary>Characters that the name of a sheet may not hold.</summary>
    private const string Forbidden = @"[]:*?/\'";

    private const int LongestName = 31;

    /// <param name="headRow">Rows up to here are repeated on every printed page.</param>
    public static void WriteAll(ZipArchive zip, string name, int headRow)
    {
        Write(zip, "[Content_Types].xml", $"""
            <Types xmlns="{Types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Main}sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Main}styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Main}worksheet+xml"/></Types>
            """);
        Write(zip, "_rels/.rels", $"""
            <Relationships xmlns="{Relations}"><Relationship Id="rId1" Type="{Relation}officeDocument" Target="xl/workbook.xml"/></Relationships>
            """);
        Write(zip, "xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="{Relations}"><Relationship Id="rId1" Type="{Relation}worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Relation}styles" Target="styles.xml"/></Relationships>
            """);
        var sheet = NameOf(name);
        Write(zip, "xl/workbook.xml", new Workbook(
            new Sheets(new Sheet { Name = sheet, SheetId = 1, Id = "rId1" }),
            new DefinedNames(new DefinedName($"'{sheet}'!$1:${headRow}") { Name = "_xlnm.Print_Titles", LocalSheetId = 0 })).OuterXml);
        Write(zip, "xl/styles.xml", Styles().OuterXml);
    }

    private static Stylesheet Styles() => new(
        new Fonts(
            new Font(new FontSize { Val = 11 }, new FontName { Val = "SimSun" }), new Font(new Bold(), new FontSize { Val = 16 }, new FontName { Val = "SimSun" }),
            new Font(new Bold(), new FontSize { Val = 11 }, new FontName { Val = "SimSun" })),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            new Fill(new PatternFill(new ForegroundColor { Rgb = "FFE8EEF5" }) { PatternType = PatternValues.Solid })),
        new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())),
        new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }),
        new CellFormats(
            Format(0, 0), Format(1, 0), Format(0, 0), Format(2, 2, wrap: true), Format(0, 0, wrap: true)));

    private static CellFormat Format(uint font, uint fill, bool wrap = false) => new(new Alignment { Vertical = VerticalAlignmentValues.Top, WrapText = wrap })
    {
        NumberFormatId = 0, FontId = font, FillId = fill, BorderId = 0, FormatId = 0, ApplyFont = true, ApplyFill = true, ApplyAlignment = true,
    };

    private static string NameOf(string name)
    {
        var clean = string.Concat(name.Where(c => !Forbidden.Contains(c) && !char.IsControl(c)));
        return clean.Length == 0 ? "Sheet1" : clean[..Math.Min(LongestName, clean.Length)];
    }

    private static void Write(ZipArchive zip, string path, string xml)
    {
        using var part = new StreamWriter(zip.CreateEntry(path, CompressionLevel.Fastest).Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        part.Write("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""");
        part.Write(xml);
    }
}
