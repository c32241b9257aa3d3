using TaskMatrix.App.Storage;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>
/// How many finished tasks a unit has to do with, kept in the transaction that finishes or reopens one, so that counting
/// costs what is open and not the history of years.
/// </summary>
public sealed class TaskTally
{
    /// <summary>The part of the unit that has the task; each task is in exactly one row of this part.</summary>
    public const string Leads = "leads";

    public required string Jurisdiction { get; init; }

    /// <summary>A unit that the task concerns, in the part it has in <see cref="TaskUnit"/>.</summary>
    public required string Unit { get; init; }

    /// <summary>leads, works or reads.</summary>
    public required string Part { get; init; }

    /// <summary>Empty for a task without a plan.</summary>
    public required string Plan { get; init; }

    /// <summary>Empty for a task without a duty.</summary>
    public required string Duty { get; init; }

    public required string LeadUnit { get; init; }

    public required TaskState State { get; init; }

    public required Light Light { get; init; }

    public int Count { get; set; }
}

/// <summary>The changes of the tallies that changed tasks call for.</summary>
internal static class TaskTallies
{
    private static readonly Statement Add = new(
        """
        INSERT INTO task_tallies (jurisdiction, unit, part, plan, duty, lead_unit, state, light, count) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (jurisdiction, unit, part, plan, duty, lead_unit, state, light) DO UPDATE SET count = task_tallies.count + excluded.count
        """,
        [.. Enumerable.Repeat(typeof(string), 8), typeof(int)]);

    /// <summary>In a fixed order, so that two nodes never wait for each other.</summary>
    public static IEnumerable<Change> Of(IReadOnlyCollection<TaskInstance> changed)
    {
        var sums = new Dictionary<Key, int>();
        foreach (var task in changed)
        {
            if (task.Recorded[0].From is { } from && from.IsFinished())
            {
                Count(task, from, -1, sums);
            }

            if (task.State.IsFinished())
            {
                Count(task, task.State, 1, sums);
            }
        }

        return sums.Where(sum => sum.Value != 0).OrderBy(sum => $"{sum.Key}", StringComparer.Ordinal).Select(sum => Add.With(
            sum.Key.Jurisdiction, sum.Key.Unit, sum.Key.Part, sum.Key.Plan, sum.Key.Duty, sum.Key.LeadUnit, $"{sum.Key.State}", $"{sum.Key.Light}", sum.Value));
    }

    /// <summary>Units and breaches of a finished task do not change, so what it was counted as is known when it is reopened.</summary>
    private static void Count(TaskInstance task, TaskState state, int by, Dictionary<Key, int> sums)
    {
        foreach (var (unit, part) in UnitParts.Of(task))
        {
            var key = new Key(task.Jurisdiction, unit, part, task.Plan ?? "", task.Duty ?? "", task.LeadUnit, state, LightOf(task, state));
            sums[key] = sums.GetValueOrDefault(key) + by;
        }
    }

    private sealed record Key(string Jurisdiction, string Unit, string Part, string Plan, string Duty, string LeadUnit, TaskState State, Light Light);

    private static Light LightOf(TaskInstance task, TaskState state) =>
        (task.AckBreachedAt ?? task.OverdueSince ?? task.MissedAt) is not null ? Light.Red : state is TaskState.Closed ? Light.Green : Light.Grey;
}

/// <summary>Which units a task concerns, and as what.</summary>
internal static class UnitParts
{
    /// <summary>leads, works or reads by unit.</summary>
    public static Dictionary<string, string> Of(TaskInstance task)
    {
        var parts = task.CoUnits.GroupBy(co => co.Unit).ToDictionary(co => co.Key, co => co.All(part => part.OnlyInformed) ? "reads" : "works");
        parts[task.LeadUnit] = TaskTally.Leads;
        return parts;
    }
}
