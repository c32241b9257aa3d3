using System.Globalization;
using System.Security.Cryptography;
using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.App.Schedules;

/// <summary>The unit puts the shifts of a CSV file on its roster; if one row is wrong, none, and all that is wrong is listed.</summary>
public static class ImportWatchShifts
{
    /// <param name="Unit">Id, name or alias; null: the caller's own.</param>
    public sealed record Command(string? Unit, byte[] File) : IRequest<Result>, ICommand;

    public sealed record Result(int Imported);

    internal sealed class Handler(Session session, CurrentUser user, UnitLookup units, CatalogueSource catalogues, AuditWriter audit, DomainClock clock)
        : IRequestHandler<Command, Result>
    {
        /// <exception cref="ImportRefusedException">With every problem of the file (400).</exception>
        public async Task<Result> Handle(Command command, CancellationToken ct)
        {
            var actor = user.Actor;
            WatchAccess.RequireReader(actor, null);
            var unit = await units.Known(actor.Jurisdiction, command.Unit, "unit", ct) ?? actor.Unit;
            WatchShift.Allow(actor, unit);
            var catalogue = await catalogues.Current(session, ct);
            var sheet = WatchSheet.Read(command.File, catalogue.Reckoning(actor.Jurisdiction));
            var doubles = await WatchInput.Doubles(session.Db, actor, unit, [.. sheet.Shifts.Select(row => row.Shift)], ct);
            var problems = sheet.Problems.Concat(doubles.Select(i => ImportProblem.At(sheet.Shifts[i].Line, null, "watch.double-shift", sheet.Shifts[i].Shift.Post!))).ToList();
            if (problems.Count > 0)
            {
                throw new ImportRefusedException([.. problems.OrderBy(problem => problem.Line)]);
            }

            var shifts = sheet.Shifts.Select(row => WatchInput.Make(actor, unit, row.Shift, clock.Now)).ToList();
            session.Db.WatchShifts.AddRange(shifts);
            await audit.Append(
                [WatchAccess.Entry(
                    catalogue, actor, "import-watch-shifts", clock.Now, ("unit", unit), ("count", shifts.Count), ("from", shifts.Min(shift => shift.StartsAt)),
                    ("to", shifts.Max(shift => shift.EndsAt)), ("sha256", Convert.ToHexStringLower(SHA256.HashData(command.File))))], ct);
            return new Result(shifts.Count);
        }
    }
}

/// <summary>A roster as a file: which columns it has and how its times are written.</summary>
internal sealed record WatchSheet(IReadOnlyList<(int Line, NewShift Shift)> Shifts, IReadOnlyList<ImportProblem> Problems)
{
    private static readonly (string Id, string Title, string English, bool Required)[] Columns =
    [
        ("startsAt", "开始时间", "Starts", true), ("endsAt", "结束时间", "Ends", true), ("name", "班次", "Shift", true),
        ("post", "值班岗位（人员）", "On duty", true), ("phone", "电话", "Phone", false),
    ];

    private static readonly string[] LocalTimes = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-M-d H:mm", "yyyy/M/d H:mm"];

    public static byte[] Template(bool english) => CsvText.Write([Columns.Select(column => english ? column.English : column.Title)]);

    public static WatchSheet Read(byte[] file, Reckoning reckoning)
    {
        var sheet = CsvSheet.Read(file, [.. Columns.Select(column => new CsvColumn(column.Id, column.Required, heading =>
            new[] { column.Id, column.Title, column.English }.Contains(heading, StringComparer.OrdinalIgnoreCase)))]);
        var (shifts, problems) = (new List<(int, NewShift)>(), sheet.Problems.ToList());
        foreach (var row in sheet.Rows)
        {
            var (start, end) = (Moment(row, "startsAt", reckoning, problems), Moment(row, "endsAt", reckoning, problems));
            var shift = new NewShift(row["name"], start, end, row["post"], row["phone"]);
            problems.AddRange(WatchInput.ProblemsOf(shift).Where(one => one.Code != "watch.missing" || row[one.Field].Trim().Length == 0)
                .Select(one => ImportProblem.At(row.Line, one.Field, one.Code, one.Value)));
            shifts.Add((row.Line, shift));
        }

        return new WatchSheet(shifts, problems);
    }

    /// <summary>A time without an offset is one of the jurisdiction.</summary>
    private static DateTimeOffset? Moment(CsvRow row, string column, Reckoning reckoning, List<ImportProblem> problems)
    {
        var text = row[column].Trim();
        if (DateTime.TryParseExact(text, LocalTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && Sound(local.Year))
        {
            return reckoning.Moment(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        }

        if (text.Contains('T') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) && Sound(moment.Year))
        {
            return moment;
        }

        if (text.Length > 0)
        {
            problems.Add(ImportProblem.At(row.Line, column, "watch.bad-time", text));
        }

        return null;
    }

    private static bool Sound(int year) => year is >= 1900 and <= 2999;
}

/// <summary>An empty CSV file with the headings that an import of a roster reads.</summary>
public static class GetWatchTemplate
{
    public sealed record Query(bool English) : IRequest<byte[]>;

    internal sealed class Handler(CurrentUser user) : IRequestHandler<Query, byte[]>
    {
        public Task<byte[]> Handle(Query query, CancellationToken ct)
        {
            WatchAccess.RequireReader(user.Actor, null);
            return Task.FromResult(WatchSheet.Template(query.English));
        }
    }
}
