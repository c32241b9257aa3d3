using TaskMatrix.App.Reports;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>A task as the API and the pages show it to one person at one moment.</summary>
public sealed record TaskView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required string Jurisdiction { get; init; }

    public string? Plan { get; init; }

    public string? Duty { get; init; }

    public int? DutyVersion { get; init; }

    public string? Workflow { get; init; }

    public int? WorkflowVersion { get; init; }

    public string? Step { get; init; }

    public string? Occurrence { get; init; }

    public string? Clause { get; init; }

    public required string Title { get; init; }

    public required string English { get; init; }

    public required string Description { get; init; }

    public required TaskSource Source { get; init; }

    /// <summary>oneOff, recurring, standing, event or manual.</summary>
    public required string Kind { get; init; }

    public required string LeadUnit { get; init; }

    /// <summary>Unit ids; <see cref="CoOwners"/> says in which role.</summary>
    public required IReadOnlyList<string> CoUnits { get; init; }

    public required IReadOnlyList<CoUnit> CoOwners { get; init; }

    public string? AccountablePost { get; init; }

    public string? Assignee { get; init; }

    public required TaskState State { get; init; }

    public required Light Light { get; init; }

    public bool SignOffRequired { get; init; }

    public bool ReviewRequired { get; init; }

    public bool EvidenceRequired { get; init; }

    public string? Form { get; init; }

    public required string Calendar { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? IssuedAt { get; init; }

    public DateTimeOffset? AckBy { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    public string? SubmittedBy { get; init; }

    public string? SignedBy { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public DateTimeOffset? AckBreachedAt { get; init; }

    public DateTimeOffset? OverdueSince { get; init; }

    public DateTimeOffset? MissedAt { get; init; }

    public bool? OnTime { get; init; }

    public int EscalationLevel { get; init; }

    public int ReturnRounds { get; init; }

    public int Extensions { get; init; }

    public ExtensionRequest? PendingExtension { get; init; }

    public int Percent { get; init; }

    public Outcome? Outcome { get; init; }

    public string? ReportText { get; init; }

    /// <summary>The newest submitted form, a JSON object.</summary>
    public System.Text.Json.JsonElement? Report { get; init; }

    /// <summary>What its checklist names, in the version of the duty it was issued with; null in the answer to an action.</summary>
    public IReadOnlyList<string>? Items { get; init; }

    public required IReadOnlyList<string> AttachmentIds { get; init; }

    public string? Reason { get; init; }

    public string? ProposedUnit { get; init; }

    /// <summary>紧急: stands first in the lists.</summary>
    public bool Urgent { get; init; }

    /// <summary>The run of the process it is part of; tasks of one run belong together.</summary>
    public string? Run { get; init; }

    /// <summary>The task above that it was passed down from: id, number and jurisdiction; null for one of the own area.</summary>
    public TaskAbove? ParentTask { get; init; }

    /// <summary>How the tasks stand that were made of it below; only where one task is asked for.</summary>
    public IReadOnlyList<TaskBelowView> PassedDown { get; init; } = [];

    /// <summary>更正 that waits for its signature; null when none does.</summary>
    public CorrectionView? PendingCorrection { get; init; }

    /// <summary>Corrections that count.</summary>
    public int Corrections { get; init; }

    public DateTimeOffset? CorrectedAt { get; init; }

    public bool Exercise { get; init; }

    public required int Version { get; init; }

    public required IReadOnlyList<string> AllowedActions { get; init; }

    public static TaskView Of(TaskInstance task, Actor actor, DateTimeOffset now) => new()
    {
        Id = task.Id, Number = task.Number, Jurisdiction = task.Jurisdiction, Plan = task.Plan, Duty = task.Duty,
        DutyVersion = task.DutyVersion, Workflow = task.Workflow, WorkflowVersion = task.WorkflowVersion, Step = task.Step,
        Occurrence = task.Occurrence, Clause = task.Clause, Title = task.Title, English = task.English,
        Description = task.Description, Source = new TaskSource(task.SourceKind, task.SourceReference), Kind = task.Kind,
        LeadUnit = task.LeadUnit, CoUnits = [.. task.CoUnits.Select(co => co.Unit)], CoOwners = task.CoUnits,
        AccountablePost = task.AccountablePost, Assignee = task.Assignee, State = task.State, Light = task.LightAt(now),
        SignOffRequired = task.SignOffRequired, ReviewRequired = task.ReviewRequired, EvidenceRequired = task.EvidenceRequired,
        Form = task.Form, Calendar = task.Calendar, CreatedAt = task.CreatedAt, IssuedAt = task.IssuedAt, AckBy = task.AckBy,
        DueAt = task.DueAt, AcknowledgedAt = task.AcknowledgedAt, SubmittedAt = task.SubmittedAt, SubmittedBy = task.SubmittedBy,
        SignedBy = task.SignedBy, ClosedAt = task.ClosedAt, AckBreachedAt = task.AckBreachedAt, OverdueSince = task.OverdueSince,
        MissedAt = task.MissedAt, OnTime = task.OnTime, EscalationLevel = task.EscalationLevel, ReturnRounds = task.ReturnRounds,
        Extensions = task.Extensions, PendingExtension = task.PendingExtension, Percent = task.Percent, Outcome = task.Outcome,
        ReportText = task.ReportText, Report = FormJson.Of(task.ReportForm), AttachmentIds = task.AttachmentIds, Reason = task.Reason,
        ProposedUnit = task.ProposedUnit, PendingCorrection = CorrectionView.Of(task.PendingCorrection), Corrections = task.Corrections,
        CorrectedAt = task.CorrectedAt, Exercise = task.Exercise, Urgent = task.Urgent, Run = task.Run, Version = task.Version,
        ParentTask = task.ParentTask, AllowedActions = Offered(task, actor, now),
    };

    /// <summary>Passing down is offered where there is somewhere to pass it.</summary>
    private static IReadOnlyList<string> Offered(TaskInstance task, Actor actor, DateTimeOffset now) =>
        actor.PassesDown ? task.AllowedActions(actor, now) : [.. task.AllowedActions(actor, now).Where(action => action != TaskActions.PassDown)];
}
