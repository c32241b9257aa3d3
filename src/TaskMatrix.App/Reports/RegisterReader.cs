using System.Text.RegularExpressions;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Reports;

namespace TaskMatrix.App.Reports;

/// <summary>Reads the register of a duty; its columns are fields of the one form of register lines.</summary>
internal static partial class RegisterReader
{
    /// <returns>Null where the duty asks for none.</returns>
    public static RegisterDefinition? Read(YamlMap duty, DefinitionSet known)
    {
        if (duty.OptionalMap("register")?.Only("name", "english", "columns", "daily", "results") is not { } map)
        {
            return null;
        }

        var daily = map.Flag("daily", false);
        return new RegisterDefinition(map.Text("name"), map.Text("english"), Columns(map, known), daily, Results(map, daily));
    }

    private static IReadOnlyList<string> Columns(YamlMap map, DefinitionSet known)
    {
        var columns = map.Texts("columns");
        if (!known.Forms.TryGetValue(RegisterColumns.Form, out var form))
        {
            map.Problem("columns", "definition.unknown-form", RegisterColumns.Form);
        }

        foreach (var unknown in columns.Where(column => form?.Fields.Contains(column) == false))
        {
            map.Problem("columns", "definition.unknown-field", unknown, RegisterColumns.Form);
        }

        if (columns.Count == 0 || columns[0] != RegisterColumn.Code || columns.Distinct().Count() != columns.Count)
        {
            map.Problem("columns", "definition.bad-columns", string.Join(", ", columns));
        }

        return columns;
    }

    private static IReadOnlyList<RegisterResultKind> Results(YamlMap map, bool daily)
    {
        var results = map.OptionalMaps("results").Select(one => one.Only("id", "title", "english")).Select(one => Result(one)).ToList();
        if (daily == (results.Count == 0))
        {
            map.Problem("results", daily ? "yaml.missing" : "definition.misplaced-member", "results", "daily");
        }

        if (results.DistinctBy(result => result.Id).Count() != results.Count)
        {
            map.Problem("results", "yaml.duplicate-member", "id");
        }

        return results;
    }

    private static RegisterResultKind Result(YamlMap map)
    {
        var result = new RegisterResultKind(map.Text("id"), map.Text("title"), map.Text("english"));
        if (result.Id.Length > 0 && !Ids().IsMatch(result.Id))
        {
            map.Problem("id", "definition.bad-name", result.Id);
        }

        return result;
    }

    [GeneratedRegex("^[a-z][A-Za-z0-9]*$")]
    private static partial Regex Ids();
}
