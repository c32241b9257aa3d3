using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>What stands on whose desk.</summary>
internal static class DeskLists
{
    /// <summary>In the order they are to be dealt with.</summary>
    public static IEnumerable<(string Key, string? Quick, string Address, TaskFilter Filter)> Of(Visit visit)
    {
        if (visit.Is(Role.Office))
        {
            yield return ("desk.to-review", TaskActions.Approve, "/tasks?state=pendingReview", new TaskFilter { State = TaskState.PendingReview });
            yield return ("desk.extensions", TaskActions.DecideExtension, "/tasks?extension=asked", new TaskFilter { ExtensionAsked = true });
            yield return ("desk.returned", TaskActions.Reassign, "/tasks?state=returned", new TaskFilter { State = TaskState.Returned });
            yield return ("desk.unacknowledged", TaskActions.Urge, "/tasks?state=pendingAck", new TaskFilter { AckOverdue = true });
            yield return ("desk.missed", TaskActions.Urge, "/tasks?state=missed", new TaskFilter { Overdue = true, State = TaskState.Missed });
        }

        if (visit.Is(Role.Head))
        {
            yield return ("desk.to-sign", TaskActions.Sign, "/tasks?state=pendingSignOff", new TaskFilter { State = TaskState.PendingSignOff });
        }

        if (visit.Is(Role.Liaison, Role.Head))
        {
            yield return ("desk.to-acknowledge", TaskActions.Acknowledge, "/tasks?state=pendingAck", new TaskFilter { State = TaskState.PendingAck });
            // What the unit itself gave back to the office is yellow too, and nothing for it to do again.
            yield return ("desk.to-rework", null, "/tasks?light=yellow&state=inProgress", new TaskFilter { Light = Light.Yellow, State = TaskState.InProgress });
        }

        if (visit.Is(Role.Leader, Role.Inspector))
        {
            yield return ("desk.late", null, "/overdue", new TaskFilter { Overdue = true });
            yield return ("desk.returned", null, "/tasks?state=returned", new TaskFilter { State = TaskState.Returned });
        }

        // A unit finds what it is late with first; who oversees has another list for that.
        var from = visit.Is(Role.Liaison, Role.Head) ? (DateTimeOffset?)null : visit.Now;
        yield return ("desk.next", null, "/tasks?state=inProgress", new TaskFilter { State = TaskState.InProgress, DueAfter = from });
    }

    public static IEnumerable<DeskFigure> Figures(CountTasks.Result counts, string ofUnit)
    {
        int Of(TaskState state) => counts.ByState.GetValueOrDefault(state);
        yield return new DeskFigure("desk.overdue", counts.Overdue, "/overdue" + ofUnit.Replace('&', '?'), Late: true, Of(TaskState.Missed));
        yield return new DeskFigure("state.pendingAck", Of(TaskState.PendingAck), "/tasks?state=pendingAck" + ofUnit);
        yield return new DeskFigure("state.inProgress", Of(TaskState.InProgress), "/tasks?state=inProgress" + ofUnit);
        yield return new DeskFigure("state.pendingSignOff", Of(TaskState.PendingSignOff), "/tasks?state=pendingSignOff" + ofUnit);
        yield return new DeskFigure("state.pendingReview", Of(TaskState.PendingReview), "/tasks?state=pendingReview" + ofUnit);
        yield return new DeskFigure("state.returned", Of(TaskState.Returned), "/tasks?state=returned" + ofUnit);
        yield return new DeskFigure("light.blue", counts.ByLight.GetValueOrDefault(Light.Blue), "/tasks?light=blue" + ofUnit);
        yield return new DeskFigure("state.closed", Of(TaskState.Closed), "/tasks?state=closed" + ofUnit);
    }
}
