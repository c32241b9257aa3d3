using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Inspections;

/// <summary>An inspection as one person sees it.</summary>
/// <param name="Unit">The inspected one.</param>
/// <param name="OpenedBy">Post; empty for the system.</param>
/// <param name="AnswerOverdue">The newest order was to be answered by now and is not.</param>
/// <param name="RectificationOpen">Tasks of the rectification that have not ended.</param>
/// <param name="MeasureApproved">Null: not decided, or nothing to decide.</param>
/// <param name="Version">Number of steps; for <c>expectedVersion</c>.</param>
public sealed record InspectionView(
    Guid Id, string Number, string Jurisdiction, InspectionKind Kind, InspectionState State, string Unit, string Reason, IReadOnlyList<Guid> TaskIds, Guid? RoundId,
    InspectionTeam? Team, DateTimeOffset OpenedAt, string OpenedBy, IReadOnlyList<SupervisionOrder> Orders, DateTimeOffset? AnswerBy, bool AnswerOverdue,
    IReadOnlyList<Explanation> Explanations, Finding? Finding, string? FindingText, DateTimeOffset? FoundAt, string? FoundBy, IReadOnlyList<Guid> RectificationTaskIds,
    IReadOnlyList<Rectification> Rectifications, int RectificationOpen, IReadOnlyList<Recheck> Rechecks, Measure? Measure, string? MeasureText,
    DateTimeOffset? MeasureProposedAt, bool? MeasureApproved, string? MeasureOpinion, DateTimeOffset? MeasureDecidedAt, string? MeasureDecidedBy,
    DateTimeOffset? ClosedAt, string? ClosingText, int Version, IReadOnlyList<string> AllowedActions)
{
    /// <summary>Those of its tasks, and of its rectification; null in lists.</summary>
    public IReadOnlyList<InspectedTask>? Tasks { get; init; }

    /// <summary>Files of the explanations; null in lists.</summary>
    public IReadOnlyList<AttachmentView>? Attachments { get; init; }

    /// <summary>What speaks against the unit and what for it; null in lists.</summary>
    public IReadOnlyList<CaseFact>? Facts { get; init; }

    /// <summary>The caller may take its dossier; false in lists.</summary>
    public bool MayTakeDossier { get; init; }

    /// <summary>All that were opened together; null but in the answer to that.</summary>
    public IReadOnlyList<OpenedInspection>? Opened { get; init; }

    public static InspectionView Of(Inspection row, FollowUp rectification, Actor actor, DateTimeOffset now) => new(
        row.Id, row.Number, row.Jurisdiction, row.Kind, row.State, row.Unit, row.Reason, row.TaskIds, row.RoundId, row.Team, row.OpenedAt, row.OpenedBy,
        row.Orders, row.AnswerBy, row.AnswerOverdue(now), row.Explanations, row.Finding, row.FindingText, row.FoundAt, row.FoundBy,
        [.. row.Rectifications.Select(one => one.TaskId)], row.Rectifications, rectification.Open, row.Rechecks, row.Measure, row.MeasureText,
        row.MeasureProposedAt, row.MeasureApproved, row.MeasureOpinion, row.MeasureDecidedAt, row.MeasureDecidedBy, row.ClosedAt, row.ClosingText, row.Version,
        row.AllowedActions(actor, rectification, now));
}

/// <summary>One of several inspections opened in one act.</summary>
public sealed record OpenedInspection(Guid Id, string Number, string Unit);

/// <summary>A task of an inspection, in short.</summary>
/// <param name="Rectifies">It is one of its rectification; false: one it is about.</param>
/// <param name="MayOpen">The caller may see the task itself.</param>
public sealed record InspectedTask(FollowingTask Task, DateTimeOffset? OverdueSince, DateTimeOffset? AckBreachedAt, bool Rectifies, bool MayOpen)
{
    public static InspectedTask Of(TaskInstance task, bool rectifies, Actor actor, DateTimeOffset now) =>
        new(FollowingTask.Of(task, now), task.OverdueSince, task.AckBreachedAt, rectifies, task.VisibleTo(actor));
}
