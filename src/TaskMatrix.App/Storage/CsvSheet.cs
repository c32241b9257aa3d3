using System.Globalization;
using System.Text;
using CsvHelper;

namespace TaskMatrix.App.Storage;

/// <summary>A column that a file may have.</summary>
/// <param name="Answers">Whether a heading means it.</param>
public sealed record CsvColumn(string Id, bool Required, Func<string, bool> Answers);

/// <summary>One row of a file, by column id; a column the file does not have is empty.</summary>
/// <param name="Line">1-based line on which it begins.</param>
public sealed record CsvRow(int Line, IReadOnlyDictionary<string, string> Cells)
{
    public string this[string column] => Cells.GetValueOrDefault(column, "");
}

/// <summary>
/// Reads files of rows: UTF-8 with or without its mark, comma, semicolon or tab as the first line has it. What is wrong with the
/// file, its headings or the shape of a row is collected, so that one reading finds all of it.
/// </summary>
public sealed class CsvSheet
{
    public const int MostRows = 5000, LargestBytes = 2 * 1024 * 1024;

    private static readonly char[] Delimiters = [',', ';', '\t'];

    private static readonly UTF8Encoding Exact = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<CsvRow> _rows = [];
    private readonly List<ImportProblem> _problems = [];

    private CsvSheet()
    {
    }

    public IReadOnlyList<CsvRow> Rows => _rows;

    /// <summary>
    /// import.too-large, import.not-utf8, import.not-text, import.empty, import.no-rows, import.too-many-rows, import.unknown-column,
    /// import.duplicate-column, import.missing-column, import.too-many-cells, import.bad-quotes.
    /// </summary>
    public IReadOnlyList<ImportProblem> Problems => _problems;

    public static CsvSheet Read(byte[] bytes, IReadOnlyList<CsvColumn> columns)
    {
        var sheet = new CsvSheet();
        if (sheet.TextOf(bytes) is { } text)
        {
            sheet.ReadRows(text, columns);
        }

        return sheet;
    }

    private string? TextOf(byte[] bytes)
    {
        if (bytes.Length > LargestBytes)
        {
            _problems.Add(new ImportProblem(0, null, "import.too-large"));
            return null;
        }

        try
        {
            var text = Exact.GetString(bytes).TrimStart('\uFEFF');
            if (!text.Contains('\0') && !string.IsNullOrWhiteSpace(text))
            {
                return text;
            }

            _problems.Add(new ImportProblem(0, null, text.Contains('\0') ? "import.not-text" : "import.empty"));
        }
        catch (DecoderFallbackException)
        {
            _problems.Add(new ImportProblem(0, null, "import.not-utf8"));
        }

        return null;
    }

    private void ReadRows(string text, IReadOnlyList<CsvColumn> columns)
    {
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = DelimiterOf(text), HasHeader = false, TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Skip,
            OnMalformedRecord = bad => _problems.Add(ImportProblem.At((int)bad.LineNumber, null, "import.bad-quotes", bad.RawRecord.Trim())),
        });
        IReadOnlyList<CsvColumn?>? header = null;
        while (reader.Read())
        {
            var (line, cells) = ((int)reader.LineNumber, Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ToArray());
            if (cells.All(string.IsNullOrWhiteSpace))
            {
                // Spreadsheets leave empty lines at the end.
            }
            else if (header is null)
            {
                header = Header(cells, columns, line);
            }
            else
            {
                AddRow(line, cells, header);
            }
        }

        Count();
        if (_problems.Exists(problem => problem.Code == "import.missing-column"))
        {
            // Every row would be wrong for this one reason.
            _rows.Clear();
        }
    }

    private IReadOnlyList<CsvColumn?> Header(string[] cells, IReadOnlyList<CsvColumn> columns, int line)
    {
        var found = cells.Select(cell => columns.FirstOrDefault(column => column.Answers(cell.Trim()))).ToList();
        foreach (var (column, cell) in found.Zip(cells).Where(pair => pair.First is null && !string.IsNullOrWhiteSpace(pair.Second)))
        {
            _problems.Add(ImportProblem.At(line, cell.Trim(), "import.unknown-column", cell.Trim()));
        }

        foreach (var twice in found.OfType<CsvColumn>().GroupBy(column => column.Id).Where(same => same.Count() > 1))
        {
            _problems.Add(new ImportProblem(line, twice.Key, "import.duplicate-column", twice.Key));
        }

        _problems.AddRange(columns.Where(column => column.Required && !found.Contains(column)).Select(column => new ImportProblem(line, column.Id, "import.missing-column", column.Id)));
        return found;
    }

    private void AddRow(int line, string[] cells, IReadOnlyList<CsvColumn?> header)
    {
        if (cells.Skip(header.Count).Any(cell => !string.IsNullOrWhiteSpace(cell)))
        {
            _problems.Add(new ImportProblem(line, null, "import.too-many-cells"));
        }

        var known = header.Zip(cells).Where(pair => pair.First is not null);
        _rows.Add(new CsvRow(line, known.DistinctBy(pair => pair.First!.Id).ToDictionary(pair => pair.First!.Id, pair => pair.Second)));
    }

    private void Count()
    {
        if (_rows.Count == 0 && _problems.Count == 0)
        {
            _problems.Add(new ImportProblem(0, null, "import.no-rows"));
        }

        if (_rows.Count > MostRows)
        {
            _problems.Add(ImportProblem.At(0, null, "import.too-many-rows", _rows.Count.ToString(CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>The one that stands most often in the first line that is not empty.</summary>
    private static char DelimiterOf(string text)
    {
        var first = text.Split('\n').First(line => !string.IsNullOrWhiteSpace(line));
        return Delimiters.MaxBy(delimiter => first.Count(c => c == delimiter));
    }
}

/// <summary>Writes files that spreadsheets open: UTF-8 with its mark, and no cell that one would take for a formula.</summary>
public static class CsvText
{
    public const string MediaType = "text/csv; charset=utf-8";

    public static byte[] Write(IEnumerable<IEnumerable<string>> rows)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, new CsvWriterOptions { WriteByteOrderMark = true }, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                row.Select(Harmless).ToList().ForEach(csv.WriteField);
                csv.EndRecord();
            }
        }

        return bytes.ToArray();
    }

    /// <summary>A leading apostrophe makes a spreadsheet read = + - @ TAB CR as words.</summary>
    public static string Harmless(string cell) => cell is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + cell : cell;
}
