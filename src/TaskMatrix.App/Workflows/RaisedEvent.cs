namespace TaskMatrix.App.Workflows;

/// <summary>An event of the catalogue that happened.</summary>
public sealed class RaisedEvent
{
    public required Guid Id
    {
        get;
        init
        {
            field = value;
            Key = value.ToString();
        }
    }

    /// <summary>The id as the tasks it started name it.</summary>
    public string Key { get; private set; } = "";

    public required string Jurisdiction { get; init; }

    public required string Kind { get; init; }

    public required string Summary { get; init; }

    /// <summary>JSON object.</summary>
    public required string Data { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    public required string RaisedBy { get; init; }

    public required string RaisedByUnit { get; init; }

    /// <summary>Post of who raised it; where a process did, of who wrote the report, and empty where nobody is known.</summary>
    public string RaisedByPost { get; init; } = "";

    /// <summary>Post of the head who signed the report that raised it; null where no report did, or none signed it.</summary>
    public string? SignedByPost { get; init; }

    /// <summary>How <see cref="RaisedByStep"/> begins where the event of an area below was passed up.</summary>
    public const string FromBelow = "below|";

    /// <summary>Run and step of the process that raised it, or the event of an area below, unique; null when a person did.</summary>
    public string? RaisedByStep { get; init; }

    public bool Urgent { get; set; }

    /// <summary>What should have begun with it and could not.</summary>
    public IReadOnlyList<NotStarted> NotStarted { get; set; } = [];
}

/// <summary>A task that an event should have started and could not; the others began all the same.</summary>
/// <param name="Duty">Empty where no duty waits for such an event; <paramref name="Unit"/> is empty where it is no single unit's matter.</param>
/// <param name="Why">
/// unit-missing: the jurisdiction has no such unit · class-empty: no unit is in the class · no-duty: nothing waits for it ·
/// plan-not-in-force, not-at-this-level: what waits is not carried out now · else the code of the rule in the way.
/// </param>
public sealed record NotStarted(string Duty, string Title, string Unit, string Why)
{
    public const string UnitMissing = "unit-missing", ClassEmpty = "class-empty", NoDuty = "no-duty", PlanNotInForce = "plan-not-in-force",
        NotAtThisLevel = "not-at-this-level";
}
