namespace TaskMatrix.Engine.Inspections;

public sealed partial class Inspection
{
    /// <summary>Rebuilds an inspection from its stored events.</summary>
    public static Inspection Replay(IEnumerable<InspectionEvent> events)
    {
        var inspection = new Inspection();
        foreach (var happened in events)
        {
            inspection.Apply(happened);
        }

        return inspection;
    }

    /// <summary>To be called when the recorded steps are stored.</summary>
    public void ForgetRecorded() => _recorded.Clear();

    private void Apply(InspectionEvent happened)
    {
        ApplyOne(happened);
        Version++;
    }

    private void ApplyOne(InspectionEvent happened)
    {
        switch (happened)
        {
            case InspectionOpened e:
                Begin(e);
                break;
            case TeamSet e:
                SetTeam(e.Team);
                break;
            case OrderIssued e:
                (State, AnswerBy, Orders) = (InspectionState.Ordered, e.AnswerBy, [.. Orders, new SupervisionOrder(e.Number, e.Text, e.AnswerBy, e.At, e.By)]);
                break;
            case ExplanationGiven e:
                (State, Explanations) = (InspectionState.Explained, [.. Explanations, new Explanation(e.Text, e.AttachmentIds, e.At, e.By, e.At > AnswerBy)]);
                break;
            case FindingMade e:
                (State, Finding, FindingText, FoundAt, FoundBy) = (InspectionState.Found, e.Finding, e.Text, e.At, e.By);
                break;
            case RectificationRequired e:
                (State, Rectifications) = (InspectionState.Rectifying, [.. Rectifications, new Rectification(e.TaskId, e.Text, e.DueAt, e.At, e.By)]);
                break;
            case InspectionRechecked e:
                State = e.Passed ? InspectionState.Rechecked : InspectionState.Rectifying;
                Rechecks = [.. Rechecks, new Recheck(e.Passed, e.Text, e.At, e.By)];
                break;
            case MeasureProposed e:
                (Measure, MeasureText, MeasureProposedAt) = (e.Measure, e.Text, e.At);
                (MeasureApproved, MeasureOpinion, MeasureDecidedAt, MeasureDecidedBy) = (null, null, null, null);
                break;
            case MeasureDecided e:
                (MeasureApproved, MeasureOpinion, MeasureDecidedAt, MeasureDecidedBy) = (e.Approved, e.Opinion, e.At, e.By);
                break;
            case InspectionClosed e:
                (State, ClosedAt, ClosingText) = (InspectionState.Closed, e.At, e.Text);
                break;
            default:
                throw new InvalidOperationException($"No rule applies {happened.GetType().Name}.");
        }
    }

    private void Begin(InspectionOpened e)
    {
        var opening = e.Opening;
        (Id, Key, Jurisdiction, Number) = (opening.Id, opening.Id.ToString(), opening.Jurisdiction, opening.Number);
        (Kind, Unit, TaskIds, Reason, RoundId) = (opening.Kind, opening.Unit, opening.TaskIds, opening.Reason, opening.RoundId);
        (State, OpenedAt, OpenedBy) = (InspectionState.Open, e.At, e.By);
        SetTeam(opening.Team);
    }

    private void SetTeam(InspectionTeam? team) =>
        (Team, TeamNames) = (team, team is null ? "|" : $"|{string.Join('|', team.Members.Select(member => member.UserName))}|");
}
