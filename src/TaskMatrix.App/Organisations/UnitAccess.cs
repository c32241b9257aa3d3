using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Organisations;

/// <summary>The office of a jurisdiction looks after its units.</summary>
internal static class UnitAccess
{
    /// <exception cref="NotFoundException">Another jurisdiction.</exception>
    /// <exception cref="RuleBrokenException">unit.not-allowed (403)</exception>
    public static void RequireOffice(Actor actor, string jurisdiction)
    {
        if (actor.Jurisdiction != jurisdiction)
        {
            throw new NotFoundException("jurisdiction", jurisdiction);
        }

        if (!actor.Is(Role.Office))
        {
            throw new RuleBrokenException("unit.not-allowed", RuleKind.Forbidden);
        }
    }

    public static AuditDraft Entry(
        OrganisationUnit unit, string action, Actor actor, Catalogue catalogue, DateTimeOffset now, Dictionary<string, object?> details)
    {
        details["unit"] = unit.Id;
        return new AuditDraft(unit.Jurisdiction, actor.Unit, now, catalogue.Reckoning(unit.Jurisdiction).Zone, actor, action, details);
    }
}

/// <summary>Writes rows of the organisation and lets go of them: publishing then writes all of them from the definitions.</summary>
internal static class OrganisationWriter
{
    public static async Task Add(StoreContext db, OrganisationUnit unit, CancellationToken ct)
    {
        db.Units.Add(unit);
        await db.SaveChangesAsync(ct);
        db.Entry(unit).State = EntityState.Detached;
    }

    public static async Task Change(StoreContext db, OrganisationUnit unit, CancellationToken ct)
    {
        db.Units.Update(unit);
        await db.SaveChangesAsync(ct);
        db.Entry(unit).State = EntityState.Detached;
    }

    public static async Task Add(StoreContext db, Jurisdiction place, IReadOnlyList<OrganisationUnit> units, CancellationToken ct)
    {
        db.Jurisdictions.Add(place);
        db.Units.AddRange(units);
        await db.SaveChangesAsync(ct);
        db.Entry(place).State = EntityState.Detached;
        foreach (var unit in units)
        {
            db.Entry(unit).State = EntityState.Detached;
        }
    }
}
