using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>A leader's instruction as one person sees it.</summary>
/// <param name="IssuedBy">Post of the leader.</param>
/// <param name="RegisteredBy">Post of who registered it for the leader; null: the leader wrote it.</param>
/// <param name="Tasks">Those the caller may see.</param>
/// <param name="Assumption">What the document does not say of how it came in; null where a leader wrote it.</param>
public sealed record InstructionView(
    Guid Id, string Number, string Jurisdiction, string Title, string Text, string IssuedBy, string? RegisteredBy, DateTimeOffset IssuedAt, DateTimeOffset? DueAt,
    string? Reference, InstructionState State, DateTimeOffset? ClosedAt, InstructionEnd? EndedBy, string? ClosingText, string EventId, IReadOnlyList<FollowingTask> Tasks,
    IReadOnlyList<InstructionFeedback> Feedback, string? Assumption, IReadOnlyList<string> AllowedActions)
{
    public const string EventKind = "instruction-issued";

    /// <param name="tasks">All its tasks.</param>
    public static InstructionView Of(Instruction instruction, IReadOnlyList<TaskInstance> tasks, Catalogue catalogue, Actor actor, DateTimeOffset now) =>
        Of(instruction, tasks, FollowUp.Of([.. tasks.Select(task => task.State)]), catalogue, actor, now);

    private static InstructionView Of(
        Instruction instruction, IReadOnlyList<TaskInstance> tasks, FollowUp standing, Catalogue catalogue, Actor actor, DateTimeOffset now) => new(
        instruction.Id, instruction.Number, instruction.Jurisdiction, instruction.Title, instruction.Text, instruction.IssuedBy, instruction.RegisteredBy,
        instruction.IssuedAt, instruction.DueAt, instruction.Reference, instruction.State, instruction.ClosedAt, instruction.EndedBy(standing),
        instruction.ClosingText, instruction.EventKey,
        [.. tasks.Where(task => task.VisibleTo(actor)).Select(task => FollowingTask.Whole(task, now))], instruction.Feedback,
        instruction.RegisteredBy is null ? null : catalogue.Set.EventKind(EventKind)?.Assumption,
        instruction.AllowedActions(actor, standing));
}
