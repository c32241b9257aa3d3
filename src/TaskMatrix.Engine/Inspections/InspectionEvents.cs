using System.Text.Json.Serialization;

namespace TaskMatrix.Engine.Inspections;

/// <summary>Something that happened to an inspection. The stored events alone rebuild it: <see cref="Inspection.Replay"/>.</summary>
/// <param name="At">Domain time.</param>
/// <param name="By">Post of who acted; empty for the system.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(InspectionOpened), "opened")]
[JsonDerivedType(typeof(TeamSet), "team-set")]
[JsonDerivedType(typeof(OrderIssued), "order-issued")]
[JsonDerivedType(typeof(ExplanationGiven), "explained")]
[JsonDerivedType(typeof(FindingMade), "found")]
[JsonDerivedType(typeof(RectificationRequired), "rectification-required")]
[JsonDerivedType(typeof(InspectionRechecked), "rechecked")]
[JsonDerivedType(typeof(MeasureProposed), "measure-proposed")]
[JsonDerivedType(typeof(MeasureDecided), "measure-decided")]
[JsonDerivedType(typeof(InspectionClosed), "closed")]
public abstract record InspectionEvent(string By, DateTimeOffset At);

public sealed record InspectionOpened(InspectionOpening Opening, string By, DateTimeOffset At) : InspectionEvent(By, At);

/// <summary>The team of the round was made anew.</summary>
public sealed record TeamSet(InspectionTeam Team, string By, DateTimeOffset At) : InspectionEvent(By, At);

public sealed record OrderIssued(string Number, string Text, DateTimeOffset AnswerBy, string By, DateTimeOffset At) : InspectionEvent(By, At);

public sealed record ExplanationGiven(string Text, IReadOnlyList<string> AttachmentIds, string By, DateTimeOffset At) : InspectionEvent(By, At);

public sealed record FindingMade(Finding Finding, string Text, string By, DateTimeOffset At) : InspectionEvent(By, At);

public sealed record RectificationRequired(Guid TaskId, string Text, DateTimeOffset DueAt, string By, DateTimeOffset At) : InspectionEvent(By, At);

public sealed record InspectionRechecked(bool Passed, string Text, string By, DateTimeOffset At) : InspectionEvent(By, At);

public sealed record MeasureProposed(Measure Measure, string Text, string By, DateTimeOffset At) : InspectionEvent(By, At);

public sealed record MeasureDecided(bool Approved, string Opinion, string By, DateTimeOffset At) : InspectionEvent(By, At);

public sealed record InspectionClosed(string Text, string By, DateTimeOffset At) : InspectionEvent(By, At);
