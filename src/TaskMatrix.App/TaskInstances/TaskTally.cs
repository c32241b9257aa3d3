using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>
/// How many finished tasks a unit has to do with, so that counting costs what is open and not the history of years. Triggers
/// keep it in the transaction that finishes or reopens one (<see cref="TallyTriggers"/>), whichever version of the program does.
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

    public int Count { get; init; }
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
