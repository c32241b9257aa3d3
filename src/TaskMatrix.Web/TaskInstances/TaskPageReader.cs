using System.Text.Json;
using System.Text.Json.Nodes;
using MediatR;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Plans;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>An action that was refused, with what had been typed.</summary>
public sealed record RefusedAction(string Action, IFormCollection Posted, PageProblem Problem);

/// <param name="Duty">Null for a task assigned by hand.</param>
/// <param name="Event">The event that started it; null where none did.</param>
/// <param name="Run">Tasks of the same run of its process that the visitor may see, this one included.</param>
/// <param name="Colleagues">Whom it can be handed over to; empty where that is not allowed now.</param>
public sealed record TaskPageModel(
    TaskView Task, IReadOnlyList<TaskEventView> Events, DutyView? Duty, PlanView? Plan, QuotedClause? Clause, FormDefinition? Form,
    IReadOnlyList<AttachmentView> Files, IReadOnlyList<ColleagueView> Colleagues, RefusedAction? Refused, EventView? Event, TaskOrigin? Origin,
    IReadOnlyList<TaskView> Run)
{
    /// <summary>Whose user names stand in the task and its record, by these.</summary>
    public IReadOnlyDictionary<string, PersonView> People { get; init; } = new Dictionary<string, PersonView>();

    /// <summary>Who was told of it by mail or robots.</summary>
    public IReadOnlyList<TaskDeliveryView> Deliveries { get; init; } = [];

    /// <summary>Inspections about it that the visitor may know of, the newest first; the closed ones too.</summary>
    public IReadOnlyList<InspectionView> Inspections { get; init; } = [];

    /// <summary>What was handed in and corrected, oldest first.</summary>
    public IReadOnlyList<ReportVersionView> Versions { get; init; } = [];

    /// <summary>The process with the steps where its run stands; null where it has but one task, and where the page looks back.</summary>
    public DrawWorkflow.Drawing? Drawing { get; init; }

    /// <summary>The moment the page looks back to; null: the present.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>
    /// What the form begins with where nothing was handed in: the sums of the day for a summary, the register's figures for a
    /// daily register.
    /// </summary>
    public JsonElement? Suggested { get; init; }
}

/// <summary>What a task came from, where that has a page of its own.</summary>
public sealed record TaskOrigin(string Address, string Text);

/// <summary>Gathers what the page of a task shows.</summary>
internal sealed class TaskPageReader(IMediator mediator, CurrentUser user)
{
    private const string RegisterForm = "register-daily";

    /// <param name="asOf">Shows it as it stood then: what happened later is left out, and nothing can be done. Null: now.</param>
    public async Task<TaskPageModel> Read(Guid id, RefusedAction? refused, CancellationToken ct, DateTimeOffset? asOf = null)
    {
        var task = await mediator.Send(new GetTask.Query(id, asOf), ct);
        var files = await mediator.Send(new ListAttachments.Query(id), ct);
        var events = await mediator.Send(new GetTaskEvents.Query(id), ct);
        var duty = task.Duty is null ? null : await Optional(new GetDuty.Query(task.Duty), ct);
        var plan = task.Plan is null ? null : await Optional(new GetPlan.Query(task.Plan), ct);
        var named = task is { Plan: null, Clause: { } reference } ? await mediator.Send(new GetClause.Query(reference), ct) : null;
        plan ??= named is null ? null : await Optional(new GetPlan.Query(named.Plan), ct);
        var clause = plan is null ? null : await Clause(plan, duty, named, ct);
        var raised = task.Source is { Kind: "event" } && Guid.TryParse(task.Source.Reference, out var happened) ? await Optional(new GetEvent.Query(happened), ct) : null;
        return new TaskPageModel(
            task, asOf is { } moment ? [.. events.Where(happened => happened.At <= moment)] : events, duty, plan, clause, await Form(task, ct),
            asOf is null ? files : [.. files.Where(file => task.AttachmentIds.Contains(file.Id.ToString()))],
            task.AllowedActions.Contains(TaskActions.HandOver) ? await mediator.Send(new ListColleagues.Query(), ct) : [], refused,
            raised, await Origin(task, raised, ct), await Run(task, ct))
        {
            AsOf = asOf,
            People = (await mediator.Send(new FindPeople.Query([.. events.SelectMany(HistoryEntry.Assignees).Append(task.Assignee).OfType<string>().Distinct()]), ct)).ToDictionary(person => person.UserName),
            Drawing = asOf is null ? await Drawing(task, ct) : null,
            Deliveries = asOf is null ? await mediator.Send(new ListTaskDeliveries.Query(id), ct) : [],
            Inspections = asOf is null ? (await mediator.Send(new ListInspections.Query(null, null, null, Paging.First, Task: id), ct)).Items : [],
            Versions = asOf is null && task is { Form: not null, SubmittedAt: not null } ? await mediator.Send(new GetReportVersions.Query(id), ct) : [],
            Suggested = task is { Form: TaskIssue.SummaryForm, Report: null } ? await mediator.Send(new GetSummaryFigures.Query(id), ct) : await OfRegister(task, duty, ct),
        };
    }

    public async Task<FormDefinition?> ReportForm(Guid id, CancellationToken ct) => await Form(await mediator.Send(new GetTask.Query(id), ct), ct);

    /// <summary>Whether the conflict is only the same form sent twice: my own action was the next thing that happened.</summary>
    public async Task<bool> WasDoneByMe(Guid id, string action, IFormCollection posted, CancellationToken ct)
    {
        var seen = int.TryParse(posted["expectedVersion"], out var version) ? version : 0;
        var events = await mediator.Send(new GetTaskEvents.Query(id), ct);
        return events.Any(happened => happened.Sequence > seen && happened.Action == action
            && (string?)((JsonObject?)happened.Actor)?["userName"] == user.Actor.UserName);
    }

    private async Task<TaskOrigin?> Origin(TaskView task, EventView? raised, CancellationToken ct) => (task.Source.Kind, Guid.TryParse(task.Source.Reference, out var id)) switch
    {
        ("event", true) when raised is not null => new TaskOrigin($"/events/{id}", Texts.Pick(raised.Title, raised.English)),
        ("instruction", true) when await Optional(new GetInstruction.Query(id), ct) is { } instruction => new TaskOrigin($"/instructions/{id}", instruction.Number),
        (InspectionLedger.TaskSource, true) when await Optional(new GetInspection.Query(id), ct) is { } inspection => new TaskOrigin($"/inspections/{id}", inspection.Number),
        ("meeting", true) when await Optional(new GetMeeting.Query(id), ct) is { } meeting => new TaskOrigin($"/meetings/{id}", meeting.Number),
        _ => null,
    };

    /// <summary>The sentence it rests on within its document: its duty's, or the one that was named when it was given.</summary>
    private async Task<QuotedClause?> Clause(PlanView plan, DutyView? duty, FoundClause? named, CancellationToken ct)
    {
        var clause = duty?.Clause ?? (named is null ? null : (await mediator.Send(new ListClauses.Query(plan.Id), ct)).Where(one => one.Id == named.ClauseId)
            .Select(one => new DutyClause(one.Id, one.Section ?? "", one.Text, one.Start, one.End)).FirstOrDefault());
        return clause is null ? null : QuotedClause.Of(await mediator.Send(new GetPlanDocument.Query(plan.Id), ct), clause);
    }

    private async Task<IReadOnlyList<TaskView>> Run(TaskView task, CancellationToken ct) =>
        task.Run is null ? [] : (await mediator.Send(new ListTasks.Query(new TaskFilter { Run = task.Run }, "number", Paging.First), ct)).Items;

    /// <summary>A process of one task would only repeat the state of that task.</summary>
    private async Task<DrawWorkflow.Drawing?> Drawing(TaskView task, CancellationToken ct) =>
        task.Workflow is { } workflow && await Optional(new DrawWorkflow.Query(workflow, task.Id, Texts.English), ct) is { Steps: > 1 } drawing ? drawing : null;

    /// <summary>Figures of the register on the day of the task; null where the duty keeps none or another unit does.</summary>
    private async Task<JsonElement?> OfRegister(TaskView task, DutyView? duty, CancellationToken ct)
    {
        if (task.Form != RegisterForm || duty?.Register is not { Daily: true } || !task.AllowedActions.Contains(TaskActions.Submit)
            || !DateOnly.TryParseExact(task.Occurrence?[..Math.Min(10, task.Occurrence.Length)], "yyyy-MM-dd", out var day))
        {
            return null;
        }

        var register = (await mediator.Send(new ListRegisters.Query(null, duty.Id, task.LeadUnit, day), ct)).SingleOrDefault();
        return register is { Lines: > 0 } ? JsonSerializer.SerializeToElement(register.Figures, JsonSerializerOptions.Web) : null;
    }

    private async Task<FormDefinition?> Form(TaskView task, CancellationToken ct) =>
        task.Form is null ? null : await Optional(new GetForm.Query(task.Form), ct);

    /// <summary>A duty or form that is published no longer leaves the task readable.</summary>
    private async Task<T?> Optional<T>(IRequest<T> query, CancellationToken ct)
        where T : class
    {
        try
        {
            return await mediator.Send(query, ct);
        }
        catch (NotFoundException)
        {
            return null;
        }
    }
}
