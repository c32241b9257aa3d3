using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Engine.TaskInstances;

/// <summary>Tasks that follow something else: a meeting that is attended, an instruction that is passed on. Who may do what is asked there.</summary>
public sealed partial class TaskInstance
{
    /// <summary>The meeting was moved, and the due of attending it with it.</summary>
    /// <returns>Whether it was noted: what has left the unit is left alone.</returns>
    public bool MoveWith(Actor actor, DateTimeOffset startsAt, string reason, DateTimeOffset now)
    {
        if (!TaskStates.EndedWithPlan.Contains(State))
        {
            return false;
        }

        Append("reschedule", new Rescheduled(reason, startsAt, now), actor, reason);
        return true;
    }

    /// <summary>The minutes name the unit: its task of attending is closed, wherever it stood.</summary>
    /// <param name="meeting">Number of the meeting.</param>
    /// <returns>Whether it was noted: an ended one is left alone.</returns>
    public bool Attend(Actor actor, string meeting, DateTimeOffset beganAt, DateTimeOffset now)
    {
        if (!State.IsOpen())
        {
            return false;
        }

        Record("attend", new Attended(meeting, beganAt, now), actor);
        return true;
    }

    /// <summary>What the task was to pass on and follow up on has come to its end, and the task with it.</summary>
    /// <param name="text">What has ended, in words.</param>
    /// <returns>Whether it was noted: an ended one is left alone.</returns>
    public bool Conclude(Actor actor, string text, DateTimeOffset now)
    {
        if (!State.IsOpen() || State is TaskState.Draft)
        {
            return false;
        }

        Record("conclude", new Concluded(text, now), actor);
        return true;
    }
}
