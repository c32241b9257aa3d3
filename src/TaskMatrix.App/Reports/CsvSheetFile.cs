using System.Globalization;
using CsvHelper;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Reports;

/// <summary>A CSV file: UTF-8 with its mark, headings in the first line and nothing above them, so that programs read it too.</summary>
public sealed class CsvSheetFile : ISheet
{
    private readonly CsvWriter _csv;

    public CsvSheetFile(Stream output, SheetHead head)
    {
        _csv = CsvWriter.Create(output, new CsvWriterOptions { WriteByteOrderMark = true }, leaveOpen: true);
        Row(head.Headings);
    }

    public void Row(IEnumerable<object?> cells)
    {
        foreach (var cell in cells)
        {
            _csv.WriteField(cell switch
            {
                null => "",
                string text => CsvText.Harmless(text),
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                _ => CsvText.Harmless(cell.ToString() ?? ""),
            });
        }

        _csv.EndRecord();
    }

    public void Dispose() => _csv.Dispose();
}
