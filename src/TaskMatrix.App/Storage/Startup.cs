using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Storage;

/// <summary>Brings a data folder up to date before anything is served: schema, definitions, clock.</summary>
public sealed class Startup(
    AppOptions options, StoreLock alone, IWriteGate gate, Session session, DefinitionPublisher publisher, DomainClock clock, AuditPartitions partitions)
{
    private Task<IReadOnlyList<DefinitionFile>>? _shipped;

    /// <summary>
    /// Checks what lies there and applies the migrations; creates the database when there never was one, and reads what a new
    /// one needs meanwhile.
    /// </summary>
    /// <exception cref="StoreRefusedException">The data cannot be used as it lies there; nothing was changed.</exception>
    public async Task Migrate(CancellationToken ct)
    {
        _shipped = options.Postgres is null && !File.Exists(options.DatabaseFile) ? Task.Run(CheckShipped, ct) : null;
        if (options.Postgres is null && alone.TryTake())
        {
            await StoreCheck.Files(options, ct);
        }

        await Schema.Apply(options, ct, alone);
    }

    /// <summary>Sets the clock of an exercise: where it stood, never before what has happened; else as asked, else now.</summary>
    /// <returns>Whether a stored clock was used.</returns>
    public async Task<bool> SetClock(DateTimeOffset? asked, CancellationToken ct)
    {
        var stored = await session.Db.Settings.Where(setting => setting.Key == StoredSetting.ExerciseClock).Select(setting => setting.Value).FirstOrDefaultAsync(ct);
        DateTimeOffset?[] moments =
        [
            stored is null ? asked : DateTimeOffset.Parse(stored, System.Globalization.CultureInfo.InvariantCulture),
            await LastRecorded(ct),
        ];
        if (moments.Max() is { } moment)
        {
            clock.Set(moment);
        }

        return stored is not null;
    }

    /// <summary>Who was killed may have recorded more than the clock that was stored last.</summary>
    private async Task<DateTimeOffset?> LastRecorded(CancellationToken ct)
    {
        await session.Db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var rows = await StoredRows.Ask(session.Db, "SELECT COALESCE(MAX((SELECT MAX(at) FROM audit WHERE audit.jurisdiction = jurisdictions.id)), 0) FROM jurisdictions", ct);
            return await rows.Next(ct) && rows.Row.Number(0) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        }
        finally
        {
            await session.Db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Publishes what came with the program and differs from what it brought last.</summary>
    /// <exception cref="DefinitionException">A shipped file is wrong; nothing was published.</exception>
    public async Task Publish(CancellationToken ct)
    {
        await partitions.MakeAhead(ct);
        await gate.Run(PublishInside, ct);
    }

    private async Task<bool> PublishInside(StoreContext db, CancellationToken ct)
    {
        using var writing = session.Write(db);
        if (_shipped is null && await publisher.IsPublished(DefinitionFolder.Read(options.ContentFolder), DefinitionFolder.Documents(options.ContentFolder), ct))
        {
            return false;
        }

        if (await publisher.PublishShipped(await (_shipped ?? Task.Run(CheckShipped, ct)), clock.Now, ct))
        {
            await publisher.Apply(ct);
        }

        await publisher.RememberCheck(ct);
        return true;
    }

    /// <summary>Checks them all before any is published, and takes the documents they quote along.</summary>
    private IReadOnlyList<DefinitionFile> CheckShipped()
    {
        var documents = new Dictionary<string, string>();
        var source = DefinitionFolder.Documents(options.ContentFolder);
        var files = DefinitionFolder.Read(options.ContentFolder);
        DefinitionLoader.Load(files, path => documents[path] = source(path));
        return [.. files, .. documents.Select(document => new DefinitionFile(DefinitionPublisher.DocumentPrefix + document.Key, document.Key, document.Value))];
    }
}

/// <summary>A new installation for trying out: both plans in force from today.</summary>
public static class ActivateSeeds
{
    public sealed record Command : IRequest<int>;

    internal sealed class Handler(Session session, Organisations.CurrentUser user, IMediator mediator) : IRequestHandler<Command, int>
    {
        /// <summary>A plan made here, which has no headings of a seed, is left to its office.</summary>
        /// <returns>Plans activated; 0 on a folder that has been used before.</returns>
        public async Task<int> Handle(Command command, CancellationToken ct)
        {
            var drafts = (await session.Db.Plans.Where(plan => plan.Status == PlanStatus.Draft).ToListAsync(ct)).Where(plan => plan.Headings is not null).ToList();
            foreach (var plan in drafts)
            {
                user.Actor = Actor.Scheduler(plan.Jurisdiction);
                await mediator.Send(new ActivatePlan.Command(plan.Id, null), ct);
            }

            return drafts.Count;
        }
    }
}
