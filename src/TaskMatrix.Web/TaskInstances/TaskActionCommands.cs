using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>From the name of an action and its body to the command: one table for single calls and for bulk.</summary>
internal static class TaskActionCommands
{
    private delegate ITaskCommand Read(Guid task, JsonElement body, JsonSerializerOptions json);

    /// <param name="Body">What the action takes, for the description of the API.</param>
    private sealed record Reader(Type Body, Read Read);

    private static readonly Dictionary<string, Reader> Readers = new()
    {
        [TaskActions.Issue] = Taking<EmptyBody>((id, b) => new IssueTaskDraft.Command(id, b.ExpectedVersion)),
        [TaskActions.Acknowledge] = Taking<EmptyBody>((id, b) => new AcknowledgeTask.Command(id, b.ExpectedVersion)),
        [TaskActions.Decline] = Taking<DeclineBody>((id, b) => new DeclineTask.Command(id, b.ExpectedVersion, b.Reason ?? "", b.ProposedUnit)),
        [TaskActions.Reassign] = Taking<ReassignBody>((id, b) =>
            new ReassignTask.Command(id, b.ExpectedVersion, b.LeadUnit ?? "", b.CoUnits, b.Reason ?? "", b.AckBy, b.DueAt)),
        [TaskActions.RefuseReturn] = Taking<ReasonBody>((id, b) => new RefuseReturn.Command(id, b.ExpectedVersion, b.Reason ?? "")),
        [TaskActions.Progress] = Taking<ProgressBody>((id, b) =>
            new ReportProgress.Command(id, b.ExpectedVersion, b.Percent ?? throw Missing("percent"), b.Text ?? "", b.AttachmentIds)),
        [TaskActions.HandOver] = Taking<HandOverBody>((id, b) => new HandOverTask.Command(id, b.ExpectedVersion, b.ToUserName ?? "", b.Reason ?? "")),
        [TaskActions.PassDown] = Taking<PassDownBody>((id, b) => new PassDownTask.Command(id, b.ExpectedVersion, b.DueAt, b.Text)),
        [TaskActions.Confirm] = Taking<TextBody>((id, b) => new ConfirmTask.Command(id, b.ExpectedVersion, b.Text)),
        [TaskActions.Submit] = Taking<SubmitBody>((id, b) =>
            new SubmitTask.Command(id, b.ExpectedVersion, b.Text ?? "", b.Form, b.AttachmentIds, b.Outcome)),
        [TaskActions.Sign] = Taking<OpinionBody>((id, b) => new SignTask.Command(id, b.ExpectedVersion, b.Opinion)),
        [TaskActions.RefuseSignature] = Taking<ReasonBody>((id, b) => new RefuseSignature.Command(id, b.ExpectedVersion, b.Reason ?? "")),
        [TaskActions.Approve] = Taking<OpinionBody>((id, b) => new ApproveTask.Command(id, b.ExpectedVersion, b.Opinion)),
        [TaskActions.Return] = Taking<ReturnBody>((id, b) => new ReturnTask.Command(id, b.ExpectedVersion, b.Reason ?? "", b.DueAt)),
        [TaskActions.Suspend] = Taking<SuspendBody>((id, b) => new SuspendTask.Command(id, b.ExpectedVersion, b.Reason ?? "", b.ExpectedResume)),
        [TaskActions.Resume] = Taking<EmptyBody>((id, b) => new ResumeTask.Command(id, b.ExpectedVersion)),
        [TaskActions.RequestExtension] = Taking<ExtensionBody>((id, b) =>
            new RequestExtension.Command(id, b.ExpectedVersion, b.Reason ?? "", b.Progress ?? "", b.DueAt ?? throw Missing("dueAt"))),
        [TaskActions.DecideExtension] = Taking<DecideBody>((id, b) =>
            new DecideExtension.Command(id, b.ExpectedVersion, b.Granted ?? throw Missing("granted"), b.DueAt, b.Opinion ?? "")),
        [TaskActions.Urge] = Taking<TextBody>((id, b) => new UrgeTask.Command(id, b.ExpectedVersion, b.Text)),
        [TaskActions.MarkNotApplicable] = Taking<ReasonBody>((id, b) => new MarkNotApplicable.Command(id, b.ExpectedVersion, b.Reason ?? "")),
        [TaskActions.Terminate] = Taking<TerminateBody>((id, b) => new TerminateTask.Command(id, b.ExpectedVersion, b.Reason ?? "", b.Reference)),
        [TaskActions.ConfirmReceipt] = Taking<TextBody>((id, b) => new ConfirmReceipt.Command(id, b.ExpectedVersion, b.Text)),
        [TaskActions.Correct] = Taking<CorrectBody>((id, b) => new CorrectTask.Command(id, b.ExpectedVersion, b.Form, b.Reason ?? "", b.Outcome, b.Text)),
        [TaskActions.Reopen] = Taking<ReopenBody>((id, b) =>
            new ReopenTask.Command(id, b.ExpectedVersion, b.Reason ?? "", b.DueAt ?? throw Missing("dueAt"), b.Reference)),
    };

    /// <summary>Every action and what it takes.</summary>
    public static IEnumerable<(string Action, Type Body)> Actions => Readers.Select(reader => (reader.Key, reader.Value.Body));

    /// <exception cref="BadHttpRequestException">The body is not what the action takes (400).</exception>
    /// <exception cref="ValidationException">A required member is missing, or there is no such action (400).</exception>
    public static ITaskCommand Of(string action, Guid task, JsonElement body, JsonSerializerOptions json) =>
        Readers.TryGetValue(action, out var reader)
            ? reader.Read(task, body, json)
            : throw new ValidationException([new ValidationFailure("action", "task.unknown-action", action) { ErrorCode = "task.unknown-action" }]);

    private static Reader Taking<T>(Func<Guid, T, ITaskCommand> command) => new(typeof(T), (task, body, json) =>
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
    });

    private static ValidationException Missing(string field) =>
        new([new ValidationFailure(field, "request.missing-member") { ErrorCode = "request.missing-member" }]);
}
