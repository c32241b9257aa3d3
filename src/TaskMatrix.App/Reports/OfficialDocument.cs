using System.Globalization;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace TaskMatrix.App.Reports;

/// <summary>An official document (公文) as docx: a mark, a title, a number line, then headings, paragraphs and tables.</summary>
/// <param name="title">Centred at the top.</param>
/// <param name="number">The line below it: number and date.</param>
/// <param name="mark">Above the title, in red: 演练; null for none.</param>
public sealed class OfficialDocument(string title, string number, string? mark = null)
{
    /// <summary>Half points: 二号 for the title, 四号 for the text, 小四 in tables.</summary>
    private const string TitleSize = "44", TextSize = "28", CellSize = "24";

    private const string SongTi = "SimSun", FangSong = "FangSong", Red = "C00000";

    private readonly List<OpenXmlElement> _blocks = [];

    public OfficialDocument Heading(string text) => Add(Line(text, TextSize, SongTi, bold: true));

    public OfficialDocument Paragraph(string text) => Add(Line(text, TextSize, FangSong));

    /// <summary>Whom it is for: at the margin, above the text.</summary>
    public OfficialDocument Salutation(string text) => Add(Line(text, TextSize, FangSong, bold: true));

    /// <summary>Who signs and when, at the right below the text.</summary>
    public OfficialDocument Signature(string post, string date) =>
        Add(new Paragraph()).Add(Line(post, TextSize, FangSong, place: JustificationValues.Right)).Add(Line(date, TextSize, FangSong, place: JustificationValues.Right));

    /// <param name="rows">As many cells each as there are headers.</param>
    public OfficialDocument Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table(
            new TableProperties(new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct }, Borders()),
            new TableGrid(headers.Select(_ => new GridColumn { Width = (9000 / headers.Count).ToString(CultureInfo.InvariantCulture) })));
        table.Append(Row(headers, header: true));
        table.Append(rows.Select(row => Row(row, header: false)));

        // Two tables that touch would be read as one, and a document may not end with a table.
        return Add(table).Add(new Paragraph());
    }

    /// <returns>The bytes of the docx.</returns>
    public byte[] Write()
    {
        using var file = new MemoryStream();
        using (var document = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            main.Document = new Document(new Body([.. Head(), .. _blocks, Page()]));
            document.PackageProperties.Title = Clean(title);
        }

        return file.ToArray();
    }

    private IEnumerable<OpenXmlElement> Head()
    {
        if (mark is not null)
        {
            yield return Line(mark, TextSize, SongTi, bold: true, place: JustificationValues.Center, colour: Red);
        }

        yield return Line(title, TitleSize, SongTi, bold: true, place: JustificationValues.Center);
        yield return Line(number, TextSize, FangSong, place: JustificationValues.Center);
    }

    private OfficialDocument Add(OpenXmlElement block)
    {
        _blocks.Add(block);
        return this;
    }

    /// <summary>A4 with the margins of GB/T 9704.</summary>
    private static SectionProperties Page() => new(
        new PageSize { Width = 11906, Height = 16838 },
        new PageMargin { Top = 2098, Right = 1474, Bottom = 1984, Left = 1587, Header = 851, Footer = 992, Gutter = 0 });

    private static Paragraph Line(string text, string size, string font, bool bold = false, JustificationValues? place = null, string? colour = null)
    {
        var look = new ParagraphProperties();
        look.Append(new SpacingBetweenLines { Line = "560", LineRule = LineSpacingRuleValues.AtLeast });
        if (place is { } at)
        {
            look.Append(new Justification { Val = at });
        }

        return new Paragraph(look, Words(text, size, font, bold, colour));
    }

    private static Run Words(string text, string size, string font, bool bold, string? colour)
    {
        var look = new RunProperties();
        look.Append(new RunFonts { Ascii = "Times New Roman", HighAnsi = "Times New Roman", EastAsia = font });
        look.Append(bold ? [new Bold()] : Array.Empty<OpenXmlElement>());
        look.Append(colour is null ? [] : new OpenXmlElement[] { new Color { Val = colour } });
        look.Append(new FontSize { Val = size });
        return new Run(look, new Text(Clean(text)) { Space = SpaceProcessingModeValues.Preserve });
    }

    private static TableRow Row(IReadOnlyList<string> cells, bool header)
    {
        var row = new TableRow();
        if (header)
        {
            row.Append(new TableRowProperties(new TableHeader()));
        }

        row.Append(cells.Select(cell => new TableCell(new Paragraph(Words(cell, CellSize, FangSong, header, null)))));
        return row;
    }

    private static TableBorders Borders() => new(
        new TopBorder { Val = BorderValues.Single, Size = 4 }, new LeftBorder { Val = BorderValues.Single, Size = 4 },
        new BottomBorder { Val = BorderValues.Single, Size = 4 }, new RightBorder { Val = BorderValues.Single, Size = 4 },
        new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4 }, new InsideVerticalBorder { Val = BorderValues.Single, Size = 4 });

    /// <summary>Without what XML cannot hold and what turns the direction of the text.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                clean.Append(text[i]).Append(text[++i]);
            }
            else if (text[i] is '\n' or '\r' or '\t')
            {
                clean.Append(' ');
            }
            else if (XmlConvert.IsXmlChar(text[i]) && text[i] is not ((>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')))
            {
                clean.Append(text[i]);
            }
        }

        return clean.ToString();
    }
}
