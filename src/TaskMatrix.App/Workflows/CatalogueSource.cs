using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Workflows;

/// <summary>
/// Keeps the catalogue in memory for as long as the stamp in the database stays the same, so that every node sees a
/// publication with its next request.
/// </summary>
public sealed class CatalogueSource
{
    private Catalogue? _current;

    /// <summary>What was read last, for words that need no more than names and zones; null before anything was read.</summary>
    public Catalogue? LastRead => _current;

    /// <summary>As it is to the command that is being done, else as it was published last.</summary>
    public async Task<Catalogue> Current(Session session, CancellationToken ct)
    {
        if (!session.IsWriting && _current is { } known && known.Stamp == await session.Ask(db => Stamp(db, ct), ct))
        {
            return known;
        }

        return await Current(session.Db, ct);
    }

    /// <summary>As it is to this context: stamp and definitions of one moment, where it reads as of one.</summary>
    public async Task<Catalogue> Current(StoreContext db, CancellationToken ct)
    {
        var stamp = await Stamp(db, ct);
        if (_current is { } known && known.Stamp == stamp)
        {
            return known;
        }

        return _current = await Read(db, stamp, ct);
    }

    private static async Task<string> Stamp(StoreContext db, CancellationToken ct) => (db.Statements is { } prepared
        ? (await prepared.Texts(StampQuery, ct)).SingleOrDefault()
        : await db.Settings.AsNoTracking().Where(setting => setting.Key == StoredSetting.CatalogueStamp).Select(setting => setting.Value).SingleOrDefaultAsync(ct)) ?? "";

    private static readonly Statement StampOf = new("SELECT value FROM settings WHERE key = $1", [typeof(string)]);

    /// <summary>What every command asks for after its task.</summary>
    internal static readonly Change StampQuery = StampOf.With(StoredSetting.CatalogueStamp);

    /// <summary>The catalogue from the published rows, whatever is kept in memory.</summary>
    public static async Task<Catalogue> Read(StoreContext db, string stamp, CancellationToken ct)
    {
        var definitions = await db.Definitions.AsNoTracking().OrderBy(definition => definition.Version).ToListAsync(ct);
        var set = await PublishedSet(db, definitions, ct);

        var stored = (await db.Duties.AsNoTracking().ToListAsync(ct)).GroupBy(duty => duty.Id)
            .ToDictionary(versions => versions.Key, versions => versions.MaxBy(duty => duty.Version)!.Body);
        var duties = set.Duties.Select(duty => stored.GetValueOrDefault(duty.Id, duty) with { ProcessVersion = set.Processes[duty.Process].Version });
        return new Catalogue(
            set with { Duties = [.. duties] }, stamp,
            (id, version) => DefinitionLoader.With(set, id, version, definitions.Single(d => d.Id == id && d.Version == version).Text).Processes[id]);
    }

    /// <summary>Shipped definitions first, then plans made here, then what else was published.</summary>
    public static async Task<DefinitionSet> PublishedSet(StoreContext db, IReadOnlyList<StoredDefinition> definitions, CancellationToken ct)
    {
        if (definitions.Count == 0)
        {
            return DefinitionSet.Empty;
        }

        var newest = definitions.GroupBy(definition => definition.Id).Select(versions => versions.MaxBy(d => d.Version)!).ToList();
        var shipped = definitions.Where(definition => definition.Shipped).Select(definition => definition.Id).ToHashSet();
        var texts = newest.Where(d => d.Id.StartsWith(DefinitionPublisher.DocumentPrefix, StringComparison.Ordinal))
            .ToDictionary(d => d.Id[DefinitionPublisher.DocumentPrefix.Length..], d => d.Text);
        var files = newest.Where(d => shipped.Contains(d.Id) && !d.Id.StartsWith(DefinitionPublisher.DocumentPrefix, StringComparison.Ordinal));
        var set = DefinitionLoader.Load(
            [.. files.Select(d => new DefinitionFile(d.Id, d.Id, d.Text))], path => texts[path], newest.ToDictionary(d => d.Id, d => d.Version),
            (await OrganisationChanges.Read(db, ct)).Put);

        foreach (var plan in await db.Plans.AsNoTracking().OrderBy(plan => plan.Id).ToListAsync(ct))
        {
            set = set.Plan(plan.Id) is null ? set.WithPlan(plan.ToDefinition()) : set;
        }

        return newest.Where(d => !shipped.Contains(d.Id)).OrderBy(d => d.PublishedAt)
            .Aggregate(set, (current, d) => DefinitionLoader.With(current, d.Id, d.Version, d.Text));
    }
}
