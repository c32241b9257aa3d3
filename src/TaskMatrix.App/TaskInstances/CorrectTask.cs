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

/// <summary>更正 of a report that was filed: a new version beside the old one, with its reason.</summary>
public static class CorrectTask
{
    /// <param name="Form">All the values as they should have been, checked against the schema of the task's form.</param>
    /// <param name="Outcome">done when null; nothingToReport makes it a nil report, which needs no form.</param>
    /// <param name="Text">The words of the report as they were when null.</param>
    public sealed record Command(
        Guid TaskId, int? ExpectedVersion, JsonElement? Form, string Reason, Outcome? Outcome, string? Text) : ITaskCommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Reason).NotEmpty().MaximumLength(TaskTexts.Longest);
            RuleFor(command => command.Text).MaximumLength(TaskTexts.Longest);
            RuleFor(command => command.Form).Must(form => form is null or { ValueKind: JsonValueKind.Object or JsonValueKind.Null })
                .WithErrorCode("form.not-an-object");
        }
    }

    internal sealed class Handler(TaskLedger ledger, CurrentUser user, DomainClock clock, Session session, CatalogueSource catalogues)
        : IRequestHandler<Command, TaskView>
    {
        public async Task<TaskView> Handle(Command command, CancellationToken ct)
        {
            var task = await ledger.Load(command.TaskId, command.ExpectedVersion, user.Actor, ct);
            var form = task.Form is null ? null : await Checked(command, task, await catalogues.Current(session, ct), ct);
            var report = new Report(command.Text ?? task.ReportText ?? "", form, [], command.Outcome ?? Outcome.Done);
            task.Correct(user.Actor, report, command.Reason, clock.Now);
            return TaskView.Of(await ledger.Commit(task, ct), user.Actor, clock.Now);
        }

        private async Task<string?> Checked(Command command, TaskInstance task, Catalogue catalogue, CancellationToken ct) => await FormChecks.Check(
            command.Form, task.Form, catalogue, await ChecklistItems.Of(session.Db, catalogue, task.Duty, task.DutyVersion, ct), command.Outcome);
    }
}
