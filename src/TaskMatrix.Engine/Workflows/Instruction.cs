using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using static TaskMatrix.Engine.Workflows.Guards;

namespace TaskMatrix.Engine.Workflows;

public enum InstructionState
{
    /// <summary>已批示: no task yet.</summary>
    Issued,

    /// <summary>办理中: its tasks are worked on.</summary>
    InProgress,

    /// <summary>已办结</summary>
    Closed,
}

/// <summary>How an instruction came to its end.</summary>
public enum InstructionEnd
{
    /// <summary>With its tasks, of which one at least was closed.</summary>
    Tasks,

    /// <summary>With its tasks, all of which were terminated, not applicable or missed.</summary>
    Nothing,

    /// <summary>By word of the office, without a task.</summary>
    Word,
}

/// <summary>What the office answers the leader.</summary>
/// <param name="By">Post.</param>
public sealed record InstructionFeedback(string Text, string By, DateTimeOffset At);

/// <summary>What an instruction says when it is issued.</summary>
/// <param name="Leader">Post of the leader whose instruction it is.</param>
public sealed record InstructionIssue(
    Guid Id, string Jurisdiction, string Number, string Title, string Text, string Leader, DateTimeOffset? DueAt, string? Reference);

/// <summary>
/// 批示: a leader writes it, or the office registers it for one; the office turns it into tasks; it closes when they have ended, and
/// what was done flows back to the leader.
/// </summary>
public sealed class Instruction
{
    private Instruction()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>The id as its tasks name it.</summary>
    public string Key { get; private set; } = "";

    public string Jurisdiction { get; private set; } = "";

    /// <summary>批示-2020-0001, by jurisdiction and year.</summary>
    public string Number { get; private set; } = "";

    public string Title { get; private set; } = "";

    public string Text { get; private set; } = "";

    /// <summary>Post of the leader.</summary>
    public string IssuedBy { get; private set; } = "";

    /// <summary>Post of who registered it for the leader; null: the leader did.</summary>
    public string? RegisteredBy { get; private set; }

    public DateTimeOffset IssuedAt { get; private set; }

    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>Where the written instruction is kept.</summary>
    public string? Reference { get; private set; }

    public InstructionState State { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Why it was closed without a task; null: its tasks closed it.</summary>
    public string? ClosingText { get; private set; }

    public IReadOnlyList<InstructionFeedback> Feedback { get; private set; } = [];

    /// <summary>Id of the event it was raised as.</summary>
    public string EventKey { get; private set; } = "";

    public int Version { get; private set; }

    /// <exception cref="RuleBrokenException">instruction.not-allowed (403) · instruction.due-in-past (400)</exception>
    public static Instruction Issue(InstructionIssue issue, Guid eventId, Actor actor, DateTimeOffset now)
    {
        Allow(MayIssue(actor) && actor.Jurisdiction == issue.Jurisdiction, "instruction.not-allowed");
        Valid(issue.DueAt is null || issue.DueAt > now, "instruction.due-in-past");
        return new Instruction
        {
            Id = issue.Id, Key = issue.Id.ToString(), Jurisdiction = issue.Jurisdiction, Number = issue.Number, Title = issue.Title,
            Text = issue.Text, IssuedBy = issue.Leader, RegisteredBy = actor.Is(Role.Leader) ? null : actor.Post, IssuedAt = now,
            DueAt = issue.DueAt, Reference = issue.Reference, EventKey = eventId.ToString(), Version = 1,
        };
    }

    /// <summary>A leader, or the office for one.</summary>
    public static bool MayIssue(Actor actor) => actor.Is(Role.Leader) || actor.Is(Role.Office);

    /// <summary>Before tasks are made from it.</summary>
    /// <exception cref="RuleBrokenException">instruction.not-allowed (403) · instruction.wrong-state (409): it is closed</exception>
    public void RequireTaskable(Actor actor)
    {
        Allow(Oversees(actor), "instruction.not-allowed");
        Require(State is not InstructionState.Closed, "instruction.wrong-state");
    }

    /// <summary>A task that names it was made, whichever way.</summary>
    /// <exception cref="RuleBrokenException">instruction.wrong-state (409): it is closed</exception>
    public void TaskMade()
    {
        Require(State is not InstructionState.Closed, "instruction.wrong-state");
        Move(InstructionState.InProgress, null);
    }

    /// <summary>One of its tasks has moved: it closes with the last, also when all of them came to nothing, and opens with one that is reopened.</summary>
    /// <returns>Whether it closed or opened.</returns>
    public bool TasksMoved(FollowUp tasks, DateTimeOffset now)
    {
        var before = State;
        if (State is InstructionState.InProgress && tasks.AllEnded)
        {
            Move(InstructionState.Closed, now);
        }
        else if (State is InstructionState.Closed && tasks.Open > 0)
        {
            Move(InstructionState.InProgress, null);
        }

        return State != before;
    }

    /// <summary>反馈 to the leader, in any state.</summary>
    /// <exception cref="RuleBrokenException">instruction.not-allowed (403)</exception>
    public void GiveFeedback(Actor actor, string text, DateTimeOffset now)
    {
        Allow(IsOffice(actor), "instruction.not-allowed");
        Feedback = [.. Feedback, new InstructionFeedback(text, actor.Post, now)];
        Version++;
    }

    /// <summary>Closed by word, where it needs no task.</summary>
    /// <exception cref="RuleBrokenException">instruction.not-allowed (403) · instruction.wrong-state, instruction.has-tasks (409)</exception>
    public void Close(Actor actor, string text, FollowUp tasks, DateTimeOffset now)
    {
        Allow(IsOffice(actor), "instruction.not-allowed");
        Require(State is not InstructionState.Closed, "instruction.wrong-state");
        Require(tasks is { Open: 0, Closed: 0 }, "instruction.has-tasks");
        ClosingText = text;
        Move(InstructionState.Closed, now);
    }

    /// <summary>How it was closed; null while it is open.</summary>
    public InstructionEnd? EndedBy(FollowUp tasks) => State is not InstructionState.Closed ? null
        : ClosingText is not null ? InstructionEnd.Word : tasks.Closed > 0 ? InstructionEnd.Tasks : InstructionEnd.Nothing;

    public IReadOnlyList<string> AllowedActions(Actor actor, FollowUp tasks)
    {
        var actions = new List<string>();
        Add("tasks", Oversees(actor) && State is not InstructionState.Closed);
        Add("feedback", IsOffice(actor));
        Add("close", IsOffice(actor) && State is not InstructionState.Closed && tasks is { Open: 0, Closed: 0 });
        return actions;

        void Add(string action, bool allowed) => actions.AddRange(allowed ? [action] : []);
    }

    private bool IsOffice(Actor actor) => actor.Jurisdiction == Jurisdiction && actor.Is(Role.Office);

    private bool Oversees(Actor actor) => IsOffice(actor) || (actor.Jurisdiction == Jurisdiction && actor.Is(Role.Leader));

    private void Move(InstructionState to, DateTimeOffset? closedAt)
    {
        (State, ClosedAt, ClosingText) = (to, closedAt, to is InstructionState.Closed ? ClosingText : null);
        Version++;
    }
}
