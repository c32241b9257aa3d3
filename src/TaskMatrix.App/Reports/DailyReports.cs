using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Reports;

namespace TaskMatrix.App.Reports;

/// <summary>What is summed up, as far as the caller may read it.</summary>
/// <param name="Duties">By which the units report on this form, enabled ones first.</param>
/// <param name="OwnUnit">Null: every unit is read.</param>
/// <param name="Forms">On which units report by a duty that is enabled.</param>
internal sealed record ReportScope(string Jurisdiction, FormDefinition Form, IReadOnlyList<FormDefinition> Forms, IReadOnlyList<Duty> Duties, Authority? Authority, IReadOnlyList<string> Units, DateOnly Today, string? OwnUnit);

/// <summary>Reads the report tasks of days and sums them up.</summary>
public sealed class DailyReports(Session session, CatalogueSource catalogues, CurrentUser user, DomainClock clock)
{
    /// <summary>The form that is meant where none is named.</summary>
    public const string DefaultForm = "epidemic-daily";

    /// <exception cref="NotFoundException">No such form, or another jurisdiction.</exception>
    internal async Task<ReportScope> Scope(string? jurisdiction, string? form, CancellationToken ct)
    {
        var place = ReportAccess.RequireReader(user.Actor, jurisdiction);
        var catalogue = await catalogues.Current(session, ct);
        var definition = catalogue.Set.Forms.GetValueOrDefault(form ?? DefaultForm) ?? throw new NotFoundException("form", form ?? DefaultForm);
        var duties = CollectingDuties.Of(catalogue, place, definition.Id);
        return new ReportScope(
            place, definition, CollectingDuties.Forms(catalogue, place), duties, CollectingDuties.AuthorityOf(duties), [.. catalogue.Set.UnitsOf(place).Select(unit => unit.Id)],
            catalogue.Reckoning(place).LocalDate(clock.Now), ReportAccess.ReadsAll(user.Actor, catalogue, duties) ? null : user.Actor.Unit);
    }

    internal async Task<DailyRollUp> Day(ReportScope scope, DateOnly day, CancellationToken ct) => (await Days(scope, day, day, ct))[0];

    /// <summary>One for each day, in order; the tasks of all of them are read at once.</summary>
    internal async Task<IReadOnlyList<DailyRollUp>> Days(ReportScope scope, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var tasks = session.Db.Tasks.AsNoTracking().Where(task => task.Jurisdiction == scope.Jurisdiction && task.Form == scope.Form.Id
            && EF.Property<DateOnly?>(task, TaskInstanceTable.Day) >= from && EF.Property<DateOnly?>(task, TaskInstanceTable.Day) <= to);
        tasks = scope.OwnUnit is { } own ? tasks.Where(task => task.LeadUnit == own) : tasks;
        var now = clock.Now;
        var rows = await tasks.Select(task => new { Task = task, Day = EF.Property<DateOnly?>(task, TaskInstanceTable.Day) }).ToListAsync(ct);
        var days = rows.Select(row => ReportTask.Of(row.Task, row.Day!.Value, now)).ToLookup(task => task.Day);
        return [.. Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays)
            .Select(day => DailyRollUp.Of(day, days[day], scope.Units, scope.Form.FigureNames, scope.OwnUnit is null ? scope.Authority : null))];
    }
}
