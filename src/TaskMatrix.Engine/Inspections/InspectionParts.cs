namespace TaskMatrix.Engine.Inspections;

/// <summary>Somebody on the team of a round, by the post and unit held when the team was made.</summary>
public sealed record TeamMember(string UserName, string DisplayName, string Post, string Unit);

/// <summary>Who inspects in a round, and for how long: outside it a member has no more rights than anybody of its unit.</summary>
/// <param name="Until">Null: as long as the inspection is not closed.</param>
public sealed record InspectionTeam(IReadOnlyList<TeamMember> Members, DateTimeOffset From, DateTimeOffset? Until)
{
    public bool RunsAt(DateTimeOffset now) => From <= now && (Until is null || now < Until);
}

/// <summary>What an inspection is opened with: always of one unit.</summary>
/// <param name="TaskIds">What it is about, all led by the unit; empty where a round looks at a unit as a whole.</param>
/// <param name="RoundId">Null for a single inspection.</param>
public sealed record InspectionOpening(
    Guid Id, string Jurisdiction, string Number, InspectionKind Kind, string Unit, IReadOnlyList<Guid> TaskIds, string Reason, Guid? RoundId = null, InspectionTeam? Team = null);

/// <summary>督办单.</summary>
/// <param name="Number">督办-2020-0001, by jurisdiction and year.</param>
/// <param name="IssuedBy">Post; empty for the system.</param>
public sealed record SupervisionOrder(string Number, string Text, DateTimeOffset AnswerBy, DateTimeOffset IssuedAt, string IssuedBy);

/// <summary>情况说明 of the unit.</summary>
/// <param name="Late">After the order's time.</param>
public sealed record Explanation(string Text, IReadOnlyList<string> AttachmentIds, DateTimeOffset At, string By, bool Late);

/// <summary>整改: a task of the unit.</summary>
public sealed record Rectification(Guid TaskId, string Text, DateTimeOffset DueAt, DateTimeOffset At, string By);

/// <summary>复查.</summary>
public sealed record Recheck(bool Passed, string Text, DateTimeOffset At, string By);
