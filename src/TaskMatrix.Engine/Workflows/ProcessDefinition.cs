namespace TaskMatrix.Engine.Workflows;

/// <summary>A reusable graph of steps; a published version never changes.</summary>
/// <param name="Start">Step that a new run begins with.</param>
/// <param name="OnOccurrence">Step that a scheduled occurrence begins with, where it differs from <paramref name="Start"/>.</param>
public sealed record ProcessDefinition(
    string Id, int Version, string Title, string English, string Start, string? OnOccurrence, IReadOnlyList<Step> Steps)
{
    /// <summary>Parameters that a duty must give in <c>with</c>; <c>form</c> may be given besides.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    public Step Find(string step) => Steps.First(candidate => candidate.Id == step);

    /// <summary>The step that makes a duty's task at activation or on its occurrence.</summary>
    public Step First(bool onOccurrence) => Find(onOccurrence ? OnOccurrence ?? Start : Start);

    /// <summary>Whether a run may have several tasks, so that their keys name the step.</summary>
    public bool HasSeveralTasks => Steps.Count(step => step is WorkStep) > 1 || Steps.Any(step => step is WorkStep { FanOut: not null });
}

/// <summary>One node of a process.</summary>
public abstract record Step(string Id, string Title, string English)
{
    /// <summary>Ids of the steps that may follow.</summary>
    public abstract IReadOnlyList<string> Following { get; }
}

/// <summary>A task, or with <see cref="FanOut"/> one task per unit of a class, joined before going on.</summary>
public sealed record WorkStep(string Id, string Title, string English, string? Next) : Step(Id, Title, English)
{
    /// <summary>lead, office or a unit id.</summary>
    public string Owner { get; init; } = "lead";

    public bool AcknowledgeRequired { get; init; } = true;

    public bool SignOff { get; init; }

    public bool Review { get; init; }

    public bool Evidence { get; init; }

    /// <summary>Form id; null: none, or the duty's parameter <c>form</c>.</summary>
    public string? Form { get; init; }

    /// <summary>Null: the duty's own.</summary>
    public string? AcknowledgeWithin { get; init; }

    /// <summary>Null: the duty's own. <c>with:NAME</c> reads a parameter of the duty.</summary>
    public string? Due { get; init; }

    public FanOut? FanOut { get; init; }

    /// <summary>Of a fan-out: step walked as soon as one of its tasks ends, before they are joined; it leads to no task.</summary>
    public string? Each { get; init; }

    public override IReadOnlyList<string> Following => [.. new[] { Next, Each }.OfType<string>()];
}

/// <param name="Class">Class of units; <c>with:class</c> reads the duty's parameter.</param>
/// <param name="JoinAll">True: go on when every task has ended; false: when the first has.</param>
public sealed record FanOut(string Class, bool JoinAll);

/// <summary>Goes on by what a form of an earlier step says; the first case that holds decides.</summary>
public sealed record BranchStep(string Id, string Title, string English, IReadOnlyList<BranchCase> Cases, string Otherwise) : Step(Id, Title, English)
{
    public override IReadOnlyList<string> Following => [.. Cases.Select(branch => branch.Next).Append(Otherwise).Distinct()];
}

public sealed record BranchCase(Condition When, string Next);

/// <summary>Raises an event of the catalogue, once per run, and once per unit where each task of a fan-out leads to it.</summary>
public sealed record RaiseStep(string Id, string Title, string English, string Event, string? Next) : Step(Id, Title, English)
{
    /// <summary>Field of the event ← field of the report that caused it. Empty: the whole report.</summary>
    public IReadOnlyDictionary<string, string> Data { get; init; } = new Dictionary<string, string>();

    public override IReadOnlyList<string> Following => Next is null ? [] : [Next];
}

public sealed record EndStep(string Id, string Title, string English) : Step(Id, Title, English)
{
    public override IReadOnlyList<string> Following => [];
}
