using System.CommandLine;
using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Storage;

namespace TaskMatrix.Web.Hosting;

/// <summary>backup, restore, export, migrate: the store as a whole, from the command line.</summary>
internal static class StoreVerbs
{
    private const int Done = 0, Refused = 1, CouldNotRun = StoreRefusal.CouldNotRun;

    private static readonly Argument<string> File = new("FILE") { Description = "The backup: one file" };
    private static readonly Option<bool> Force = new("--force") { Description = "Replace what is there" };
    private static readonly Option<string?> Out = new("--out") { Description = "File to write to; standard output without it" };
    private static readonly Option<string?> Archive = new("--archive") { Description = "Write the closed period as a zip that sha256sum can check; wants --from and --to" };
    private static readonly Option<string?> Jurisdiction = new("--jurisdiction") { Description = "Only this one; all without it" };
    private static readonly Option<DateTimeOffset?> From = new("--from") { Description = "Entries at or after this time, ISO 8601" };
    private static readonly Option<DateTimeOffset?> To = new("--to") { Description = "Entries before this time, ISO 8601" };

    public static IEnumerable<Command> All(IReadOnlyList<Option> shared)
    {
        yield return Verb("backup", "Copy the whole store into one file while people work, and check the copy", [File, Force, .. shared], Backup);
        yield return Verb("restore", "Put a backup in the place of the store; the servers are stopped meanwhile", [File, Force, .. shared], Restore);
        yield return Verb("export", "Write the record as JSON lines, with the heads of its chains", [Out, Archive, Jurisdiction, From, To, .. shared], Export);
        yield return Verb("migrate", "Bring the database to the schema of this program and give the application's role its rights", [.. shared], Migrate);
    }

    private static Command Verb(string name, string description, IEnumerable<Symbol> parts, Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> run)
    {
        var verb = new Command(name, description);
        foreach (var part in parts)
        {
            if (part is Argument argument)
            {
                verb.Arguments.Add(argument);
            }
            else
            {
                verb.Options.Add((Option)part);
            }
        }

        verb.SetAction((parsed, ct) => Guarded(parsed, run, ct));
        return verb;
    }

    private static async Task<int> Guarded(ParseResult parsed, Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> run, CancellationToken ct)
    {
        // From here on the command line hears a stop: it listens when this has begun to go on by itself.
        await Task.Yield();
        try
        {
            await using var app = WebHost.Build(Flags.Read(parsed));
            await using var scope = app.Services.CreateAsyncScope();
            return await run(parsed, scope.ServiceProvider, ct);
        }
        catch (StoreRefusedException refused)
        {
            return StoreRefusal.Say(refused);
        }
        catch (BackupException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return Refused;
        }
        catch (Exception away) when (StoreFaults.IsAway(away) || StoreFaults.IsHeldUp(away))
        {
            return StoreRefusal.SayLater(away);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"could not run: {e.Message}");
            return CouldNotRun;
        }
    }

    /// <summary>An entry says that a copy was taken. A store that cannot be written to can still be saved.</summary>
    private static async Task<int> Backup(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        var file = Path.GetFullPath(parsed.GetValue(File)!);
        RequireDatabase(services);
        try
        {
            // By a program of its own: what that holds of the folder it gives back, so that a server can start meanwhile.
            await using var recorder = WebHost.Build(Flags.Read(parsed));
            await using var scope = recorder.Services.CreateAsyncScope();
            await Note(scope.ServiceProvider, "back-up", new() { ["file"] = Path.GetFileName(file) }, null, ct);
        }
        catch (StoreUnavailableException e)
        {
            await Console.Error.WriteLineAsync($"the backup could not be recorded: {e.InnerException?.Message}");
        }

        var manifest = await services.GetRequiredService<BackupStore>().Run(file, parsed.GetValue(Force), ct);
        Console.WriteLine($"{file}: {manifest.Counts["tasks"]} tasks, {manifest.Counts["audit"]} entries in {manifest.Heads.Count} chains, sha256 {manifest.Sha256}");
        return Done;
    }

    private static async Task<int> Restore(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        var options = services.GetRequiredService<AppOptions>();
        if (!services.GetRequiredService<StoreLock>().TryTake())
        {
            throw new StoreRefusedException("store.in-use", options.DataFolder);
        }

        var file = Path.GetFullPath(parsed.GetValue(File)!);
        var manifest = await services.GetRequiredService<RestoreStore>().Run(file, parsed.GetValue(Force), ct);
        await services.GetRequiredService<Startup>().Migrate(ct);
        await Note(services, "restore", new() { ["file"] = Path.GetFileName(file), ["takenAt"] = manifest.TakenAt, ["sha256"] = manifest.Sha256 }, null, ct);
        Console.WriteLine($"restored as of {manifest.TakenAt:O}: {manifest.Counts["tasks"]} tasks, {manifest.Counts["audit"]} entries in {manifest.Heads.Count} chains");
        return Done;
    }

    private static async Task<int> Export(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        RequireDatabase(services);
        var (place, from, to, path) = (parsed.GetValue(Jurisdiction), parsed.GetValue(From), parsed.GetValue(To), parsed.GetValue(Out));
        if (parsed.GetValue(Archive) is { } zip)
        {
            return await WriteZip(services, place, from, to, zip, ct);
        }

        await Note(services, "export-record", new() { ["from"] = from, ["to"] = to }, place, ct);
        await using var output = path is null ? Console.Out : new StreamWriter(path);
        var entries = await services.GetRequiredService<IMediator>().Send(new ExportRecord.Query(place, from, to, output), ct);
        await Console.Error.WriteLineAsync($"{entries} entries");
        return Done;
    }

    /// <summary>The file appears when it is whole.</summary>
    private static async Task<int> WriteZip(IServiceProvider services, string? place, DateTimeOffset? from, DateTimeOffset? to, string path, CancellationToken ct)
    {
        if (from is not { } first || to is not { } last)
        {
            throw new BackupException("an archive wants --from and --to");
        }

        await Note(services, "export-record", new() { ["from"] = from, ["to"] = to, ["export"] = "archive.zip" }, place, ct);
        var (half, written) = (path + ".new", new WriteArchive.Result(0, 0));
        try
        {
            await using (var output = System.IO.File.Create(half))
            {
                written = await services.GetRequiredService<IMediator>().Send(new WriteArchive.Query(place, first, last, output), ct);
            }

            System.IO.File.Move(half, path, overwrite: true);
        }
        finally
        {
            System.IO.File.Delete(half);
        }

        await Console.Error.WriteLineAsync($"{path}: {written.Entries} entries of {written.Chains} chains");
        return Done;
    }

    private static async Task<int> Migrate(ParseResult parsed, IServiceProvider services, CancellationToken ct)
    {
        await services.GetRequiredService<Startup>().Migrate(ct);
        Console.WriteLine("the database has the schema of this program");
        return Done;
    }

    private static async Task Note(IServiceProvider services, string action, Dictionary<string, object?> details, string? jurisdiction, CancellationToken ct)
    {
        await services.GetRequiredService<Startup>().SetClock(null, ct);
        if (await services.GetRequiredService<IMediator>().Send(new RecordOperation.Command(action, details, jurisdiction), ct) == 0)
        {
            throw new BackupException(jurisdiction is null ? "there is no jurisdiction in this store yet" : $"there is no jurisdiction {jurisdiction}");
        }
    }

    private static void RequireDatabase(IServiceProvider services)
    {
        if (services.GetRequiredService<AppOptions>() is { Postgres: null } place && !System.IO.File.Exists(place.DatabaseFile))
        {
            throw new BackupException($"there is no database at {place.DatabaseFile}");
        }
    }
}
