using System.Text.Json;
using FsCheck.Fluent;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Overdue;

namespace TaskMatrix.Engine.Tests.TaskInstances;

/// <summary>What holds in every life a task can have.</summary>
public sealed class WalkProperties
{
    [Fact]
    public void Walks_come_by_every_action_and_everything_that_happens_by_itself()
    {
        string[] byItself = ["draft", "ack-breach", "overdue", "miss", "escalate"];

        var happened = Walk.Random.Generator.Sample(300, 60).SelectMany(walk => walk.Take().Recorded).Select(recorded => recorded.Action);

        Assert.Equal(TaskActions.Rules.Select(rule => rule.Action).Concat(byItself).Order(), happened.Distinct().Order());
    }

    [Fact]
    public void Replaying_the_events_gives_the_task_also_after_a_round_trip_through_json() => Walk.Always(walk =>
    {
        var task = walk.Take();
        var events = task.Recorded.Select(recorded => recorded.Event).ToList();
        var stored = events.Select(happened => JsonSerializer.Serialize(happened)).ToList();

        Assert.Empty(TaskFields.Differing(task, TaskInstance.Replay(events)));
        Assert.Empty(TaskFields.Differing(task, TaskInstance.Replay(stored.Select(json => JsonSerializer.Deserialize<TaskEvent>(json)!))));
    });

    [Fact]
    public void The_version_is_the_number_of_events_and_each_follows_the_one_before() => Walk.Always(walk =>
    {
        var task = walk.Take();

        Assert.Equal(task.Recorded.Count, task.Version);
        Assert.Equal(Enumerable.Range(1, task.Version), task.Recorded.Select(recorded => recorded.Sequence));
        Assert.All(task.Recorded.Zip(task.Recorded.Skip(1)), pair =>
        {
            Assert.Equal((pair.First.To, pair.First.UnitAfter), (pair.Second.From, pair.Second.UnitBefore));
            Assert.True(pair.First.Event.At <= pair.Second.Event.At);
        });
    });

    [Fact]
    public void The_changes_in_the_record_add_up_to_the_task() => Walk.Always(walk =>
    {
        var task = walk.Take();
        var first = TaskFields.All(TaskInstance.Replay([task.Recorded[0].Event]));

        var values = new SortedDictionary<string, string?>(first.ToDictionary());
        foreach (var (field, change) in task.Recorded.Skip(1).SelectMany(recorded => recorded.Changes))
        {
            Assert.Equal(values[field], change[0]);
            values[field] = change[1];
        }

        values["version"] = $"{task.Version}";
        Assert.Equal(new SortedDictionary<string, string?>(TaskFields.All(task).ToDictionary()), values);
    });

    [Fact]
    public void A_breach_never_disappears_nor_moves_and_the_level_never_falls() => Walk.Always(walk =>
    {
        (DateTimeOffset? Ack, DateTimeOffset? Overdue, DateTimeOffset? Missed, int Level) before = default;
        walk.Take((task, _) =>
        {
            Assert.Equal(before.Ack ?? task.AckBreachedAt, task.AckBreachedAt);
            Assert.Equal(before.Overdue ?? task.OverdueSince, task.OverdueSince);
            Assert.Equal(before.Missed ?? task.MissedAt, task.MissedAt);
            Assert.True(task.EscalationLevel >= before.Level);
            before = (task.AckBreachedAt, task.OverdueSince, task.MissedAt, task.EscalationLevel);
        });
    });

    [Fact]
    public void A_breach_stands_at_the_deadline_that_was_in_force() => Walk.Always(walk =>
    {
        (DateTimeOffset? AckBy, DateTimeOffset? DueAt, DateTimeOffset? CutOff) before = default;
        var known = (Ack: false, Overdue: false, Missed: false);
        walk.Take((task, now) =>
        {
            Assert.True(known.Ack || task.AckBreachedAt is null || (task.AckBreachedAt == before.AckBy && before.AckBy <= now));
            Assert.True(known.Overdue || task.OverdueSince is null || (task.OverdueSince == before.DueAt && before.DueAt <= now));
            Assert.True(known.Missed || task.MissedAt is null || (task.MissedAt == before.CutOff && before.CutOff <= now));
            known = (task.AckBreachedAt is not null, task.OverdueSince is not null, task.MissedAt is not null);
            before = (task.AckBy, task.DueAt, task.MissedBy);
        });
    });

    [Fact]
    public void A_task_the_unit_no_longer_has_never_fires_a_timer() => Walk.Always(walk => walk.Take((task, now) =>
    {
        if (!TaskStates.WithUnit.Contains(task.State))
        {
            Assert.Null(task.NextTimer(Ladders.Strict));
            Assert.Equal(0, task.FireTimers(Ladders.Strict, now.AddYears(1)));
        }
    }));

    [Fact]
    public void After_a_sweep_nothing_is_left_that_was_due() => Walk.Always(walk => walk.Take((task, now) =>
    {
        task.FireTimers(Ladders.Strict, now);

        Assert.False(task.NextTimer(Ladders.Strict)?.At <= now);
        Assert.Equal(0, task.FireTimers(Ladders.Strict, now));
    }));

    [Fact]
    public void On_time_is_known_once_the_work_has_left_and_means_that_it_left_before_due() => Walk.Always(walk => walk.Take((task, _) =>
    {
        var left = task.State is TaskState.PendingReview or TaskState.Closed;
        Assert.True(!left || task.LeftUnitAt is not null);
        Assert.True(task.LeftUnitAt is null || !TaskStates.WithUnit.Contains(task.State));
        Assert.True(!left || task.OnTime is not null || task.PendingExtension is not null);
        Assert.True(task.OnTime is not true || (task.LeftUnitAt < task.DueAt && task.MissedAt is null));
        Assert.True(task.OnTime is not false || task.OverdueSince is not null || task.MissedAt is not null);
    }));

    [Fact]
    public void The_light_follows_the_facts() => Walk.Always(walk => walk.Take((task, now) =>
    {
        task.FireTimers(null, now);
        var breached = task.AckBreachedAt is not null || task.OverdueSince is not null || task.MissedAt is not null;

        Assert.Equal(breached, task.LightAt(now) is Light.Red);
        Assert.True(task.LightAt(now) is not Light.Blue || TaskStates.WithUnit.Contains(task.State));
    }));
}
