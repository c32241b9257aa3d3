using System.Globalization;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>An empty field of a filter form means: not filtered.</summary>
internal static class Blank
{
    public static string? ToNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>What the list of tasks is narrowed to, as its filter form writes it.</summary>
public sealed record TaskListQuery
{
    public string? Unit { get; init; }

    /// <summary>A state, <c>all</c>, or nothing: what is open.</summary>
    public string? State { get; init; }

    public string? Light { get; init; }

    public bool? Overdue { get; init; }

    public string? Duty { get; init; }

    public string? Occurrence { get; init; }

    public string? Q { get; init; }

    /// <summary>The day it is due, 2020-01-23.</summary>
    public string? Due { get; init; }

    /// <summary>asked: what waits for the decision on an extension.</summary>
    public string? Extension { get; init; }

    public string? Cursor { get; init; }

    /// <summary>What stands at a process; with <see cref="Version"/> and <see cref="Step"/> at one of its steps.</summary>
    public string? Workflow { get; init; }

    public int? Version { get; init; }

    public string? Step { get; init; }

    /// <summary>leads: of the unit only what it leads; anything else: also what it works on.</summary>
    public string? Part { get; init; }

    public const string All = "all", Leads = "leads";

    public TaskFilter ToFilter(Visit visit) => new()
    {
        Unit = Blank.ToNull(Unit), LeadsOnly = LeadsOnly, Duty = Blank.ToNull(Duty), Occurrence = Blank.ToNull(Occurrence), Q = Blank.ToNull(Q),
        State = Chosen is null or All ? null : QueryValue.Enum<TaskState>("state", Chosen),
        Light = QueryValue.Enum<Light>("light", Blank.ToNull(Light)),
        OpenOnly = Chosen is null && Overdue is not true, Overdue = Overdue ?? false,
        ExtensionAsked = Extension == "asked",
        Workflow = Blank.ToNull(Workflow), WorkflowVersion = Version, Step = Blank.ToNull(Step),
        DueAfter = Day is { } day ? visit.FromLocal(day.ToDateTime(TimeOnly.MinValue)).AddTicks(-1) : null,
        DueBefore = Day is { } of ? visit.FromLocal(of.AddDays(1).ToDateTime(TimeOnly.MinValue)) : null,
    };

    public string? Chosen => Blank.ToNull(State);

    public bool LeadsOnly => Part == Leads && Blank.ToNull(Unit) is not null;

    /// <summary>What a unit leads of one duty.</summary>
    /// <param name="state"><see cref="All"/>, or null for what is open.</param>
    public static string Led(string unit, string duty, string? state) =>
        new TaskListQuery { Unit = unit, State = state, Duty = duty, Part = Leads }.Address;

    private DateOnly? Day => DateOnly.TryParseExact(Due, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 2999 ? day : null;

    public bool Narrowed => Blank.ToNull(Unit) is not null || Chosen is not null || Blank.ToNull(Light) is not null || Overdue is true
        || Blank.ToNull(Duty) is not null || Blank.ToNull(Occurrence) is not null || Blank.ToNull(Q) is not null || Day is not null || Extension == "asked"
        || Blank.ToNull(Workflow) is not null || Blank.ToNull(Step) is not null;

    /// <summary>The list from its beginning.</summary>
    public string Address => At("/tasks");

    /// <summary>The whole list as a file.</summary>
    /// <param name="kind">xlsx or csv.</param>
    public string File(string kind) => At($"/tasks/ledger.{kind}");

    private string At(string path) => PageAddress.Of(
        path, ("unit", Unit), ("part", LeadsOnly ? Leads : null), ("state", State), ("light", Light), ("overdue", Overdue is true ? "true" : null), ("duty", Duty),
        ("occurrence", Occurrence), ("q", Q), ("due", Due), ("extension", Extension), ("workflow", Workflow), ("version", Version?.ToString(CultureInfo.InvariantCulture)),
        ("step", Step));
}

/// <param name="Total">Of the filter, on all its pages.</param>
public sealed record TaskListModel(TaskListQuery Query, ListPage<TaskView> List, int Total);
