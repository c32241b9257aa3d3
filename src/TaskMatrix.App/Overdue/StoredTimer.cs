namespace TaskMatrix.App.Overdue;

/// <summary>
/// The next moment at which a task changes by itself: at most one row a task, written and removed in the transaction of
/// the state it watches. After it fires, the task says which is next.
/// </summary>
public sealed class StoredTimer
{
    public required Guid TaskId { get; init; }

    public required string Jurisdiction { get; init; }

    /// <summary>Domain time; moved back after a failure so that one bad task does not hold up the others.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>ack, due, missed or the name of a rung.</summary>
    public required string Kind { get; set; }

    public int Attempts { get; set; }

    public string? LastError { get; set; }

    /// <summary>Given up after several attempts; stands in the list of jobs until somebody retries it.</summary>
    public bool SetAside { get; set; }
}
