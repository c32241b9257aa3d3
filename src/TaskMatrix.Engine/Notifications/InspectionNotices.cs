using TaskMatrix.Engine.Inspections;

namespace TaskMatrix.Engine.Notifications;

/// <summary>Whom a step of an inspection concerns: the inspected unit, the inspectors, or the leaders who decide.</summary>
public static class InspectionNotices
{
    public static IEnumerable<Notice> Of(Inspection inspection, RecordedStep step)
    {
        var subject = new NoticeSubject(inspection.Number, inspection.Reason, "", $"/inspections/{inspection.Id}", inspection.AnswerBy);
        var at = step.Event.At;
        foreach (var (address, kind, text) in Concerns(inspection, step.Event))
        {
            yield return new Notice(inspection.Jurisdiction, address, kind, subject, step.Actor.UserName, at, at, text);
        }
    }

    private static IEnumerable<(string Address, string Kind, string? Text)> Concerns(Inspection inspection, InspectionEvent happened)
    {
        var unit = Recipient.Unit(inspection.Unit);
        return happened switch
        {
            InspectionOpened => [(unit, NoticeKind.InspectionOpened, null), (Recipient.Inspector, NoticeKind.InspectionOpened, null)],
            OrderIssued e => [(unit, NoticeKind.OrderIssued, e.Text)],
            ExplanationGiven => [(Recipient.Inspector, NoticeKind.InspectionExplained, null)],
            FindingMade e => [(unit, NoticeKind.InspectionFound, e.Text)],
            InspectionRechecked e => [(unit, NoticeKind.InspectionRechecked, e.Text)],
            InspectionClosed e => [(unit, NoticeKind.InspectionClosed, e.Text)],
            MeasureDecided e => [(unit, NoticeKind.MeasureDecided, e.Opinion), (Recipient.Inspector, NoticeKind.MeasureDecided, e.Opinion)],
            MeasureProposed { Measure: not Measure.None } e => [(Recipient.Leader, NoticeKind.MeasureWanted, e.Text)],
            _ => [],
        };
    }
}
