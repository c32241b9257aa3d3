using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Reports;

/// <summary>Where a unit stands with the report of a day.</summary>
public enum ReportStatus
{
    /// <summary>待报: not filed, and the cut-off has not passed.</summary>
    Pending,

    /// <summary>已报: signed, in time.</summary>
    Reported,

    /// <summary>零报告: 无情况, which is a report and not the lack of one.</summary>
    Nil,

    /// <summary>补报 or 迟报: filed after due.</summary>
    Late,

    /// <summary>未报: past the cut-off and not filed.</summary>
    Missing,

    /// <summary>更正: a corrected version counts.</summary>
    Corrected,
}

/// <summary>A report task as far as summing up has to know it.</summary>
/// <param name="Filed">It left the unit: signed where it needs a signature, and not taken back for rework since.</param>
/// <param name="CalledOff">Terminated or not applicable: no report is expected of it.</param>
/// <param name="Missing">Past its cut-off and not filed.</param>
/// <param name="CountsSince">When its newest version began to count; null while none does.</param>
/// <param name="Form">The newest version that counts, as JSON; null for a nil report without one.</param>
public sealed record ReportTask(
    Guid TaskId, string Unit, DateOnly Day, DateTimeOffset CreatedAt, bool Filed, bool CalledOff, bool Missing, bool Late, bool WasMissed,
    bool Overdue, bool AwaitsSignature, bool CorrectionPending, int Corrections, Outcome? Outcome, DateTimeOffset? SubmittedAt,
    DateTimeOffset? CountsSince, string? Form)
{
    public static ReportTask Of(TaskInstance task, DateOnly day, DateTimeOffset now)
    {
        var filed = task.LeftUnitAt is not null;
        return new ReportTask(
            task.Id, task.LeadUnit, day, task.CreatedAt, filed, task.State is TaskState.Terminated or TaskState.NotApplicable or TaskState.Draft,
            task.IsMissingAt(now), filed && task.OnTime == false, task.MissedAt is not null || task.IsMissingAt(now), !filed && now >= task.DueAt,
            task.State is TaskState.PendingSignOff, task.PendingCorrection is not null, task.Corrections, task.Outcome, task.SubmittedAt,
            filed ? task.CorrectedAt > task.LeftUnitAt ? task.CorrectedAt : task.LeftUnitAt : null, task.ReportForm);
    }

    /// <summary>无法执行: the unit says that it could not report, which is no report.</summary>
    public bool NotExecutable => Filed && Outcome == TaskInstances.Outcome.NotExecutable;

    /// <summary>Past due or its cut-off and not filed: who is urged.</summary>
    public bool Owed => Status == ReportStatus.Missing || (!Filed && Overdue);

    public bool IsNil => Filed && Outcome == TaskInstances.Outcome.NothingToReport;

    /// <summary>What is counted of it: nothing of a report that is not filed, and nothing of a nil one.</summary>
    public string? Counted => Filed && !IsNil ? Form : null;

    /// <summary>Corrected before late before nil before reported; what is not filed is missing or still pending.</summary>
    public ReportStatus Status => this switch
    {
        { Filed: false, Missing: true } => ReportStatus.Missing,
        { Filed: false } => ReportStatus.Pending,
        { Corrections: > 0 } => ReportStatus.Corrected,
        { Late: true } => ReportStatus.Late,
        { IsNil: true } => ReportStatus.Nil,
        _ => ReportStatus.Reported,
    };

    /// <summary>What else holds of it, besides its status: late, nil, missed, overdue, awaitsSignature, correctionPending, notExecutable.</summary>
    public IReadOnlyList<string> Flags => [.. FlagNames.Zip(Facts, (name, holds) => holds ? name : null).OfType<string>()];

    public static readonly IReadOnlyList<string> FlagNames = ["late", "nil", "missed", "overdue", "awaitsSignature", "correctionPending", "notExecutable"];

    private IEnumerable<bool> Facts =>
    [
        Late && Status != ReportStatus.Late, IsNil && Status != ReportStatus.Nil, WasMissed && Status != ReportStatus.Missing,
        Overdue && Status == ReportStatus.Pending, AwaitsSignature,
        CorrectionPending, NotExecutable,
    ];
}
