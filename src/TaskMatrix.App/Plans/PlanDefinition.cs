using TaskMatrix.Engine.Plans;

namespace TaskMatrix.App.Plans;

/// <summary>A plan as given: its text and how it is cut into sections and phases.</summary>
/// <param name="Number">文号; empty where the document carries none.</param>
/// <param name="IssuedOn">Day 0 of the phases and of every date in its duties.</param>
/// <param name="Text">The document, every character as stored.</param>
/// <param name="Headings">In order of the text; null: every numbered heading line starts a section.</param>
/// <param name="Names">Names in the text that belong to no unit.</param>
public sealed record PlanDefinition(
    string Id, string Jurisdiction, string Title, string English, string Number, DateOnly IssuedOn, string Text,
    IReadOnlyList<PlanHeading>? Headings, IReadOnlyList<PlanPhase> Phases, IReadOnlyList<ForeignName> Names)
{
    /// <summary>Ways to reach somebody that the text gives; only those of a shipped plan are read.</summary>
    public IReadOnlyList<Organisations.PlanContact> Contacts { get; init; } = [];
}

/// <param name="Text">Exact substring of the document at which the section begins.</param>
/// <param name="Duties">Every sentence must give a duty or be listed as giving none.</param>
public sealed record PlanHeading(string Id, string Text, bool Duties);

/// <summary>A name in the text that belongs to no unit, and why it has no duty.</summary>
public sealed record ForeignName(string Name, string Why);
