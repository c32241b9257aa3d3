using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Reports;

/// <summary>A register as a CSV file, personal data masked; who took it stands in the record.</summary>
public static class ExportRegister
{
    /// <param name="Date">Whose results are given; null: today.</param>
    /// <param name="English">Headings in English.</param>
    public sealed record Command(string DutyId, string Unit, DateOnly? Date, bool English) : IRequest<byte[]>, ICommand;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, AuditWriter audit, DomainClock clock)
        : IRequestHandler<Command, byte[]>
    {
        public async Task<byte[]> Handle(Command command, CancellationToken ct)
        {
            var book = await RegisterBook.Open(session, catalogues, user.Actor, command.DutyId, command.Unit, ct);
            var day = command.Date ?? book.Reckoning.LocalDate(clock.Now);
            var lines = await book.LinesOn(session.Db, day).AsNoTracking().OrderBy(line => line.Code).ToListAsync(ct);
            var results = await session.Db.RegisterResults.AsNoTracking()
                .Where(result => result.Day == day && book.LinesOn(session.Db, day).Any(line => line.Id == result.LineId)).ToDictionaryAsync(result => result.LineId, ct);
            await audit.Append([book.Entry("export-register", clock.Now, ("date", day), ("count", lines.Count))], ct);

            var titles = book.Definition.Results.ToDictionary(kind => kind.Id, kind => command.English ? kind.English : kind.Title);
            var views = lines.Select(line => RegisterLineView.Of(book, line, results.GetValueOrDefault(line.Id), clear: false));
            return CsvText.Write(views.Select(view => Row(book, view, titles)).Prepend(Heading(book, command.English, day)));
        }

        private static IEnumerable<string> Heading(RegisterBook book, bool english, DateOnly day) =>
        [
            .. book.Columns.Select(column => english ? column.English : column.Title),
            .. book.Definition.Daily ? [day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), english ? "Note of the day" : "当日备注"] : Array.Empty<string>(),
        ];

        private static IEnumerable<string> Row(RegisterBook book, RegisterLineView line, Dictionary<string, string> titles) =>
        [
            line.Code, .. book.Columns.Skip(1).Select(column => line.Values.GetValueOrDefault(column.Id, "")),
            .. book.Definition.Daily ? [line.Result is { } result ? titles.GetValueOrDefault(result.Result, result.Result) : "", line.Result?.Note ?? ""] : Array.Empty<string>(),
        ];
    }
}

/// <summary>An empty CSV file with the headings that an import of this register reads.</summary>
public static class GetRegisterTemplate
{
    public sealed record Query(string DutyId, string Unit, bool English) : IRequest<byte[]>;

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues) : IRequestHandler<Query, byte[]>
    {
        public async Task<byte[]> Handle(Query query, CancellationToken ct)
        {
            var book = await RegisterBook.Open(session, catalogues, user.Actor, query.DutyId, query.Unit, ct);
            return CsvText.Write([book.Columns.Select(column => query.English ? column.English : column.Title)]);
        }
    }
}
