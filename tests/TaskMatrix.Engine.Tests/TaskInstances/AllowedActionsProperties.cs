using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;

namespace TaskMatrix.Engine.Tests.TaskInstances;

/// <summary>What a page offers is what the guards accept, given sensible arguments: no more and no less.</summary>
public sealed class AllowedActionsProperties
{
    [Fact]
    public void Allowed_actions_are_exactly_those_that_the_guards_accept() => Walk.Always(walk =>
    {
        var last = Tasks.Start;
        var task = walk.Take((_, now) => last = now);
        var events = task.Recorded.Select(recorded => recorded.Event).ToList();

        foreach (var now in new[] { last, task.NextTimer(null)?.At ?? last, last.AddDays(4) }.Where(moment => moment >= last))
        {
            foreach (var actor in People.Everyone.Values)
            {
                var accepted = TaskActions.Rules.Select(rule => rule.Action).Where(action => Accepts(events, action, actor, now));

                Assert.Equal(accepted, task.AllowedActions(actor, now));
            }
        }
    }, walks: 100);

    [Fact]
    public void Asking_what_is_allowed_records_nothing()
    {
        var task = Tasks.In(TaskState.PendingAck);

        Assert.Equal(["submit"], task.AllowedActions(People.Liaison, Tasks.CutOff));

        Assert.Empty(task.Recorded);
        Assert.Equal(TaskState.PendingAck, task.State);
    }

    [Theory]
    [InlineData(Role.Inspector)]
    [InlineData(Role.SystemAdministrator)]
    [InlineData(Role.SecurityAdministrator)]
    [InlineData(Role.AuditAdministrator)]
    public void Inspectors_and_administrators_are_offered_nothing(Role role)
    {
        foreach (var state in Enum.GetValues<TaskState>())
        {
            Assert.Empty(Tasks.In(state).AllowedActions(People.Of("education", role), Tasks.Now));
        }
    }

    private static bool Accepts(IEnumerable<TaskEvent> events, string action, Actor actor, DateTimeOffset now)
    {
        var copy = TaskInstance.Replay(events);
        try
        {
            copy.Do(action, actor, now);
            return true;
        }
        catch (RuleBrokenException)
        {
            return false;
        }
    }
}
