using System.Diagnostics;

namespace TaskMatrix.Engine.TaskInstances;

/// <summary>What each event does to the task. No rule is checked here: the event has happened.</summary>
public sealed partial class TaskInstance
{
    private void ApplyOne(TaskEvent happened)
    {
        switch (happened)
        {
            case Drafted e: Set(e.Task); State = TaskState.Draft; CreatedAt = e.At; break;
            case Issued e: Apply(e); break;
            case Acknowledged e: (State, AcknowledgedAt, Assignee) = (TaskState.InProgress, e.At, e.Person); break;
            case Declined e: (State, Reason, ProposedUnit) = (TaskState.Returned, e.Reason, e.ProposedUnit); break;
            case Reassigned e: Apply(e); break;
            case ReturnRefused e: (State, Reason, AckBy, ProposedUnit, RungsFrom) = (TaskState.PendingAck, e.Reason, e.AckBy, null, e.At); break;
            case Progressed e: (Percent, AttachmentIds) = (e.Percent, [.. AttachmentIds.Union(e.AttachmentIds)]); break;
            case HandedOver e: Assignee = e.Person; break;
            case PassedDown e: PassedDown = [.. PassedDown, e.Below]; break;
            case Confirmed e: CoUnits = [.. CoUnits.Select(co => co.Unit == e.Unit ? co with { ConfirmedAt = e.At } : co)]; break;
            case Submitted e: Apply(e); break;
            case Signed e when PendingCorrection is { } correction: Take(correction, e.At); break;
            case Signed e: SignedBy = e.Person; Leave(e.To, e.At); break;
            case SignatureRefused e when PendingCorrection is not null: (PendingCorrection, Reason) = (null, e.Reason); break;
            case SignatureRefused e: (State, Reason) = (TaskState.InProgress, e.Reason); break;
            case Corrected e: Apply(e); break;
            case Approved e: (State, ClosedAt) = (TaskState.Closed, e.At); break;
            case ReturnedForRework e: Apply(e); break;
            case Suspended e: Apply(e); break;
            case Resumed e: Apply(e); break;
            case ExtensionRequested e: PendingExtension = new ExtensionRequest(e.Reason, e.Progress, e.DueAt, e.At); break;
            case ExtensionDecided e: Apply(e); break;
            case Urged: break;
            case MarkedNotApplicable e: CallOff(TaskState.NotApplicable, e.Reason); break;
            case Terminated e: CallOff(TaskState.Terminated, e.Reason); break;
            case Reopened e: Apply(e); break;
            case ReceiptConfirmed e: CoUnits = [.. CoUnits.Select(co => co.Unit == e.Unit && co.OnlyInformed ? co with { ReadAt = e.At } : co)]; break;
            case Rescheduled e: Apply(e); break;
            case Attended e: Apply(e); break;
            case Concluded e: Apply(e); break;
            case AboveEnded e: ParentTask = ParentTask! with { EndedAs = e.As }; break;
            case AckBreached e: AckBreachedAt = e.Deadline; break;
            case BecameOverdue e: OverdueSince = e.Deadline; break;
            case Escalated e: Apply(e); break;
            case WasMissed e: (State, MissedAt, OnTime) = (TaskState.Missed, e.CutOff, false); break;
            default: throw new UnreachableException($"No rule applies {happened.GetType().Name}");
        }
    }

    private void Apply(Issued e)
    {
        if (e.Task is { } issue)
        {
            Set(issue);
            CreatedAt = e.At;
        }

        State = AcknowledgeRequired ? TaskState.PendingAck : TaskState.InProgress;
        (IssuedAt, AckBy, DueAt, RungsFrom) = (e.At, AcknowledgeRequired ? e.AckBy : null, e.DueAt, e.At);
    }

    private void Apply(Reassigned e)
    {
        MoveDue(e.DueAt);
        (State, LeadUnit, CoUnits, AccountablePost, AckBy) = (TaskState.PendingAck, e.LeadUnit, e.CoUnits, e.AccountablePost, e.AckBy);
        (Assignee, AcknowledgedAt, ProposedUnit, StateBeforeSuspension, Reason) = (null, null, null, null, e.Reason);
        (PendingExtension, RungsFrom) = (null, e.At);
    }

    private void Apply(Submitted e)
    {
        (SubmittedAt, SubmittedBy, Outcome, Percent) = (e.At, e.Person, e.Outcome, 100);
        (ReportText, ReportForm, AttachmentIds) = (e.Text, e.Form, [.. AttachmentIds.Union(e.AttachmentIds)]);
        InRework = false;
        if (e.To is TaskState.PendingSignOff)
        {
            State = e.To;
        }
        else
        {
            Leave(e.To, e.At);
        }
    }

    /// <summary>The work leaves the unit: on time or not is frozen, unless an extension asked for in time is still undecided.</summary>
    private void Leave(TaskState to, DateTimeOffset at)
    {
        (State, LeftUnitAt) = (to, at);
        ClosedAt = to is TaskState.Closed ? at : null;
        if (MissedAt is not null)
        {
            OnTime = false;
        }
        else if (PendingExtension is null || at < DueAt)
        {
            JudgeTimeliness(at);
        }
    }

    private void JudgeTimeliness(DateTimeOffset leftAt)
    {
        OnTime = leftAt < DueAt;
        if (leftAt >= DueAt)
        {
            OverdueSince ??= DueAt;
        }
    }

    private void Apply(ReturnedForRework e)
    {
        (State, Reason, InRework, OnTime, LeftUnitAt, RungsFrom) = (TaskState.InProgress, e.Reason, true, null, null, e.At);
        ReturnRounds++;
        if (e.DueAt is { } due)
        {
            // A new due time settles what was asked for.
            PendingExtension = null;
            MoveDue(due);
        }
    }

    private void Apply(Suspended e)
    {
        StateBeforeSuspension = State;
        (State, Reason, RemainingAck, RemainingDue) = (TaskState.Suspended, e.Reason, e.RemainingAck, e.RemainingDue);
    }

    private void Apply(Resumed e)
    {
        State = StateBeforeSuspension!.Value;
        MoveDue(e.DueAt);
        (StateBeforeSuspension, AckBy, RungsFrom) = (null, AckBy is null ? null : e.AckBy, e.At);
        (RemainingAck, RemainingDue) = (TimeSpan.Zero, TimeSpan.Zero);
    }

    private void Apply(ExtensionDecided e)
    {
        PendingExtension = null;
        if (e.DueAt is { } due)
        {
            MoveDue(due);
            Extensions++;
            RungsFrom = e.At;
        }
        else if (DueRuns && e.At >= DueAt)
        {
            OverdueSince ??= DueAt;
        }

        if (LeftUnitAt is { } leftAt && MissedAt is null)
        {
            JudgeTimeliness(leftAt);
        }
    }

    private void Apply(Corrected e)
    {
        PendingCorrection = new Correction(e.Person, e.Text, e.Form, e.Outcome, e.Reason, e.At);
        if (!e.Waits)
        {
            Take(PendingCorrection, e.At);
        }
    }

    /// <summary>The new version counts; when the report was filed and whether in time stays as it was.</summary>
    private void Take(Correction correction, DateTimeOffset at)
    {
        LetReadAgain();
        (ReportText, ReportForm, Outcome) = (correction.Text, correction.Form, correction.Outcome);
        (PendingCorrection, CorrectedAt, Corrections) = (null, at, Corrections + 1);
    }

    private void CallOff(TaskState to, string reason) => (State, Reason, PendingExtension, InRework) = (to, reason, null, false);

    private void Apply(Reopened e)
    {
        (State, Reason, LeftUnitAt, ClosedAt, OnTime, SignedBy) = (TaskState.InProgress, e.Reason, null, null, null, null);
        MoveDue(e.DueAt);
        (InRework, RungsFrom, Outcome, PendingExtension, PendingCorrection) = (true, e.At, null, null, null);
        LetReadAgain();
    }

    /// <summary>A due time that passed and is none any more was no breach; the time to acknowledge never ends after due.</summary>
    private void Apply(Rescheduled e)
    {
        MoveDue(e.DueAt);
        (AckBy, OverdueSince, PendingExtension, RungsFrom) = (AckBreachedAt is null && AckBy > e.DueAt ? e.DueAt : AckBy, null, null, e.At);
    }

    /// <summary>Who came was there in time, whenever the minutes were written; a breach before the meeting began stays.</summary>
    private void Apply(Attended e)
    {
        OverdueSince = OverdueSince < e.BeganAt ? OverdueSince : null;
        (State, ClosedAt, LeftUnitAt, OnTime) = (TaskState.Closed, e.At, LeftUnitAt ?? e.At, OverdueSince is null);
        (Outcome, Percent, ReportText) = (TaskInstances.Outcome.Done, 100, ReportText ?? e.Text);
        (InRework, PendingExtension) = (false, null);
    }

    /// <summary>On time or not by the moment at which the work left the unit, if it has.</summary>
    private void Apply(Concluded e)
    {
        (Outcome, Percent, ReportText, InRework, PendingExtension) = (Outcome ?? TaskInstances.Outcome.Done, 100, ReportText ?? e.Text, false, null);
        if (LeftUnitAt is null)
        {
            Leave(TaskState.Closed, e.At);
        }

        (State, ClosedAt) = (TaskState.Closed, e.At);
    }

    /// <summary>What informed units have read is no longer what stands there.</summary>
    private void LetReadAgain() => CoUnits = [.. CoUnits.Select(co => co.ReadAt is null ? co : co with { ReadAt = null })];

    /// <summary>A reminder does not raise the level, nor does anything before a breach.</summary>
    private void Apply(Escalated e)
    {
        RungsFrom = e.Moment;
        if (OverdueSince is not null || AckBreachedAt is not null || MissedAt is not null)
        {
            EscalationLevel = Math.Max(EscalationLevel, e.Level);
        }
    }

    /// <summary>The cut-off keeps its distance to due.</summary>
    private void MoveDue(DateTimeOffset due)
    {
        MissedBy = MissedBy is { } cutOff ? cutOff + (due - DueAt!.Value) : null;
        DueAt = due;
    }

    private void Set(TaskIssue issue)
    {
        (Id, Number, Jurisdiction, Plan, Activation) = (issue.Id, issue.Number, issue.Jurisdiction, issue.Plan, issue.Activation);
        (Duty, DutyVersion, Workflow, WorkflowVersion) = (issue.Duty, issue.DutyVersion, issue.Workflow, issue.WorkflowVersion);
        (Step, Run, Occurrence, Clause, Kind) = (issue.Step, issue.Run, issue.Occurrence, issue.Clause, issue.Kind);
        (Title, English, Description) = (issue.Title, issue.English, issue.Description);
        (SourceKind, SourceReference) = (issue.Source.Kind, issue.Source.Reference);
        (LeadUnit, IssuedTo, CoUnits, AccountablePost) = (issue.LeadUnit, issue.LeadUnit, issue.CoUnits, issue.AccountablePost);
        (SignOffRequired, ReviewRequired, EvidenceRequired) = (issue.SignOffRequired, issue.ReviewRequired, issue.EvidenceRequired);
        (Form, AcknowledgeRequired, Calendar, Zone) = (issue.Form, issue.AcknowledgeRequired, issue.Calendar, issue.Zone);
        (Ladder, AckWithin, DueIn, AckBy) = (issue.Ladder, issue.AckWithin, issue.DueIn, issue.AckBy);
        (DueAt, MissedBy, Exercise, Urgent, ParentTask) = (issue.DueAt, issue.MissedBy, issue.Exercise, issue.Urgent, issue.ParentTask);
    }
}
