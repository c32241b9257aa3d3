namespace TaskMatrix.App.Schedules;

/// <summary>
/// The clock of deadlines, schedules and events. It is the wall clock, except in an exercise, where it can be moved forward
/// and stands at each occurrence's own moment while one is fired.
/// </summary>
/// <param name="exercise">Whether the clock may be moved at all.</param>
public sealed class DomainClock(TimeProvider wall, bool exercise)
{
    private readonly Lock _gate = new();
    private TimeSpan _offset;
    private DateTimeOffset? _standing;

    public bool IsExercise { get; } = exercise;

    public DateTimeOffset Now
    {
        get
        {
            lock (_gate)
            {
                return _standing ?? wall.GetUtcNow() + _offset;
            }
        }
    }

    /// <summary>Sets the clock of an exercise; it goes on from there at real speed.</summary>
    public void Set(DateTimeOffset moment)
    {
        lock (_gate)
        {
            (_offset, _standing) = (moment - wall.GetUtcNow(), null);
        }
    }

    /// <summary>Holds the clock at a moment until the next call; it never moves back.</summary>
    public void StandAt(DateTimeOffset moment)
    {
        lock (_gate)
        {
            _standing = _standing is { } standing && standing > moment ? standing : moment;
        }
    }
}
