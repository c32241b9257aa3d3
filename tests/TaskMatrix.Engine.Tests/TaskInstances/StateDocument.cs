using System.Xml.Linq;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Tests.TaskInstances;

/// <summary>The parts of <c>docs/task-states.md</c> that are read off the code: the names, the diagram and the table.</summary>
internal static class StateDocument
{
    private static readonly Dictionary<TaskState, string> Chinese = ChineseNames();

    private static readonly TaskState[] AllOpen = [.. TaskStates.Open];

    public static IEnumerable<string> Names() =>
    [
        "| state | 状态 | open |",
        "|---|---|---|",
        .. Enum.GetValues<TaskState>().Select(state => $"| {state} | {Chinese[state]} | {(state.IsOpen() ? "yes" : "")} |"),
    ];

    /// <summary>Actions that lead to another state. What is possible in every open state is drawn once.</summary>
    public static IEnumerable<string> Diagram() =>
    [
        "stateDiagram-v2",
        .. Enum.GetValues<TaskState>().Select(state => $"    {state}: {state} {Chinese[state]}"),
        "    Open: any open state",
        "    [*] --> Draft: draft",
        .. TaskActions.Find(TaskActions.Issue).To.Select(state => $"    [*] --> {state}: issue"),
        .. Steps().GroupBy(step => (step.From, step.To), step => step.Action)
            .Select(arrow => $"    {arrow.Key.From?.ToString() ?? "Open"} --> {arrow.Key.To}: {string.Join(", ", arrow)}"),
    ];

    public static IEnumerable<string> Table() =>
    [
        "| action | who | from | to |",
        "|---|---|---|---|",
        .. TaskActions.Rules.Select(rule => $"| {rule.Action} | {rule.Who} | {Words(rule.From)} | {(StaysPut(rule) ? "the same" : Words(rule.To) + Left(rule))} |"),
        $"| miss | the clock | {Words(TaskStates.CanBeMissed)} | Missed |",
    ];

    private static bool StaysPut(ActionRule rule) => rule.From.SequenceEqual(rule.To);

    private static string Left(ActionRule rule) => rule.Staying.Count == 0 ? "" : $"; {Words(rule.Staying)} stays";

    private static string Words(IReadOnlyList<TaskState> states) =>
        states.SequenceEqual(AllOpen) ? "any open" : string.Join(", ", states);

    private static IEnumerable<(TaskState? From, TaskState To, string Action)> Steps()
    {
        foreach (var rule in TaskActions.Rules.Where(rule => !StaysPut(rule)))
        {
            IEnumerable<TaskState?> starts = rule.From.SequenceEqual(AllOpen) ? [null] : rule.From.Except(rule.Staying).Cast<TaskState?>();
            foreach (var (from, to) in starts.SelectMany(from => rule.To.Select(to => (from, to))))
            {
                yield return (from, to, rule.Action);
            }
        }

        foreach (var from in TaskStates.CanBeMissed)
        {
            yield return (from, TaskState.Missed, "miss");
        }
    }

    /// <summary>The Chinese name of a state stands first in its XML summary.</summary>
    private static Dictionary<TaskState, string> ChineseNames()
    {
        var comments = XDocument.Load(Path.ChangeExtension(typeof(TaskState).Assembly.Location, ".xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")?.Value.Trim() ?? "");
        return Enum.GetValues<TaskState>().ToDictionary(
            state => state,
            state => comments[$"F:{typeof(TaskState).FullName}.{state}"].Split(':')[0]);
    }
}
