using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Reports;

/// <summary>The checklists of one day, for each duty and unit, item by item.</summary>
public static class GetChecklists
{
    /// <param name="Date">Local day of the occurrence; null: today.</param>
    public sealed record Query(string? Jurisdiction, DateOnly? Date) : IRequest<Result>;

    public sealed record Result(DateOnly Date, IReadOnlyList<ChecklistView> Checklists);

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            var actor = user.Actor;
            if ((query.Jurisdiction ?? actor.Jurisdiction) != actor.Jurisdiction || !PlanAccess.MayRead(actor))
            {
                throw new NotFoundException("jurisdiction", query.Jurisdiction ?? actor.Jurisdiction);
            }

            var catalogue = await catalogues.Current(session, ct);
            var date = query.Date ?? catalogue.Reckoning(actor.Jurisdiction).LocalDate(clock.Now);
            var tasks = await Tasks(catalogue, date, ct);
            var items = await ChecklistItems.Of(session.Db, catalogue, tasks, ct);
            var order = catalogue.Set.Duties.Select((duty, i) => (duty.Id, i)).ToDictionary(pair => pair.Id, pair => pair.i);
            var units = catalogue.Set.UnitsOf(actor.Jurisdiction).Select((unit, i) => (unit.Id, i)).ToDictionary(pair => pair.Id, pair => pair.i);
            return new Result(date, [.. tasks.Select(task => ChecklistView.Of(task, items(task), actor, clock.Now))
                .OrderByDescending(view => view.Problems > 0).ThenBy(view => order.GetValueOrDefault(view.Duty, int.MaxValue)).ThenBy(view => units.GetValueOrDefault(view.Unit, int.MaxValue))]);
        }

        /// <summary>By duty, unit and occurrence, the key under which each stands once.</summary>
        private async Task<List<TaskInstance>> Tasks(Catalogue catalogue, DateOnly date, CancellationToken ct)
        {
            var place = user.Actor.Jurisdiction;
            var duties = catalogue.Set.Duties.Where(duty => duty.Jurisdiction == place
                && catalogue.ProcessOf(duty).Steps.OfType<Engine.Workflows.WorkStep>().Any(step => step.Form == Checklist.Form)).Select(duty => duty.Id).ToList();
            var units = catalogue.Set.UnitsOf(place).Select(unit => unit.Id).ToList();
            var day = date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            var tasks = await new TaskFilter().Apply(session.Db, user.Actor, clock.Now)
                .Where(task => task.Form == Checklist.Form && duties.Contains(task.Duty!) && units.Contains(task.IssuedTo) && task.Occurrence!.StartsWith(day))
                .OrderBy(task => task.Number).ToListAsync(ct);
            return tasks.FindAll(task => task.State is not TaskState.Terminated || !tasks.Exists(other => AsksAgain(other, task)));
        }

        /// <summary>The list that was terminated gives way to the one asked for in its place.</summary>
        private static bool AsksAgain(TaskInstance task, TaskInstance before) =>
            task.Duty == before.Duty && task.IssuedTo == before.IssuedTo && DutyTask.AsksAgain(task.Occurrence!, before.Occurrence!);
    }
}

/// <summary>One checklist of one unit.</summary>
/// <param name="Recorded">Whether it was filed item by item; false while it is open and where it was closed with words alone.</param>
/// <param name="Items">Problems first, then what was not done, then what was done; without a result where nothing is recorded.</param>
public sealed record ChecklistView(
    string Duty, string Title, string English, string Unit, Guid TaskId, string Number, TaskState State, Light Light, DateTimeOffset? DueAt, DateTimeOffset? SubmittedAt,
    bool Recorded, int Done, int Problems, int NotDone, IReadOnlyList<ChecklistItemView> Items)
{
    internal static ChecklistView Of(TaskInstance task, IReadOnlyList<string> items, Engine.Organisations.Actor actor, DateTimeOffset now)
    {
        var view = TaskView.Of(task, actor, now);
        var answers = ChecklistAnswers.Of(view.Report).ToDictionary(answer => answer.Item);
        var listed = items.Union(answers.Keys).Select(item => answers.TryGetValue(item, out var answer)
            ? new ChecklistItemView(item, answer.Result, answer.Note) : new ChecklistItemView(item, null, null));
        int Count(string result) => answers.Values.Count(answer => answer.Result == result);
        return new ChecklistView(
            task.Duty!, task.Title, task.English, task.LeadUnit, task.Id, task.Number, task.State, view.Light, task.DueAt, task.SubmittedAt,
            answers.Count > 0, Count(Checklist.Done), Count(Checklist.Problem), Count(Checklist.NotDone), [.. listed.OrderBy(item => Order(item.Result))]);
    }

    private static int Order(string? result) => result switch { Checklist.Problem => 0, Checklist.NotDone => 1, null => 3, _ => 2 };
}

/// <param name="Result">done, problem or notDone; null: not recorded.</param>
public sealed record ChecklistItemView(string Item, string? Result, string? Note);
