using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Statistics;

/// <summary>What figures need to know of one issued task, as it stands now.</summary>
/// <param name="Overdue">Its due time passed with the work at the unit; <paramref name="Missed"/>: its cut-off did. Both stay.</param>
/// <param name="Moved">Another unit leads it than the one it was issued to.</param>
public sealed record CountedTask(
    TaskState State, DateTimeOffset IssuedAt, DateTimeOffset? AcknowledgedAt, DateTimeOffset? ClosedAt, bool? OnTime, bool AckBreached, bool Overdue,
    bool Missed, int Returns, int Extensions, bool Moved);

/// <summary>Figures of tasks. They count work, never people, and put nobody in an order.</summary>
/// <param name="Open">Still to be ended; part of <paramref name="Issued"/>, as are closed, missed, not applicable and terminated.</param>
/// <param name="Decided">Those of which it is known whether they were on time: the work left the unit, or a deadline passed without it.</param>
/// <param name="OnTime">Of the decided ones, those that left the unit before their due time and never breached it.</param>
/// <param name="OnTimeRate">0–1, three decimals; null where nothing is decided.</param>
/// <param name="Acknowledge">From issue to acknowledgement; tasks that are accepted with their duty, or were moved, are not measured.</param>
/// <param name="Close">From issue to closing, time with the office and suspended included; moved tasks are not measured.</param>
/// <param name="AckBreaches">Tasks not acknowledged in time.</param>
/// <param name="OverdueBreaches">Tasks whose due time passed with the work at the unit, also those finished since.</param>
/// <param name="MissedBreaches">Tasks whose cut-off passed with nothing filed, also those filed since.</param>
/// <param name="Returns">Times work was given back for rework.</param>
/// <param name="Extensions">Extensions granted.</param>
public sealed record TaskFigures(
    int Issued, int Open, int Closed, int Missed, int NotApplicable, int Terminated, int Decided, int OnTime, double? OnTimeRate, TimeSpread Acknowledge,
    TimeSpread Close, int AckBreaches, int OverdueBreaches, int MissedBreaches, int Returns, int Extensions);

/// <summary>Adds tasks up, one after the other, and keeps none of them.</summary>
public sealed class FigureTally
{
    private readonly Dictionary<TaskState, int> _states = [];
    private readonly Durations _acknowledge = new(), _close = new();
    private int _issued, _decided, _onTime, _ackBreaches, _overdue, _missed, _returns, _extensions;

    public void Add(CountedTask task)
    {
        _issued++;
        _states[task.State] = _states.GetValueOrDefault(task.State) + 1;
        _ackBreaches += task.AckBreached ? 1 : 0;
        _overdue += task.Overdue ? 1 : 0;
        _missed += task.Missed ? 1 : 0;
        _returns += task.Returns;
        _extensions += task.Extensions;
        Judge(task);
        Measure(task);
    }

    public TaskFigures Figures() => new(
        _issued, _states.Where(state => state.Key.IsOpen()).Sum(state => state.Value), Count(TaskState.Closed), Count(TaskState.Missed),
        Count(TaskState.NotApplicable), Count(TaskState.Terminated), _decided, _onTime,
        _decided == 0 ? null : Math.Round((double)_onTime / _decided, 3, MidpointRounding.AwayFromZero), _acknowledge.Spread(), _close.Spread(),
        _ackBreaches, _overdue, _missed, _returns, _extensions);

    /// <summary>
    /// What is in flight and not yet late says nothing either way; what was called off in time neither. A breach once made
    /// decides, whatever became of the task.
    /// </summary>
    private void Judge(CountedTask task)
    {
        var breached = task.Overdue || task.Missed;
        var decided = breached || task.OnTime is not null;
        _decided += decided ? 1 : 0;
        _onTime += decided && !breached && task.OnTime == true ? 1 : 0;
    }

    private void Measure(CountedTask task)
    {
        if (task.Moved)
        {
            return;
        }

        if (task.AcknowledgedAt is { } acknowledged)
        {
            _acknowledge.Add(acknowledged - task.IssuedAt);
        }

        if (task is { State: TaskState.Closed, ClosedAt: { } closed })
        {
            _close.Add(closed - task.IssuedAt);
        }
    }

    private int Count(TaskState state) => _states.GetValueOrDefault(state);
}
