using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Plans;

namespace TaskMatrix.App.Workflows;

/// <summary>Turns texts into published versions. A version never changes; what is new gets the next number.</summary>
public sealed class DefinitionPublisher(Session session)
{
    /// <summary>Documents are kept with the definitions that quote them.</summary>
    public const string DocumentPrefix = "document:";

    /// <summary>Id of the catalogue of events, which all jurisdictions share.</summary>
    public const string Events = "events";

    /// <summary>Publishes the shipped texts that differ from the last shipped ones.</summary>
    /// <returns>Whether anything was published.</returns>
    public async Task<bool> PublishShipped(IReadOnlyList<DefinitionFile> files, DateTimeOffset now, CancellationToken ct)
    {
        var known = await session.Db.Definitions.AsNoTracking().ToListAsync(ct);
        var changed = false;
        foreach (var file in files)
        {
            var versions = known.Where(definition => definition.Id == file.Id).OrderBy(definition => definition.Version).ToList();
            if (versions.LastOrDefault(definition => definition.Shipped)?.Sha256 != PlanDocument.Sha256(file.Text))
            {
                Add(file.Id, versions.Count + 1, file.Text, "shipped", shipped: true, now);
                changed = true;
            }
        }

        await session.Db.SaveChangesAsync(ct);
        return changed;
    }

    /// <summary>Whether this very program has checked and published these very texts: then nothing need be read a second time.</summary>
    /// <param name="document">Reads a document by its name.</param>
    public async Task<bool> IsPublished(IReadOnlyList<DefinitionFile> files, Func<string, string> document, CancellationToken ct)
    {
        if (await session.Db.Settings.AsNoTracking().Where(setting => setting.Key == StoredSetting.DefinitionsCheckedBy).Select(setting => setting.Value).SingleOrDefaultAsync(ct) != Program)
        {
            return false;
        }

        var known = (await session.Db.Definitions.AsNoTracking().Where(definition => definition.Shipped)
                .Select(definition => new { definition.Id, definition.Version, definition.Sha256 }).ToListAsync(ct))
            .GroupBy(definition => definition.Id).ToDictionary(versions => versions.Key, versions => versions.MaxBy(definition => definition.Version)!.Sha256);
        return files.All(file => known.GetValueOrDefault(file.Id) == PlanDocument.Sha256(file.Text))
            && known.Where(one => one.Key.StartsWith(DocumentPrefix, StringComparison.Ordinal))
                .All(one => one.Value == HashOf(document, one.Key[DocumentPrefix.Length..]));
    }

    /// <returns>Null when the document is no longer there.</returns>
    private static string? HashOf(Func<string, string> document, string name)
    {
        try
        {
            return PlanDocument.Sha256(document(name));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Another build of the program may have stricter rules, so it looks for itself.</summary>
    public Task RememberCheck(CancellationToken ct) => StoredSetting.Keep(session.Db, StoredSetting.DefinitionsCheckedBy, Program, ct);

    private static string Program =>
        $"{typeof(DefinitionPublisher).Module.ModuleVersionId:N}{typeof(PlanDocument).Module.ModuleVersionId:N}";

    public void Add(string id, int version, string text, string by, bool shipped, DateTimeOffset now) =>
        session.Db.Definitions.Add(new StoredDefinition
        {
            Id = id, Version = version, Text = text, Sha256 = PlanDocument.Sha256(text),
            PublishedAt = now, PublishedBy = by, Shipped = shipped,
        });

    /// <summary>Brings places, units, plans and duties in line with the published definitions, and tells every node.</summary>
    public async Task Apply(CancellationToken ct)
    {
        var definitions = await session.Db.Definitions.AsNoTracking().ToListAsync(ct);
        var set = await CatalogueSource.PublishedSet(session.Db, definitions, ct);
        await ApplyOrganisation(set, ct);
        await ApplyDuties(set, ct);
        await Stamp(ct);
    }

    /// <summary>A duty whose content or assumptions changed gets a new version; tasks that run keep theirs.</summary>
    private async Task ApplyDuties(DefinitionSet set, CancellationToken ct)
    {
        var overlays = (await session.Db.Overlays.AsNoTracking().ToListAsync(ct)).ToLookup(overlay => overlay.DutyId);
        var newest = (await session.Db.Duties.AsNoTracking().ToListAsync(ct)).GroupBy(duty => duty.Id)
            .ToDictionary(versions => versions.Key, versions => versions.MaxBy(duty => duty.Version)!);
        foreach (var duty in set.Duties)
        {
            var effective = overlays[duty.Id].Aggregate(duty, (current, overlay) => current.With(overlay.Field, overlay.Value));
            var last = newest.GetValueOrDefault(duty.Id);
            if (last is null || Content(last.Body) != Content(effective))
            {
                var version = (last?.Version ?? 0) + 1;
                session.Db.Duties.Add(new StoredDuty { Id = duty.Id, Version = version, Body = effective with { Version = version } });
            }
        }

        await session.Db.SaveChangesAsync(ct);
    }

    private static string Content(Duty duty) => JsonColumn.Write(duty with { Version = 0, ProcessVersion = 0 });

    private async Task ApplyOrganisation(DefinitionSet set, CancellationToken ct)
    {
        var places = await session.Db.Jurisdictions.AsNoTracking().Select(place => place.Id).ToListAsync(ct);
        session.Db.Jurisdictions.AddRange(set.Jurisdictions.Where(place => !places.Contains(place.Id)));
        session.Db.Jurisdictions.UpdateRange(set.Jurisdictions.Where(place => places.Contains(place.Id)));

        var units = (await session.Db.Units.AsNoTracking().Select(unit => new { unit.Jurisdiction, unit.Id }).ToListAsync(ct))
            .Select(unit => (unit.Jurisdiction, unit.Id)).ToHashSet();
        session.Db.Units.AddRange(set.Units.Where(unit => !units.Contains((unit.Jurisdiction, unit.Id))));
        session.Db.Units.UpdateRange(set.Units.Where(unit => units.Contains((unit.Jurisdiction, unit.Id))));

        var plans = await session.Db.Plans.AsNoTracking().Select(plan => plan.Id).ToListAsync(ct);
        session.Db.Plans.AddRange(set.Plans.Where(plan => !plans.Contains(plan.Id)).Select(plan => Plan.Of(plan.Definition)));
        await session.Db.SaveChangesAsync(ct);
    }

    private async Task Stamp(CancellationToken ct)
    {
        await StoredSetting.Keep(session.Db, StoredSetting.CatalogueStamp, Guid.CreateVersion7().ToString("N"), ct);
        session.Db.Statements?.Forget();
    }
}
