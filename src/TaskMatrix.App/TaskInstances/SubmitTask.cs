using System.Text.Json;
using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

/// <summary>报结, also 补报 of a missed one.</summary>
public static class SubmitTask
{
    /// <param name="Form">Values of the task's form, checked against its schema.</param>
    public sealed record Command(
        Guid TaskId, int? ExpectedVersion, string Text, JsonElement? Form, IReadOnlyList<Guid>? AttachmentIds, Outcome? Outcome) : ITaskCommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Text).NotEmpty().MaximumLength(TaskTexts.Longest);
            RuleFor(command => command.Form).Must(form => form is null or { ValueKind: JsonValueKind.Object or JsonValueKind.Null })
                .WithErrorCode("form.not-an-object");
        }
    }

    internal sealed class Handler(
        TaskLedger ledger, CurrentUser user, DomainClock clock, Session session, CatalogueSource catalogues, AttachmentStore attachments)
        : IRequestHandler<Command, TaskView>
    {
        public async Task<TaskView> Handle(Command command, CancellationToken ct)
        {
            var task = await ledger.Load(command.TaskId, command.ExpectedVersion, user.Actor, ct);
            var catalogue = await catalogues.Current(session, ct);
            var items = await ChecklistItems.Of(session.Db, catalogue, task.Duty, task.DutyVersion, ct);
            var form = await FormChecks.Check(command.Form, task.Form, catalogue, items, command.Outcome);
            var files = await attachments.Claim(task, command.AttachmentIds, user.Actor, ct);
            task.Submit(user.Actor, new Report(command.Text, form, files, command.Outcome ?? Outcome.Done), clock.Now);
            return TaskView.Of(await ledger.Commit(task, ct), user.Actor, clock.Now);
        }
    }
}
