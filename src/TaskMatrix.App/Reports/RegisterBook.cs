using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.Schedules;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Reports;

/// <summary>The register of one duty and unit, opened by somebody who may know of it.</summary>
/// <param name="Columns">In the order of the register; the first is the code.</param>
internal sealed record RegisterBook(Duty Duty, string Unit, Actor Actor, RegisterRight Right, IReadOnlyList<RegisterColumn> Columns, Reckoning Reckoning)
{
    public RegisterDefinition Definition => Duty.Register!;

    /// <exception cref="NotFoundException">No such register, or not one this actor may know of.</exception>
    public static async Task<RegisterBook> Open(
        Session session, CatalogueSource catalogues, Actor actor, string dutyId, string unit, CancellationToken ct)
    {
        var catalogue = await catalogues.Current(session, ct);
        if (catalogue.Duty(dutyId) is not { } duty || RegisterRights.Of(duty, unit, actor) is var right && right == RegisterRight.None
            || !(duty.LeadUnits.Contains(unit) || await session.Db.RegisterLines.AnyAsync(line => line.Duty == dutyId && line.Unit == unit, ct)))
        {
            throw new NotFoundException("register", $"{dutyId}/{unit}");
        }

        return new RegisterBook(duty, unit, actor, right, RegisterColumns.Of(duty.Register!, catalogue.Set), catalogue.Reckoning(duty.Jurisdiction));
    }

    /// <exception cref="RuleBrokenException">register.not-allowed (403)</exception>
    public RegisterBook RequireKeeper()
    {
        if (Right != RegisterRight.Keeps)
        {
            throw new RuleBrokenException("register.not-allowed", RuleKind.Forbidden);
        }

        return this;
    }

    /// <summary>The moment after which a day is over.</summary>
    public DateTimeOffset EndOf(DateOnly day) => Reckoning.Moment(SoundDay.Check(day, "date").AddDays(1), TimeOnly.MinValue);

    /// <summary>Lines that stood on the register when the day ended, or stand on it now if it has not.</summary>
    public IQueryable<RegisterLine> LinesOn(StoreContext db, DateOnly day) => LinesOn(db.RegisterLines.Where(line => line.Duty == Duty.Id && line.Unit == Unit), EndOf(day));

    public static IQueryable<RegisterLine> LinesOn(IQueryable<RegisterLine> lines, DateTimeOffset end) =>
        lines.Where(line => line.AddedAt < end && (line.StruckAt == null || line.StruckAt >= end));

    /// <exception cref="NotFoundException">No line of that code.</exception>
    public async Task<RegisterLine> Line(StoreContext db, string code, CancellationToken ct) =>
        await db.RegisterLines.AsTracking().SingleOrDefaultAsync(line => line.Duty == Duty.Id && line.Unit == Unit && line.Code == code, ct)
        ?? throw new NotFoundException("register line", code);

    /// <summary>An entry of the record about this register; personal values in it are masked.</summary>
    public AuditDraft Entry(string action, DateTimeOffset now, params (string Name, object? Value)[] details) => new(
        Duty.Jurisdiction, Actor.Unit, now, Reckoning.Zone, Actor, action,
        new[] { ("duty", (object?)Duty.Id), ("unit", Unit) }.Concat(details).ToDictionary(detail => detail.Item1, detail => detail.Item2));

    /// <summary>Values as those see them who may not know personal data.</summary>
    public IReadOnlyDictionary<string, string> Masked(IReadOnlyDictionary<string, string> values) =>
        Columns.Where(column => values.ContainsKey(column.Id)).ToDictionary(column => column.Id, column => column.Masked(values[column.Id]));
}
