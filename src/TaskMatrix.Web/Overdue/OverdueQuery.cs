using System.Globalization;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Overdue;

/// <summary>What the list of what is late is narrowed to, as its filter form writes it.</summary>
public sealed record OverdueQuery
{
    public string? Unit { get; init; }

    /// <summary>Late at least as long; anything but a number is no limit.</summary>
    public string? MinHours { get; init; }

    public string? Cursor { get; init; }

    /// <summary>leads: of the unit only what it leads; anything else: also what it works on.</summary>
    public string? Part { get; init; }

    public string? Duty { get; init; }

    public const string Leads = TaskListQuery.Leads;

    public bool LeadsOnly => Part == Leads && Blank.ToNull(Unit) is not null;

    public double? Hours => double.TryParse(MinHours, CultureInfo.InvariantCulture, out var least) && least >= 0 ? least : null;

    public TaskFilter ToFilter() => new() { Unit = Blank.ToNull(Unit), LeadsOnly = LeadsOnly, Duty = Blank.ToNull(Duty) };

    /// <summary>The list from its beginning.</summary>
    public string Address => PageAddress.Of(
        "/overdue", ("unit", Blank.ToNull(Unit)), ("part", LeadsOnly ? Leads : null), ("duty", Blank.ToNull(Duty)), ("minHours", Hours?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>What is late of what a unit leads.</summary>
    public static string Led(string unit) => new OverdueQuery { Unit = unit, Part = Leads }.Address;
}
