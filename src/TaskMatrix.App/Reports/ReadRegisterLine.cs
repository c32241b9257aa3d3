using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Reports;

namespace TaskMatrix.App.Reports;

/// <summary>
/// One line: in clear for the unit that keeps it and those that work with it, which the record then says; masked for the others.
/// A command, because looking at personal data leaves an entry.
/// </summary>
public static class ReadRegisterLine
{
    /// <param name="Date">Whose result is shown; null: today.</param>
    public sealed record Command(string DutyId, string Unit, string Code, DateOnly? Date) : IRequest<RegisterLineView>, ICommand;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, AuditWriter audit, DomainClock clock)
        : IRequestHandler<Command, RegisterLineView>
    {
        public async Task<RegisterLineView> Handle(Command command, CancellationToken ct)
        {
            var book = await RegisterBook.Open(session, catalogues, user.Actor, command.DutyId, command.Unit, ct);
            var line = await book.Line(session.Db, command.Code, ct);
            var day = command.Date ?? book.Reckoning.LocalDate(clock.Now);
            var result = await session.Db.RegisterResults.AsNoTracking().SingleOrDefaultAsync(result => result.LineId == line.Id && result.Day == day, ct);
            var clear = book.Right >= RegisterRight.Clear;
            if (clear && book.Columns.Any(column => column.Personal && line.Values.ContainsKey(column.Id)))
            {
                await audit.Append([book.Entry("read-register-line", clock.Now, ("line", line.Code))], ct);
            }

            return RegisterLineView.Of(book, line, result, clear);
        }
    }
}
