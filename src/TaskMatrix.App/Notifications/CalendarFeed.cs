namespace TaskMatrix.App.Notifications;

/// <summary>A person's address of the deadlines of their unit. One a person; only the SHA-256 of its token is stored.</summary>
public sealed class CalendarFeed
{
    public required string UserName { get; init; }

    /// <summary>Lower-case hex.</summary>
    public required string TokenHash { get; set; }

    public required DateTimeOffset MadeAt { get; set; }
}
