using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Reports;

/// <summary>汇总上报: the office's own unit gets the task to report the sums of a day upwards, signed off, once a day and form.</summary>
public static class SummarizeReports
{
    /// <param name="Date">Local date; null: today.</param>
    public sealed record Command(DateOnly? Date, string? Form) : IRequest<TaskView>, ICommand;

    /// <summary>原文未写: how long the summary may take. An assumption.</summary>
    public const string DueIn = "PT4H";

    internal sealed class Handler(
        Session session, DailyReports reports, CatalogueSource catalogues, TaskLedger ledger, TaskNumbers numbers, CurrentUser user, DomainClock clock)
        : IRequestHandler<Command, TaskView>
    {
        /// <returns>The task, made now or before.</returns>
        public async Task<TaskView> Handle(Command command, CancellationToken ct)
        {
            var scope = await reports.Scope(null, command.Form, ct);
            ReportAccess.RequireSummarizer(user.Actor);
            var day = command.Date ?? scope.Today;
            var (duty, plan) = await Collecting(scope, day, ct);
            var key = $"{day:yyyy-MM-dd}/summary";
            var known = await session.Db.Tasks.AsNoTracking().Where(
                task => task.Duty == duty.Id && task.IssuedTo == Actor.OfficeUnit && task.Occurrence!.StartsWith(key) && task.Activation == plan.Activation).ToListAsync(ct);
            if (known.Find(task => task.State is not (TaskState.Terminated or TaskState.NotApplicable)) is { } standing)
            {
                return TaskView.Of(standing, user.Actor, clock.Now);
            }

            // One that was called off keeps its key.
            key += known.Count == 0 ? "" : $"#{known.Count + 1}";
            await RequireReports(scope, day, ct);

            var catalogue = await catalogues.Current(session, ct);
            var issue = await Issue(duty, plan, day, key, catalogue, ct);
            var task = TaskInstance.Issue(issue, user.Actor, catalogue.Reckoning(scope.Jurisdiction), clock.Now);
            return TaskView.Of(await ledger.Commit(task, ct), user.Actor, clock.Now);
        }

        /// <summary>The duty by which the units report; of a plan that has ended, for the days before its end and that day itself.</summary>
        /// <exception cref="RuleBrokenException">report.not-collected (409): no duty in force has units report on this form.</exception>
        private async Task<(Duty Duty, Plan Plan)> Collecting(ReportScope scope, DateOnly day, CancellationToken ct)
        {
            var duties = scope.Duties.Where(duty => duty.Enabled).ToList();
            var ids = duties.ConvertAll(duty => duty.Plan);
            var plans = await session.Db.Plans.AsNoTracking().Where(plan => ids.Contains(plan.Id)).ToListAsync(ct);
            var reckoning = (await catalogues.Current(session, ct)).Reckoning(scope.Jurisdiction);
            bool Covers(Plan plan) => plan is { Status: PlanStatus.Active } || (plan.EndedAt is { } ended && day <= reckoning.LocalDate(ended));
            foreach (var plan in plans.Where(Covers).OrderBy(plan => plan.Status != PlanStatus.Active).ThenByDescending(plan => plan.EndedAt))
            {
                return (duties.Find(duty => duty.Plan == plan.Id)!, plan);
            }

            throw new RuleBrokenException("report.not-collected", RuleKind.Conflict, scope.Form.Id);
        }

        /// <exception cref="RuleBrokenException">report.none-expected (409): no unit had to report on that day.</exception>
        private async Task RequireReports(ReportScope scope, DateOnly day, CancellationToken ct)
        {
            if (!await session.Db.Tasks.AnyAsync(task => task.Jurisdiction == scope.Jurisdiction && task.Form == scope.Form.Id && EF.Property<DateOnly?>(task, TaskInstanceTable.Day) == day, ct))
            {
                throw new RuleBrokenException("report.none-expected", RuleKind.Conflict, $"{day:yyyy-MM-dd}");
            }
        }

        private async Task<TaskIssue> Issue(Duty duty, Plan plan, DateOnly day, string key, Catalogue catalogue, CancellationToken ct)
        {
            var place = catalogue.Set.Jurisdiction(duty.Jurisdiction)!;
            var form = catalogue.Set.Forms[TaskIssue.SummaryForm];
            return new TaskIssue
            {
                Id = Guid.CreateVersion7(clock.Now), Jurisdiction = place.Id, Plan = duty.Plan, Activation = plan.Activation, Duty = duty.Id, DutyVersion = duty.Version,
                Number = await numbers.Next(place.Id, place.NumberPrefix, catalogue.Reckoning(place.Id).LocalDate(clock.Now).Year, ct),
                Occurrence = key, Clause = duty.Clause.ClauseId, Title = $"{form.Title} {day:yyyy-MM-dd}", English = $"{form.English} {day:yyyy-MM-dd}",
                Source = new TaskSource("duty", duty.Id), LeadUnit = Actor.OfficeUnit, CoUnits = [new CoUnit("leading-group", "inform")],
                AccountablePost = catalogue.AccountablePost(place.Id, Actor.OfficeUnit), SignOffRequired = true, ReviewRequired = false,
                AcknowledgeRequired = false, Form = TaskIssue.SummaryForm, Zone = place.Zone, Ladder = DutyDefaults.ReminderLadder, DueIn = DueIn, Exercise = clock.IsExercise,
            };
        }
    }
}

/// <summary>What a summary would say at this moment: the sums, or the figure of the unit whose report holds, and how many reported.</summary>
public static class GetSummaryFigures
{
    public sealed record Query(Guid TaskId) : IRequest<JsonElement?>;

    internal sealed class Handler(Session session, CatalogueSource catalogues, DailyReports reports, CurrentUser user) : IRequestHandler<Query, JsonElement?>
    {
        /// <returns>Null where the task is no summary, or the caller may not read all that it sums up.</returns>
        public async Task<JsonElement?> Handle(Query query, CancellationToken ct)
        {
            var row = await session.Db.Tasks.AsNoTracking().Where(task => task.Id == query.TaskId)
                .Select(task => new { Task = task, Day = EF.Property<DateOnly?>(task, TaskInstanceTable.Day) }).SingleOrDefaultAsync(ct);
            if (row is null || !row.Task.VisibleTo(user.Actor))
            {
                throw new NotFoundException("task", query.TaskId.ToString());
            }

            var duty = row.Task.Duty is { } id ? (await catalogues.Current(session, ct)).Duty(id) : null;
            if (row.Task.Form != TaskIssue.SummaryForm || row.Day is not { } day || duty is null || CollectingDuties.FormOf(duty) is not { } form)
            {
                return null;
            }

            var scope = await reports.Scope(null, form, ct);
            return scope.OwnUnit is null ? Figures(await reports.Day(scope, day, ct), (await catalogues.Current(session, ct)).Set.Forms[TaskIssue.SummaryForm]) : null;
        }

        private static JsonElement Figures(DailyRollUp day, FormDefinition summary)
        {
            var figures = new Dictionary<string, long>(day.Totals);
            foreach (var (field, value) in day.Authoritative)
            {
                figures[field] = value;
            }

            (figures["expected"], figures["received"], figures["missing"]) = (day.Expected, day.Received, day.Count(ReportStatus.Missing));
            return JsonSerializer.SerializeToElement(figures.Where(figure => summary.Fields.Contains(figure.Key)).ToDictionary());
        }
    }
}
