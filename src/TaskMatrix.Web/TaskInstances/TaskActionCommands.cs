using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>From the name of an action and its body to the command: one table for single calls and for bulk.</summary>
internal static class TaskActionCommands
{
    private delegate ITaskCommand Reader(Guid task, JsonElement body, JsonSerializerOptions json);

    private static readonly Dictionary<string, Reader> Readers = new()
    {
        [TaskActions.Issue] = Read<EmptyBody>((id, b) => new IssueTaskDraft.Command(id, b.ExpectedVersion)),
        [TaskActions.Acknowledge] = Read<EmptyBody>((id, b) => new AcknowledgeTask.Command(id, b.ExpectedVersion)),
        [TaskActions.Decline] = Read<DeclineBody>((id, b) => new DeclineTask.Command(id, b.ExpectedVersion, b.Reason ?? "", b.ProposedUnit)),
        [TaskActions.Reassign] = Read<ReassignBody>((id, b) =>
            new ReassignTask.Command(id, b.ExpectedVersion, b.LeadUnit ?? "", b.CoUnits, b.Reason ?? "", b.AckBy, b.DueAt)),
        [TaskActions.RefuseReturn] = Read<ReasonBody>((id, b) => new RefuseReturn.Command(id, b.ExpectedVersion, b.Reason ?? "")),
        [TaskActions.Progress] = Read<ProgressBody>((id, b) =>
            new ReportProgress.Command(id, b.ExpectedVersion, b.Percent ?? throw Missing("percent"), b.Text ?? "", b.AttachmentIds)),
        [TaskActions.HandOver] = Read<HandOverBody>((id, b) => new HandOverTask.Command(id, b.ExpectedVersion, b.ToUserName ?? "", b.Reason ?? "")),
        [TaskActions.Confirm] = Read<TextBody>((id, b) => new ConfirmTask.Command(id, b.ExpectedVersion, b.Text)),
        [TaskActions.Submit] = Read<SubmitBody>((id, b) =>
            new SubmitTask.Command(id, b.ExpectedVersion, b.Text ?? "", b.Form, b.AttachmentIds, b.Outcome)),
        [TaskActions.Sign] = Read<OpinionBody>((id, b) => new SignTask.Command(id, b.ExpectedVersion, b.Opinion)),
        [TaskActions.RefuseSignature] = Read<ReasonBody>((id, b) => new RefuseSignature.Command(id, b.ExpectedVersion, b.Reason ?? "")),
        [TaskActions.Approve] = Read<OpinionBody>((id, b) => new ApproveTask.Command(id, b.ExpectedVersion, b.Opinion)),
        [TaskActions.Return] = Read<ReturnBody>((id, b) => new ReturnTask.Command(id, b.ExpectedVersion, b.Reason ?? "", b.DueAt)),
        [TaskActions.Suspend] = Read<SuspendBody>((id, b) => new SuspendTask.Command(id, b.ExpectedVersion, b.Reason ?? "", b.ExpectedResume)),
        [TaskActions.Resume] = Read<EmptyBody>((id, b) => new ResumeTask.Command(id, b.ExpectedVersion)),
        [TaskActions.RequestExtension] = Read<ExtensionBody>((id, b) =>
            new RequestExtension.Command(id, b.ExpectedVersion, b.Reason ?? "", b.Progress ?? "", b.DueAt ?? throw Missing("dueAt"))),
        [TaskActions.DecideExtension] = Read<DecideBody>((id, b) =>
            new DecideExtension.Command(id, b.ExpectedVersion, b.Granted ?? throw Missing("granted"), b.DueAt, b.Opinion ?? "")),
        [TaskActions.Urge] = Read<TextBody>((id, b) => new UrgeTask.Command(id, b.ExpectedVersion, b.Text)),
        [TaskActions.MarkNotApplicable] = Read<ReasonBody>((id, b) => new MarkNotApplicable.Command(id, b.ExpectedVersion, b.Reason ?? "")),
        [TaskActions.Terminate] = Read<TerminateBody>((id, b) => new TerminateTask.Command(id, b.ExpectedVersion, b.Reason ?? "", b.Reference)),
        [TaskActions.Reopen] = Read<ReopenBody>((id, b) =>
            new ReopenTask.Command(id, b.ExpectedVersion, b.Reason ?? "", b.DueAt ?? throw Missing("dueAt"))),
    };

    public static IEnumerable<string> Actions => Readers.Keys;

    /// <exception cref="BadHttpRequestException">The body is not what the action takes (400).</exception>
    /// <exception cref="ValidationException">A required member is missing, or there is no such action (400).</exception>
    public static ITaskCommand Of(string action, Guid task, JsonElement body, JsonSerializerOptions json) =>
        Readers.TryGetValue(action, out var read)
            ? read(task, body, json)
            : throw new ValidationException([new ValidationFailure("action", "task.unknown-action", action) { ErrorCode = "task.unknown-action" }]);

    private static Reader Read<T>(Func<Guid, T, ITaskCommand> command) => (task, body, json) =>
    {
        if (body.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined or JsonValueKind.Null))
        {
            throw new BadHttpRequestException("a JSON object is expected");
        }

        try
        {
            var text = body.ValueKind == JsonValueKind.Object ? body.GetRawText() : "{}";
            return command(task, JsonSerializer.Deserialize<T>(text, json)!);
        }
        catch (JsonException malformed)
        {
            throw new BadHttpRequestException(malformed.Message, malformed);
        }
    };

    private static ValidationException Missing(string field) =>
        new([new ValidationFailure(field, "request.missing-member") { ErrorCode = "request.missing-member" }]);
}
