using System.Globalization;
using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Reports;

/// <summary>
/// A workbook of one sheet, written from its beginning to its end: a title, a note, frozen headings with filters, then rows.
/// The library's own package keeps every part in memory until it is closed, so the parts go into the zip by hand.
/// </summary>
public sealed class XlsxSheetFile : ISheet
{
    private const uint Plain = 0, Titled = 1, Noted = 2, Headed = 3, Wrapped = 4;

    private const int HeadRow = 3;

    private readonly SheetHead _head;
    private readonly ZipArchive _zip;
    private readonly Stream _part;
    private readonly OpenXmlWriter _sheet;
    private int _row;

    /// <param name="output">Need not seek; stays open.</param>
    public XlsxSheetFile(Stream output, SheetHead head)
    {
        _head = head;
        _zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        XlsxParts.WriteAll(_zip, head.Name, HeadRow);
        _part = _zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
        _sheet = OpenXmlWriter.Create(_part, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Begin();
    }

    public void Row(IEnumerable<object?> cells) => Write(cells, Wrapped);

    public void Dispose()
    {
        _sheet.WriteEndElement();
        _sheet.WriteElement(new AutoFilter { Reference = $"A{HeadRow}:{Reference(_head.Headings.Count, Math.Max(_row, HeadRow))}" });
        _sheet.WriteElement(new PageMargins { Left = 0.4, Right = 0.4, Top = 0.5, Bottom = 0.5, Header = 0.3, Footer = 0.3 });
        _sheet.WriteElement(new PageSetup { PaperSize = 9, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 });
        _sheet.WriteEndElement();
        _sheet.Close();
        _part.Dispose();
        _zip.Dispose();
    }

    private void Begin()
    {
        _sheet.WriteStartDocument(true);
        _sheet.WriteStartElement(new Worksheet());
        _sheet.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = true }));
        _sheet.WriteElement(new SheetViews(new SheetView(new Pane { VerticalSplit = HeadRow, TopLeftCell = $"A{HeadRow + 1}", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }));
        _sheet.WriteElement(new SheetFormatProperties { DefaultRowHeight = 15 });
        _sheet.WriteElement(new Columns(_head.Headings.Select((heading, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = Width(heading), CustomWidth = true })));
        _sheet.WriteStartElement(new SheetData());
        Write([_head.Title], Titled);
        Write([_head.Note], Noted);
        Write(_head.Headings, Headed);
    }

    private void Write(IEnumerable<object?> cells, uint style)
    {
        _row++;
        _sheet.WriteStartElement(new Row { RowIndex = (uint)_row });
        var column = 0;
        foreach (var cell in cells)
        {
            column++;
            if (cell is not null)
            {
                _sheet.WriteElement(CellOf(cell, Reference(column, _row), style));
            }
        }

        _sheet.WriteEndElement();
    }

    private static Cell CellOf(object value, string reference, uint style) => value switch
    {
        int or long or double => new Cell
        {
            CellReference = reference, StyleIndex = Plain, DataType = CellValues.Number,
            CellValue = new CellValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
        },
        _ => new Cell
        {
            CellReference = reference, StyleIndex = style, DataType = CellValues.InlineString,
            InlineString = new InlineString(new Text(OfficialDocument.Clean(CsvText.Harmless(value.ToString() ?? ""))) { Space = SpaceProcessingModeValues.Preserve }),
        },
    };

    /// <summary>Characters; a Chinese one takes two.</summary>
    private static double Width(string heading) => Math.Clamp(heading.Sum(c => c > 0x2E80 ? 2.2 : 1.1) + 3, 9, 40);

    /// <summary>1, 1 is A1; 27, 3 is AA3.</summary>
    private static string Reference(int column, int row)
    {
        var letters = "";
        for (var rest = column; rest > 0; rest = (rest - 1) / 26)
        {
            letters = (char)('A' + ((rest - 1) % 26)) + letters;
        }

        return letters + row.ToString(CultureInfo.InvariantCulture);
    }
}
