using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Engine.Duties;

/// <summary>
/// What holds where neither the document nor the duty says otherwise. Each one used is an assumption of that duty, shown as one.
/// </summary>
/// <param name="Schedule">Only for standing duties: the weekly feedback.</param>
public sealed record DutyDefaults(string AcknowledgeWithin, string Due, string? Ladder, DutySchedule? Schedule)
{
    /// <summary>原文未规定,采用默认.</summary>
    public const string NotInTheText = "原文未规定,采用默认";

    public const string DailyDue = "17:00", StandardLadder = "standard", ReminderLadder = "reminder-only";

    public static DutyDefaults Of(DutyKind kind) => kind switch
    {
        DutyKind.OneOff => new("P1D", "P3D", StandardLadder, null),
        DutyKind.Event => new("PT2H", "P1D", StandardLadder, null),
        DutyKind.Recurring => new("P1D", DailyDue, StandardLadder, null),
        _ => new("P3D", "P7D", ReminderLadder, new DutySchedule("0 8 * * 5", DailyDue, "latest", "assumption")),
    };

    /// <summary>Lead and joint owners are responsible, the lead answers, working partners are consulted, the office is informed.</summary>
    public static Raci RaciOf(IReadOnlyList<string> leadUnits, IReadOnlyList<CoOwner> coOwners)
    {
        List<string> With(params string[] roles) => [.. coOwners.Where(co => roles.Contains(co.Role)).Select(co => co.Unit).Distinct().Except(leadUnits)];
        List<string> responsible = [.. leadUnits, .. With("joint")];
        List<string> informed = [.. With("inform").Append(Actor.OfficeUnit).Distinct().Except(responsible)];
        return new Raci(responsible, leadUnits, [.. With("assist", "consult", "lead", "direct").Except(responsible)], informed);
    }
}
