using System.Globalization;
using System.Text.Json;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Reports;

namespace TaskMatrix.App.Reports;

/// <summary>Reads the values of a line by the columns of its register; API, page and file come through here.</summary>
internal static class RegisterInput
{
    /// <param name="typed">By column id, as typed.</param>
    /// <returns>The values in the form they are kept in, and what is wrong with them: column id, code, value.</returns>
    public static (Dictionary<string, string> Values, List<(string Column, string Code, string Value)> Problems) Read(
        RegisterBook book, IEnumerable<KeyValuePair<string, string>> typed)
    {
        var (values, problems) = (new Dictionary<string, string>(), new List<(string, string, string)>());
        foreach (var (id, text) in typed)
        {
            if (book.Columns.FirstOrDefault(column => column.Id == id) is not { } column)
            {
                problems.Add((id, "register.unknown-column", id));
            }
            else if (column.Read(text, out var value) is { } problem)
            {
                problems.Add((id, problem, problem == "register.too-long" ? column.Longest.ToString(CultureInfo.InvariantCulture) : text.Trim()));
            }
            else
            {
                values[id] = value;
            }
        }

        return (values, problems);
    }

    /// <summary>Every line of several, as a file or a call brings them; a code stands once among them and not yet on the register.</summary>
    /// <param name="lines">With the number each is told by.</param>
    /// <param name="known">Codes on the register, those struck off included.</param>
    public static (List<Dictionary<string, string>> Values, List<(int Line, string Column, string Code, string Value)> Problems) ReadAll(
        RegisterBook book, IEnumerable<(int Number, IReadOnlyDictionary<string, string> Typed)> lines, HashSet<string> known)
    {
        var (all, problems, seen) = (new List<Dictionary<string, string>>(), new List<(int, string, string, string)>(), new HashSet<string>());
        foreach (var (number, typed) in lines)
        {
            var (values, wrong) = Read(book, typed.ContainsKey(RegisterColumn.Code) ? typed : typed.Append(KeyValuePair.Create(RegisterColumn.Code, "")));
            problems.AddRange(wrong.Select(one => (number, one.Column, one.Code, one.Value)));
            if (values.GetValueOrDefault(RegisterColumn.Code) is { } code && (!seen.Add(code) || known.Contains(code)))
            {
                problems.Add((number, RegisterColumn.Code, known.Contains(code) ? "register.code-taken" : "register.code-twice", code));
            }

            all.Add(values);
        }

        return (all, problems);
    }

    public static CsvColumn ToCsv(RegisterColumn column) => new(column.Id, column.Id == RegisterColumn.Code, column.Answers);

    /// <summary>A JSON value as one would type it: a number by its digits, null as nothing.</summary>
    /// <returns>Null for what cannot stand in a column: lists, objects, true and false.</returns>
    public static string? Typed(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Null => "",
        _ => null,
    };
}
