using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Reports;

namespace TaskMatrix.App.Reports;

/// <summary>The registers that the caller may see, one for each duty and unit, with their figures on a day.</summary>
public static class ListRegisters
{
    /// <param name="Date">Null: today.</param>
    public sealed record Query(string? Jurisdiction, string? Duty, string? Unit, DateOnly? Date) : IRequest<IReadOnlyList<RegisterView>>;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock)
        : IRequestHandler<Query, IReadOnlyList<RegisterView>>
    {
        public async Task<IReadOnlyList<RegisterView>> Handle(Query query, CancellationToken ct)
        {
            var actor = user.Actor;
            if ((query.Jurisdiction ?? actor.Jurisdiction) != actor.Jurisdiction || !PlanAccess.MayRead(actor))
            {
                throw new NotFoundException("jurisdiction", query.Jurisdiction ?? actor.Jurisdiction);
            }

            var catalogue = await catalogues.Current(session, ct);
            var duties = catalogue.Set.Duties.Where(duty => duty.Jurisdiction == actor.Jurisdiction && duty.Register is not null
                && (query.Duty is null || duty.Id == query.Duty)).ToList();
            var date = query.Date ?? catalogue.Reckoning(actor.Jurisdiction).LocalDate(clock.Now);
            var counts = await RegisterCounts.Of(session.Db, [.. duties.Select(duty => duty.Id)], query.Unit, catalogue.Reckoning(actor.Jurisdiction), date, ct);
            return [.. Books(duties, counts, catalogue, actor).Where(book => query.Unit is null || book.Unit == query.Unit)
                .Select(book => RegisterView.Of(book, date, RegisterDay.Of([.. counts[(book.Duty.Id, book.Unit)]])))];
        }

        /// <summary>Of every unit that leads, and of those that led once and left lines behind.</summary>
        private static IEnumerable<RegisterBook> Books(
            List<Duty> duties, ILookup<(string Duty, string Unit), RegisterCount> counts, Catalogue catalogue, Actor actor) =>
            from duty in duties
            let columns = RegisterColumns.Of(duty.Register!, catalogue.Set)
            from unit in duty.LeadUnits.Union(counts.Select(count => count.Key).Where(key => key.Duty == duty.Id).Select(key => key.Unit))
            let right = RegisterRights.Of(duty, unit, actor)
            where right != RegisterRight.None
            select new RegisterBook(duty, unit, actor, right, columns, catalogue.Reckoning(duty.Jurisdiction));
    }
}

/// <summary>Counts lines and their results on a day, in the database.</summary>
internal static class RegisterCounts
{
    public static async Task<ILookup<(string Duty, string Unit), RegisterCount>> Of(
        StoreContext db, IReadOnlyList<string> duties, string? unit, Engine.Schedules.Reckoning reckoning, DateOnly day, CancellationToken ct)
    {
        var lines = RegisterBook.LinesOn(
            db.RegisterLines.AsNoTracking().Where(line => duties.Contains(line.Duty) && (unit == null || line.Unit == unit)),
            reckoning.Moment(SoundDay.Check(day, "date").AddDays(1), TimeOnly.MinValue));
        var counted = await lines.GroupJoin(
                db.RegisterResults.AsNoTracking().Where(result => result.Day == day), line => line.Id, result => result.LineId, (line, results) => new { line, results })
            .SelectMany(pair => pair.results.DefaultIfEmpty(), (pair, result) => new { pair.line.Duty, pair.line.Unit, pair.line.Place, Result = result == null ? null : result.Result })
            .GroupBy(row => new { row.Duty, row.Unit, row.Place, row.Result })
            .Select(group => new { group.Key.Duty, group.Key.Unit, group.Key.Place, group.Key.Result, Lines = group.Count() }).ToListAsync(ct);
        return counted.ToLookup(row => (row.Duty, row.Unit), row => new RegisterCount(row.Place, row.Result, row.Lines));
    }
}
