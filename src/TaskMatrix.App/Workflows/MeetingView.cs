using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>A coordination meeting as one person sees it.</summary>
/// <param name="ProposedBy">Post.</param>
/// <param name="Moves">Times and places it was moved away from.</param>
/// <param name="Minutes">The wording that counts, and <paramref name="Attendees"/> with it.</param>
/// <param name="Decisions">Each with the task it became.</param>
/// <param name="Attachments">Files of the minutes.</param>
public sealed record MeetingView(
    Guid Id, string Number, string Jurisdiction, string Title, string Agenda, string ProposedBy, string ProposedByUnit, DateTimeOffset ProposedAt,
    DateTimeOffset? WishedAt, MeetingState State, DateTimeOffset? CalledAt, DateTimeOffset? StartsAt, string? Place, IReadOnlyList<Invitee> Invitees, Guid? EventId,
    string? Reason, IReadOnlyList<MeetingMove> Moves, string? Minutes, IReadOnlyList<string> Attendees, IReadOnlyList<WordingView> MinutesVersions,
    IReadOnlyList<AttachmentView> Attachments, IReadOnlyList<DecisionView> Decisions,
    DateTimeOffset? HeldAt, DateTimeOffset? ClosedAt, IReadOnlyList<string> AllowedActions)
{
    /// <param name="tasks">Of its decisions.</param>
    public static MeetingView Of(Meeting meeting, IReadOnlyList<TaskInstance> tasks, IReadOnlyList<AttachmentView> files, Actor actor, DateTimeOffset now) => new(
        meeting.Id, meeting.Number, meeting.Jurisdiction, meeting.Title, meeting.Agenda, meeting.ProposedBy, meeting.ProposedByUnit, meeting.ProposedAt,
        meeting.WishedAt, meeting.State, meeting.CalledAt, meeting.StartsAt, meeting.Place, meeting.Invitees, meeting.EventId, meeting.Reason, meeting.Moves,
        meeting.Wordings.LastOrDefault()?.Text, meeting.Wordings.LastOrDefault()?.Attendees ?? [], WordingView.Of(meeting.Wordings), files, [.. meeting.Decisions.Select(decision => DecisionView.Of(decision, tasks, actor, now))], meeting.HeldAt, meeting.ClosedAt,
        meeting.AllowedActions(actor, now));
}

/// <summary>One wording of the minutes; those before it stay.</summary>
public sealed record WordingView(int Version, string Text, IReadOnlyList<string> Attendees, string? Reason, string? By, DateTimeOffset At, bool Counts)
{
    public static IReadOnlyList<WordingView> Of(IReadOnlyList<MinutesVersion> wordings) =>
        [.. wordings.Select((one, i) => new WordingView(i + 1, one.Text, one.Attendees, one.Reason, one.By, one.At, i == wordings.Count - 1))];
}

/// <param name="Task">Null for somebody who may not see it.</param>
public sealed record DecisionView(string Text, FollowingTask? Task)
{
    public static DecisionView Of(MeetingDecision decision, IReadOnlyList<TaskInstance> tasks, Actor actor, DateTimeOffset now) =>
        new(decision.Text, tasks.FirstOrDefault(task => task.Id == decision.TaskId && task.VisibleTo(actor)) is { } task ? FollowingTask.Whole(task, now) : null);
}
