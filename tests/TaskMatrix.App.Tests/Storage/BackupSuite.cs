using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Tests.Audit;
using TaskMatrix.App.Tests.TaskInstances;

namespace TaskMatrix.App.Tests.Storage;

public sealed class BackupOnSqlite() : BackupSuite(new SqliteDatabase());

public sealed class BackupOnPostgres() : BackupSuite(new PostgresDatabase());

public abstract class BackupSuite(ITestDatabase database)
{
    [Fact]
    public async Task A_backup_made_under_load_comes_back_whole_and_as_of_one_moment()
    {
        var system = await TestSystem.Start(database);
        await system.Send(new ExportHeads.Command(OnlyFirstOfDay: false));
        var file = Path.Combine(system.Options.DataFolder, "monday.backup");
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => WorkUntil(system, stop.Token)));
        var before = await system.Read(db => db.Audit.LongCountAsync());

        var manifest = await system.Services.GetRequiredService<BackupStore>().Run(file, force: false, CancellationToken.None);
        await stop.CancelAsync();
        await load;
        var after = await system.Read(db => db.Audit.LongCountAsync());
        Assert.InRange(manifest.Counts["audit"], before, after);
        Assert.True(after > before, "nothing was done meanwhile");
        await system.Assign("justice");
        await system.Send(new ExportHeads.Command(OnlyFirstOfDay: false));
        await system.Stop();

        await Assert.ThrowsAsync<BackupException>(() => Restore(system, file, force: false));
        await Restore(system, file, force: true);
        await using var again = await system.Restart();

        Assert.Null(manifest.Differs(await again.Read(db => BackupManifest.Of(db, again.Options, default, CancellationToken.None))));
        var verified = await again.Send(new VerifyRecord.Query());
        Assert.True(verified.Ok, $"{verified.FirstBroken}");
        Assert.Equal(manifest.Counts["audit"], verified.Entries);
        await again.Acknowledge((await again.Assign()).Id);
    }

    [Fact]
    public async Task A_backup_that_is_damaged_is_refused_and_changes_nothing()
    {
        var system = await TestSystem.Start(database, activate: false);
        await system.Assign();
        var file = Path.Combine(system.Options.DataFolder, "x.backup");
        await system.Services.GetRequiredService<BackupStore>().Run(file, force: false, CancellationToken.None);
        await Assert.ThrowsAsync<BackupException>(() => system.Services.GetRequiredService<BackupStore>().Run(file, force: false, CancellationToken.None));
        await system.Assign();
        var before = await FaultSuite.Fingerprint(system);
        await system.Stop();
        var whole = await File.ReadAllBytesAsync(file);

        foreach (var cut in new[] { whole.Length / 2, whole.Length - 30, 0 })
        {
            await File.WriteAllBytesAsync(file, whole[..cut]);
            await Assert.ThrowsAsync<BackupException>(() => Restore(system, file, force: true));
        }

        whole[whole.Length / 2] ^= 0x10;
        await File.WriteAllBytesAsync(file, whole);
        await Assert.ThrowsAsync<BackupException>(() => Restore(system, file, force: true));

        await using var again = await system.Restart();
        Assert.Equal(before, await FaultSuite.Fingerprint(again));
    }

    [Fact]
    public async Task The_record_goes_out_as_lines_whose_hashes_need_no_code_of_ours()
    {
        await using var system = await TestSystem.Start(database);
        await RecordSuite.ABusyWeek(system);
        using var output = new StringWriter();

        var count = await system.Send(new ExportRecord.Query("taiping", null, null, output));

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(count, lines.Length - 2);
        Assert.Equal(await system.Read(db => db.Audit.LongCountAsync(entry => entry.Jurisdiction == "taiping")), count);
        foreach (var line in lines[1..^1])
        {
            var payload = line[(line.IndexOf("\"payload\":", StringComparison.Ordinal) + 10)..^1];
            Assert.Equal(JsonNode.Parse(line)!["hash"]!.GetValue<string>(), AuditRecord.Hash(payload));
        }

        var heads = JsonNode.Parse(lines[^1])!["heads"]!.AsArray();
        Assert.Equal(await system.Read(db => db.ChainHeads.CountAsync(head => head.Jurisdiction == "taiping")), heads.Count);
        using var day = new StringWriter();
        var morning = TestSystem.Morning;
        Assert.Equal(
            await system.Read(db => db.Audit.LongCountAsync(entry => entry.At >= morning.AddDays(2) && entry.At < morning.AddDays(3))),
            await system.Send(new ExportRecord.Query(null, morning.AddDays(2), morning.AddDays(3), day)));
    }

    [Fact]
    public async Task An_operation_on_the_whole_store_is_in_the_record_of_each_office()
    {
        await using var system = await TestSystem.Start(database, activate: false);

        await system.Send(new RecordOperation.Command("restore", new Dictionary<string, object?> { ["file"] = "monday.backup" }));

        var entries = await system.Read(db => db.Audit.Where(entry => entry.Action == "restore").OrderBy(entry => entry.Jurisdiction).ToListAsync());
        Assert.Equal(["lanxi", "taiping"], entries.Select(entry => entry.Jurisdiction));
        Assert.All(entries, entry => Assert.Equal(("command-line", "leading-group-office"), (entry.Actor, entry.ActorUnit)));
        Assert.All(entries, entry => Assert.Contains("monday.backup", entry.Payload));
    }

    private static async Task WorkUntil(TestSystem system, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await system.Acknowledge((await system.Assign()).Id);
        }
    }

    private static Task<BackupManifest> Restore(TestSystem system, string file, bool force) =>
        new RestoreStore(system.Options, system.Clock).Run(file, force, CancellationToken.None);
}
