using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Organisations;

/// <summary>
/// What was done to the organisation here, beside what the seeds say: areas of units, units added, units closed. It stands in
/// the rows of places and units, so it survives restarts and new seeds, and every node reads it with its catalogue.
/// </summary>
internal sealed record OrganisationChanges(IReadOnlyList<Jurisdiction> Places, IReadOnlyList<OrganisationUnit> Units)
{
    public static async Task<OrganisationChanges> Read(StoreContext db, CancellationToken ct) => new(
        await db.Jurisdictions.AsNoTracking().Where(place => place.Parent != null).OrderBy(place => place.Id).ToListAsync(ct),
        await db.Units.AsNoTracking().Where(unit => unit.Added || unit.ClosedAt != null).OrderBy(unit => unit.Jurisdiction).ThenBy(unit => unit.Ordinal).ToListAsync(ct));

    /// <summary>A place or unit that a later seed brings under the same id is the seed's.</summary>
    public DefinitionSet Put(DefinitionSet set)
    {
        var places = Places.Where(place => set.Jurisdiction(place.Id) is null).ToList();
        var added = Units.Where(unit => unit.Added && set.Unit(unit.Jurisdiction, unit.Id) is null).ToList();
        var closed = Units.Where(unit => unit.ClosedAt is not null).ToDictionary(unit => (unit.Jurisdiction, unit.Id), unit => unit.ClosedAt);
        var units = set.Units.ConvertAll(unit => unit with { ClosedAt = closed.GetValueOrDefault((unit.Jurisdiction, unit.Id)) }).AddRange(added);
        return set with { Jurisdictions = set.Jurisdictions.AddRange(places), Units = units };
    }
}
