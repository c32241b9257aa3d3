using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Reports;

/// <summary>What was found at one item of a checklist.</summary>
/// <param name="Result">done, problem or notDone.</param>
/// <param name="Note">What the problem is; null or empty where there is none.</param>
public sealed record ChecklistAnswer(string Item, string Result, string? Note = null);

/// <summary>检查记录: every item of the duty has exactly one result, and nothing else has one.</summary>
public static class Checklist
{
    /// <summary>Id of the form that is filled item by item.</summary>
    public const string Form = "checklist";

    public const string Done = "done", Problem = "problem", NotDone = "notDone";

    public static readonly IReadOnlyList<string> Results = [Done, Problem, NotDone];

    /// <param name="items">Of the duty, in its order.</param>
    /// <exception cref="RuleBrokenException">
    /// form.unknown-item · form.item-twice · form.items-incomplete · form.note-missing, each naming the items (400)
    /// </exception>
    public static void Require(IReadOnlyList<string> items, IReadOnlyList<ChecklistAnswer> answers)
    {
        Refuse("form.unknown-item", answers.Select(answer => answer.Item).Where(item => !items.Contains(item)));
        Refuse("form.item-twice", answers.GroupBy(answer => answer.Item).Where(same => same.Count() > 1).Select(same => same.Key));
        Refuse("form.items-incomplete", items.Where(item => answers.All(answer => answer.Item != item)));
        Refuse("form.note-missing", answers.Where(answer => answer.Result == Problem && string.IsNullOrWhiteSpace(answer.Note)).Select(answer => answer.Item));
    }

    private static void Refuse(string code, IEnumerable<string> items)
    {
        var named = items.Distinct().ToList();
        if (named.Count > 0)
        {
            throw new RuleBrokenException(code, RuleKind.Invalid, string.Join("、", named));
        }
    }
}
