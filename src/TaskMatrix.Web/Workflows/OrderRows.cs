using TaskMatrix.App.Workflows;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Workflows;

/// <summary>Several tasks typed in one form; rows left empty are none.</summary>
internal static class OrderRows
{
    public const int Count = 4;

    public static string Name(string list, int row, string field) => $"{list}[{row}].{field}";

    /// <param name="title">Name of the field that says what is to be done.</param>
    /// <exception cref="FluentValidation.ValidationException">moment.unreadable (400) at the place among the filled rows.</exception>
    public static IReadOnlyList<OrderedTask> Read(IFormCollection posted, string list, string title, Visit visit) =>
        [.. Filled(posted, list, title).Select((row, place) => Order(row, place, posted, list, title, visit))];

    /// <summary>Problems name the place among the filled rows; on the page they stand at the row itself.</summary>
    public static PageProblem Placed(PageProblem problem, IFormCollection posted, string list, string title)
    {
        var filled = Filled(posted, list, title);
        return problem with { Fields = [.. problem.Fields.Select(field => field with { Field = Moved(field.Field, filled, list) })] };
    }

    private static string Moved(string field, IReadOnlyList<int> filled, string list)
    {
        var row = Enumerable.Range(0, filled.Count).FirstOrDefault(place => field.StartsWith($"{list}[{place}].", StringComparison.Ordinal), -1);
        return row < 0 ? field : Name(list, filled[row], field[(field.IndexOf("].", StringComparison.Ordinal) + 2)..]);
    }

    private static IReadOnlyList<int> Filled(IFormCollection posted, string list, string title) =>
        [.. Enumerable.Range(0, Count).Where(row => new[] { title, "leadUnit", "dueAt" }.Any(field => Blank.ToNull(posted[Name(list, row, field)]) is not null))];

    private static OrderedTask Order(int row, int place, IFormCollection posted, string list, string title, Visit visit)
    {
        string? Text(string field) => Blank.ToNull(posted[Name(list, row, field)]);
        var dueAt = PostedAction.Moment(Text("dueAt"), visit, Name(list, place, "dueAt"));
        return new OrderedTask(Text(title), Text("leadUnit"), null, dueAt, dueAt is null ? Text("dueIn") : null);
    }
}
