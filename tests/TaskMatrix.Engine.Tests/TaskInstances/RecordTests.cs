using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;
using TaskMatrix.Engine.Tests.Schedules;

namespace TaskMatrix.Engine.Tests.TaskInstances;

/// <summary>What the record keeps of an event: who, from where to where, old and new values, why.</summary>
public sealed class RecordTests
{
    [Fact]
    public void An_entry_names_old_and_new_values_of_what_changed_and_nothing_else()
    {
        var task = Tasks.In(TaskState.PendingAck);

        task.Acknowledge(People.Liaison, Tasks.Now);

        Assert.Equal(
            [
                "acknowledgedAt: → 2020-01-23T01:00:00.0000000+00:00",
                $"assignee: → {People.Liaison.UserName}",
                "state: pendingAck → inProgress",
            ],
            Changes(task));
    }

    [Fact]
    public void The_first_entry_has_no_state_and_no_unit_before_it()
    {
        var recorded = Assert.Single(Tasks.Issue(Tasks.Order).Recorded);

        Assert.Equal((null, TaskState.PendingAck, null, "education"), (recorded.From, recorded.To, recorded.UnitBefore, recorded.UnitAfter));
        Assert.Equal((1, "issue"), (recorded.Sequence, recorded.Action));
    }

    [Fact]
    public void A_change_of_owner_names_both_units_and_the_reason()
    {
        var task = Tasks.In(TaskState.InProgress);

        task.Reassign(People.Office, new NewOwner("health", null, null, null, null), "职责调整", China.Reckoning, Tasks.Now);

        var recorded = Assert.Single(task.Recorded);
        Assert.Equal(("education", "health", "职责调整"), (recorded.UnitBefore, recorded.UnitAfter, recorded.Reason));
        Assert.Contains("leadUnit: education → health", Changes(task));
    }

    [Fact]
    public void Urging_by_hand_changes_nothing_but_stands_in_the_record()
    {
        var task = Tasks.In(TaskState.InProgress);

        task.Urge(People.Office, "请抓紧", Tasks.Now);

        var recorded = Assert.Single(task.Recorded);
        Assert.Empty(recorded.Changes);
        Assert.Equal(("请抓紧", "education"), (recorded.Reason, Assert.IsType<Urged>(recorded.Event).Recipient));
        Assert.Equal(0, task.EscalationLevel);
    }

    [Fact]
    public void Sequence_goes_on_after_the_recorded_events_are_stored_and_forgotten()
    {
        var task = Tasks.Issue(Tasks.Order);
        task.ForgetRecorded();

        task.Acknowledge(People.Liaison, Tasks.Now);

        Assert.Equal((2, 2), (Assert.Single(task.Recorded).Sequence, task.Version));
    }

    [Fact]
    public void A_row_that_differs_from_its_events_is_named_field_by_field()
    {
        var (one, other) = (Tasks.In(TaskState.PendingAck), Tasks.In(TaskState.InProgress));

        Assert.Equal(["acknowledgedAt", "assignee", "state", "version"], TaskFields.Differing(one, other).Order());
    }

    [Fact]
    public void Every_stored_value_of_a_task_is_compared_with_its_replay()
    {
        var stored = typeof(TaskInstance).GetProperties()
            .Where(property => property.CanWrite && property.Name != nameof(TaskInstance.ExpectedVersion))
            .Select(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..]);

        Assert.Equal(stored.Order(), TaskFields.All(Tasks.Issue(Tasks.Order)).Keys.Order());
    }

    private static IEnumerable<string> Changes(TaskInstance task) =>
        Assert.Single(task.Recorded).Changes.Select(change => $"{change.Key}: {change.Value[0]} → {change.Value[1]}".Replace(":  ", ": "));
}
