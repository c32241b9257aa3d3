using TaskMatrix.Engine.Plans;

namespace TaskMatrix.App.Plans;

public enum PlanStatus
{
    Draft,
    Active,
    Ended,
}

/// <summary>A plan and its text, kept exactly as given.</summary>
public sealed class Plan
{
    public required string Id { get; init; }

    public required string Jurisdiction { get; init; }

    public required string Title { get; init; }

    public string English { get; init; } = "";

    public required string Number { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public PlanStatus Status { get; set; }

    /// <summary>Local day from which it is in force; dates of the text shift by its distance from the day of issue.</summary>
    public DateOnly? ActiveFrom { get; set; }

    /// <summary>Start of that day in the zone of the jurisdiction.</summary>
    public DateTimeOffset? BeginsAt { get; set; }

    /// <summary>Its first tasks have been issued.</summary>
    public bool Begun { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Level of the response, 1 (一级) to 4 (四级); null: none is declared and every duty is carried out.</summary>
    public int? Level { get; set; }

    /// <summary>The plan above that it was made from; null for a plan of its own.</summary>
    public string? ParentPlan { get; init; }

    public required string Text { get; init; }

    public required string DocumentSha256 { get; init; }

    public IReadOnlyList<PlanHeading>? Headings { get; init; }

    public IReadOnlyList<PlanPhase> Phases { get; init; } = [];

    /// <summary>Names in the text that belong to no unit.</summary>
    public IReadOnlyList<ForeignName> Names { get; init; } = [];

    /// <summary>Days by which the dates of the text shift; 0 before activation.</summary>
    public int ShiftDays => ActiveFrom is { } from ? from.DayNumber - IssuedOn.DayNumber : 0;

    /// <summary>Part of the key of its occurrences.</summary>
    public string Activation => ActiveFrom is { } from ? $"{from:yyyy-MM-dd}" : "";

    /// <param name="parent">The plan above that it is made from.</param>
    public static Plan Of(PlanDefinition plan, string? parent = null) => new()
    {
        Id = plan.Id, Jurisdiction = plan.Jurisdiction, Title = plan.Title, English = plan.English, Number = plan.Number,
        IssuedOn = plan.IssuedOn, Status = PlanStatus.Draft, Text = plan.Text, DocumentSha256 = PlanDocument.Sha256(plan.Text),
        Headings = plan.Headings, Phases = plan.Phases, Names = plan.Names, ParentPlan = parent,
    };

    public PlanDefinition ToDefinition() =>
        new(Id, Jurisdiction, Title, English, Number, IssuedOn, Text, Headings, Phases, Names);
}
