using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Reports;

namespace TaskMatrix.App.Reports;

/// <summary>The lines of a register by their codes; personal data is masked for everybody, for it is a list.</summary>
public static class ListRegisterLines
{
    /// <param name="Date">Whose results are shown, and on which day the lines stood; null: today.</param>
    /// <param name="Q">Substring of code or place; for those who may read lines in clear, of any value.</param>
    /// <param name="Struck">Also lines that were struck off.</param>
    public sealed record Query(string DutyId, string Unit, DateOnly? Date, string? Q, bool Struck, Paging Paging) : IRequest<ListPage<RegisterLineView>>;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock)
        : IRequestHandler<Query, ListPage<RegisterLineView>>
    {
        public async Task<ListPage<RegisterLineView>> Handle(Query query, CancellationToken ct)
        {
            var after = query.Paging.After()?.Key;
            var book = await RegisterBook.Open(session, catalogues, user.Actor, query.DutyId, query.Unit, ct);
            var day = query.Date ?? book.Reckoning.LocalDate(clock.Now);
            var lines = Searched(Standing(book, query.Struck, day), query.Q, book.Right).AsNoTracking();
            lines = after is null ? lines : lines.Where(line => string.Compare(line.Code, after) > 0);
            var rows = await lines.OrderBy(line => line.Code).Take(query.Paging.Size + 1).ToListAsync(ct);
            var ids = rows.ConvertAll(line => line.Id);
            var results = await session.Db.RegisterResults.AsNoTracking()
                .Where(result => result.Day == day && ids.Contains(result.LineId)).ToDictionaryAsync(result => result.LineId, ct);
            return query.Paging.Cut(rows, line => RegisterLineView.Of(book, line, results.GetValueOrDefault(line.Id), clear: false), line => (0, line.Code));
        }

        private IQueryable<RegisterLine> Standing(RegisterBook book, bool struck, DateOnly day) => struck
            ? session.Db.RegisterLines.Where(line => line.Duty == book.Duty.Id && line.Unit == book.Unit)
            : book.LinesOn(session.Db, day);

        /// <summary>Who sees masked values could otherwise find them out by searching.</summary>
        private static IQueryable<RegisterLine> Searched(IQueryable<RegisterLine> lines, string? q, RegisterRight right) => q switch
        {
            null => lines,
            _ when right >= RegisterRight.Clear => lines.Where(line => line.Words.Contains(q)),
            _ => lines.Where(line => line.Code.Contains(q) || (line.Place != null && line.Place.Contains(q))),
        };
    }
}
