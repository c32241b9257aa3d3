using TaskMatrix.Engine.Schedules;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.Engine.Duties;

/// <summary>One task that a duty calls for: which step, whose, and counted from when.</summary>
/// <param name="RunUnit">The unit whose run of the process it is; differs from <paramref name="Unit"/> in a fan-out.</param>
/// <param name="RunKey">Local date of the occurrence, with what tells apart several of one day.</param>
/// <param name="Start">Moment the deadlines count from.</param>
public sealed record DutyTask(Duty Duty, ProcessDefinition Process, WorkStep Step, string RunUnit, string Unit, string RunKey, DateTimeOffset Start)
{
    private const string AgainMark = "#again-";

    /// <summary>A scheduled occurrence: accepted with its duty, with a cut-off.</summary>
    public bool IsOccurrence { get; init; }

    /// <summary>Start of the following occurrence, where there is one.</summary>
    public DateTimeOffset? NextStart { get; init; }

    /// <summary>Created late, after the system was down: it gets its full working time from then on.</summary>
    public DateTimeOffset? LateAt { get; init; }

    /// <summary>Due at this moment, whatever the duty says: attending a meeting is due when it begins.</summary>
    public DateTimeOffset? DueOn { get; init; }

    /// <summary>Days between the plan's issue and its activation; dates of the text shift by them.</summary>
    public int ShiftDays { get; init; }

    /// <summary>Started by an event that the text wants dealt with at once.</summary>
    public bool Urgent { get; init; }

    public required string Activation { get; init; }

    public TaskSource? Source { get; init; }

    public string Run => $"{Duty.Id}|{RunUnit}|{RunKey}";

    /// <summary>Unique with duty, unit and activation.</summary>
    public string Occurrence =>
        !Process.HasSeveralTasks ? RunKey : Unit == RunUnit ? $"{RunKey}/{Step.Id}" : $"{RunKey}/{Step.Id}@{RunUnit}";

    /// <summary>The same once more, under a key of its own, because what was asked for before was terminated: <c>2020-01-23#again-1</c>.</summary>
    /// <param name="times">1 or more.</param>
    public DutyTask Again(int times) => this with { RunKey = $"{RunKey.Split(AgainMark)[0]}{AgainMark}{times}" };

    /// <summary>Whether the one occurrence asks again for what the other had asked for.</summary>
    public static bool AsksAgain(string occurrence, string before) =>
        occurrence != before && occurrence.Contains(AgainMark, StringComparison.Ordinal) && Plain(occurrence) == Plain(before);

    private static string Plain(string occurrence)
    {
        var (key, step) = occurrence.Split('/', 2) is [var first, var rest] ? (first, rest) : (occurrence, "");
        return $"{key.Split(AgainMark)[0]}/{step}";
    }

    /// <param name="ladder">Reference of the escalation ladder; null for none.</param>
    public TaskIssue ToIssue(string number, string? accountablePost, string? ladder, Reckoning reckoning, bool exercise)
    {
        var due = DueOn ?? DueAt(reckoning);
        return new TaskIssue
        {
            Id = Guid.CreateVersion7(Start), Number = number, Jurisdiction = Duty.Jurisdiction, Plan = Duty.Plan, Activation = Activation,
            Duty = Duty.Id, DutyVersion = Duty.Version, Workflow = Process.Id, WorkflowVersion = Process.Version, Step = Step.Id,
            Run = Run, Occurrence = Occurrence, Clause = Duty.Clause.ClauseId, Kind = KindName,
            Title = OfStep(Duty.Title, Step.Title, "："), English = OfStep(Duty.English, Step.English, ": "),
            Description = string.Join("、", Duty.With.GetValueOrDefault("items", [])),
            Source = Source ?? new TaskSource("duty", Duty.Id), LeadUnit = Unit, CoUnits = CoUnits, AccountablePost = accountablePost,
            SignOffRequired = Step.SignOff, ReviewRequired = Step.Review, EvidenceRequired = Step.Evidence,
            Form = Step.Form ?? Parameter("form"), AcknowledgeRequired = Step.AcknowledgeRequired && !IsOccurrence,
            Calendar = Duty.Calendar, Zone = reckoning.Zone, Ladder = ladder,
            AckWithin = Step.AcknowledgeWithin ?? Duty.AcknowledgeWithin, DueAt = due,
            MissedBy = IsOccurrence ? CutOff(due) : null, Exercise = exercise, Urgent = Urgent,
        };
    }

    private string KindName => Duty.Kind switch
    {
        DutyKind.OneOff => "oneOff",
        DutyKind.Recurring => "recurring",
        DutyKind.Standing => "standing",
        _ => "event",
    };

    private IReadOnlyList<CoUnit> CoUnits => Unit == RunUnit
        ? [.. Duty.CoOwners.Where(co => co.Unit != Unit).DistinctBy(co => co.Unit).Select(co => new CoUnit(co.Unit, co.Role))]
        : [new CoUnit(RunUnit, "inform")];

    private DateTimeOffset DueAt(Reckoning reckoning)
    {
        var deadline = Deadline.Parse(DueText);
        if (deadline is Deadline.OnDate on)
        {
            deadline = new Deadline.OnDate(on.Date.AddDays(ShiftDays));
        }

        // A date of the text that has passed when the plan is activated cannot be kept any more; the least time stands for it.
        var named = reckoning.Resolve(deadline, Start, Duty.Calendar);
        var due = named > Start ? named : reckoning.Resolve(Deadline.Parse("P1D"), Start, Duty.Calendar);
        return LateAt is { } late ? Later(late, due, reckoning) : due;
    }

    /// <summary>As much working time as there would have been; where there was none, as much time.</summary>
    private DateTimeOffset Later(DateTimeOffset late, DateTimeOffset due, Reckoning reckoning)
    {
        var time = reckoning.Between(Start, due, Duty.Calendar);
        return time > TimeSpan.Zero ? reckoning.Add(late, time, Duty.Calendar) : late + (due - Start);
    }

    private string DueText => Step.Due switch
    {
        { } named when named.StartsWith("with:", StringComparison.Ordinal) => Parameter(named[5..]) ?? Duty.Due,
        { } due => due,
        null => IsOccurrence && Duty.Schedule is { } schedule ? schedule.Due : Duty.Due,
    };

    /// <summary>The next occurrence's start, at most a day after due, and never before due.</summary>
    private DateTimeOffset CutOff(DateTimeOffset due)
    {
        var latest = due + TimeSpan.FromDays(1);
        var cutOff = NextStart < latest ? NextStart.Value : latest;
        return cutOff > due ? cutOff : due;
    }

    private string? Parameter(string name) => Duty.With.GetValueOrDefault(name)?.FirstOrDefault();

    /// <summary>A process of several tasks says which step this one is.</summary>
    private string OfStep(string duty, string step, string colon) => Process.HasSeveralTasks ? duty + colon + step : duty;
}
