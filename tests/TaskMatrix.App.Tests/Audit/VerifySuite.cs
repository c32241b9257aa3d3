using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;

namespace TaskMatrix.App.Tests.Audit;

public sealed class VerifyOnSqlite() : VerifySuite(new SqliteDatabase())
{
    protected override Task Disarm(TestSystem system) => system.Tamper($"DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete");
}

public sealed class VerifyOnPostgres() : VerifySuite(new PostgresDatabase())
{
    protected override Task Disarm(TestSystem system) => system.Tamper($"DROP TRIGGER audit_no_change ON audit; DROP TRIGGER audit_no_truncate ON audit; DROP TRIGGER chain_heads_go_up ON chain_heads");
}

/// <summary>What somebody with all rights to the database may do to the record, and that it is found.</summary>
public abstract class VerifySuite(ITestDatabase database)
{
    private const string Chain = "taiping/education";

    /// <summary>How long a writer that is held up for ever is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_whole_record_is_intact_and_counted()
    {
        await using var system = await TestSystem.Start(database);
        await RecordSuite.ABusyWeek(system);
        await system.Send(new ExportHeads.Command(OnlyFirstOfDay: false));

        var result = await Verify(system);

        var entries = await system.Read(db => db.Audit.LongCountAsync());
        Assert.Equal(new VerifyRecord.Result(true, entries, await system.Read(db => db.ChainHeads.CountAsync()), null), result);
        Assert.Equal(
            $$"""{"ok":true,"entries":{{entries}},"chains":{{result.Chains}}}""", JsonSerializer.Serialize(result, JsonColumn.Options));
    }

    /// <summary>The check stands still in its snapshot, and people go on; it sees what was there when it began.</summary>
    [Fact]
    public async Task Verifying_holds_up_no_writer()
    {
        var reader = new HeldReader();
        await using var system = await TestSystem.Start(database, besides: services => services.AddSingleton<IInterceptor>(reader));
        var entries = await system.Read(db => db.Audit.LongCountAsync());
        reader.Arm();
        var verifying = Verify(system);
        try
        {
            await reader.Reached.WaitAsync(Patience);
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => system.Assign())).WaitAsync(Patience);
            Assert.False(verifying.IsCompleted);
        }
        finally
        {
            reader.LetGo();
        }

        var result = await verifying;
        Assert.Equal((true, entries), (result.Ok, result.Entries));
        Assert.True((await Verify(system)).Entries > entries);
    }

    [Fact]
    public Task An_edited_payload_is_found() => Finds(3, "payload does not have its hash", system =>
        system.Tamper($"UPDATE audit SET payload = replace(payload, 'scheduler', 'somebody') WHERE jurisdiction = 'taiping' AND unit = 'education' AND sequence = 3"));

    [Fact]
    public Task An_edited_payload_with_its_hash_made_good_is_found_at_the_next_entry() => Finds(4, "does not follow the entry before it", system =>
        Rewrite(system, 3, payload => payload["reason"] = "改过"));

    /// <summary>Whoever reads a text in which a member stands twice takes the last one; a name may be written with escapes.</summary>
    [Theory]
    [InlineData(",\"action\":\"approve\"}", "action is not the payload's")]
    [InlineData(",\"\\u0061ction\":\"approve\"}", "action is not the payload's")]
    [InlineData(",\"actor\":{\"userName\":\"somebody\"}}", "actor is not the payload's")]
    [InlineData("} and more", "payload cannot be read")]
    [InlineData(",\"more\":", "payload cannot be read")]
    public Task An_end_that_says_otherwise_with_its_hash_made_good_is_found(string end, string why) => Finds(3, why, async system =>
        await Write(system, 3, (await Entry(system, 3)).Payload[..^1] + end));

    [Theory]
    [InlineData("action = 'approve'", "action is not the payload's")]
    [InlineData("actor = 'somebody'", "actor is not the payload's")]
    [InlineData("actor_unit = 'health'", "actor is not the payload's")]
    [InlineData("at = at + 1", "time is not the payload's")]
    [InlineData("task_sequence = 99", "place in the task is not the payload's")]
    [InlineData("shared_id = 'x'", "shared id is not the payload's")]
    public Task An_edited_column_is_found(string set, string why) => Finds(3, why, system =>
        Sql(system, $"UPDATE audit SET {set} WHERE jurisdiction = 'taiping' AND unit = 'education' AND sequence = 3"));

    [Fact]
    public Task A_removed_entry_is_found() => Finds(3, "entry is missing", system =>
        system.Tamper($"DELETE FROM audit WHERE jurisdiction = 'taiping' AND unit = 'education' AND sequence = 3"));

    [Fact]
    public async Task A_removed_end_is_found()
    {
        await using var system = await TestSystem.Start(database);
        await Disarm(system);
        var last = await Last(system);
        await system.Tamper($"DELETE FROM audit WHERE jurisdiction = 'taiping' AND unit = 'education' AND sequence >= {last - 1}");

        var broken = (await Verify(system)).FirstBroken;

        Assert.Equal(new BrokenEntry(Chain, last - 1, "entries and head do not end at the same place"), broken);
    }

    [Fact]
    public async Task A_removed_end_with_the_head_made_good_is_found_by_the_exported_heads()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(new ExportHeads.Command(OnlyFirstOfDay: true));
        await Disarm(system);
        var last = await Last(system);
        await system.Tamper($"DELETE FROM audit WHERE jurisdiction = 'taiping' AND unit = 'education' AND sequence = {last}");
        await system.Tamper(
            $"UPDATE chain_heads SET sequence = {last - 1}, hash = (SELECT hash FROM audit WHERE jurisdiction = 'taiping' AND unit = 'education' AND sequence = {last - 1}) WHERE jurisdiction = 'taiping' AND unit = 'education'");

        Assert.Equal(new BrokenEntry(Chain, last, "entry of an exported head is missing"), (await Verify(system)).FirstBroken);
    }

    [Fact]
    public Task Two_entries_in_each_others_place_are_found() => Finds(3, "does not follow the entry before it", async system =>
    {
        await Sql(system, "UPDATE audit SET sequence = 1000 WHERE jurisdiction = 'taiping' AND unit = 'education' AND sequence = 3");
        await Sql(system, "UPDATE audit SET sequence = 3 WHERE jurisdiction = 'taiping' AND unit = 'education' AND sequence = 4");
        await Sql(system, "UPDATE audit SET sequence = 4 WHERE jurisdiction = 'taiping' AND unit = 'education' AND sequence = 1000");
    });

    [Fact]
    public async Task A_removed_end_with_the_head_made_good_is_found_by_heads_kept_elsewhere()
    {
        await using var system = await TestSystem.Start(database);
        var kept = (await system.Send(new GetHeads.Query(null), People.Inspector)).Heads;
        Assert.True((await system.Send(new VerifyRecord.Query(kept))).Ok);
        await Disarm(system);
        var last = await Last(system);
        await system.Tamper($"DELETE FROM audit WHERE jurisdiction = 'taiping' AND unit = 'education' AND sequence = {last}");
        await system.Tamper(
            $"UPDATE chain_heads SET sequence = {last - 1}, hash = (SELECT hash FROM audit WHERE jurisdiction = 'taiping' AND unit = 'education' AND sequence = {last - 1}) WHERE jurisdiction = 'taiping' AND unit = 'education'");

        Assert.Equal(new BrokenEntry(Chain, last, "entry of an exported head is missing"), (await system.Send(new VerifyRecord.Query(kept))).FirstBroken);
    }

    [Fact]
    public async Task Heads_of_another_installation_do_not_fit_and_what_is_no_head_is_refused()
    {
        await using var system = await TestSystem.Start(database);
        var foreign = new ExportedHead("elsewhere/education", 7, new string('a', 64));
        Assert.Equal(new BrokenEntry("elsewhere/education", 7, "entry of an exported head is missing"), (await system.Send(new VerifyRecord.Query([foreign]))).FirstBroken);

        foreach (var bad in new[] { foreign with { Hash = "x" }, foreign with { Sequence = 0 }, foreign with { Chain = "" }, foreign with { Hash = null! } })
        {
            Assert.Equal("audit.bad-heads", (await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => system.Send(new VerifyRecord.Query([bad])))).Errors.Single().ErrorCode);
        }
    }

    [Fact]
    public Task A_replaced_entry_is_found() => Finds(3, "payload does not have its hash", async system =>
    {
        var old = await Entry(system, 3);
        await system.Tamper($"DELETE FROM audit WHERE id = {old.Id}");
        await system.Tamper($"INSERT INTO audit (id, jurisdiction, unit, sequence, task_id, task_sequence, at, action, actor, actor_unit, shared_id, payload, hash) VALUES ({old.Id}, {old.Jurisdiction}, {old.Unit}, {old.Sequence}, {old.TaskId}, {old.TaskSequence}, {old.At.UtcTicks}, {old.Action}, {"somebody"}, {old.ActorUnit}, {old.SharedId}, {old.Payload.Replace("scheduler", "somebody")}, {old.Hash})");
    });

    [Fact]
    public async Task An_emptied_record_is_found()
    {
        await using var system = await TestSystem.Start(database);
        await Disarm(system);
        await system.Tamper($"DELETE FROM audit");

        var result = await Verify(system);

        Assert.Equal((false, 0L, "entry is missing"), (result.Ok, result.Entries, result.FirstBroken?.Why));
    }

    [Fact]
    public async Task A_chain_recomputed_from_an_edited_entry_to_its_end_is_found_by_the_exported_heads()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(new ExportHeads.Command(OnlyFirstOfDay: true));
        var last = await Last(system);
        await Disarm(system);
        for (var sequence = 3L; sequence <= last; sequence++)
        {
            var before = await Entry(system, sequence - 1);
            await Rewrite(system, sequence, payload =>
            {
                payload["previousHash"] = before.Hash;
                payload["localAt"] = "2020-01-01T00:00:00+08:00";
            });
        }

        await system.Tamper($"UPDATE chain_heads SET hash = {(await Entry(system, last)).Hash} WHERE jurisdiction = 'taiping' AND unit = 'education'");

        Assert.Equal(new BrokenEntry(Chain, last, "hash is not the exported one"), (await Verify(system)).FirstBroken);
        var kept = ExportedHeads.Read(Directory.GetFiles(system.Options.HeadsFolder).Single());
        Directory.Delete(system.Options.HeadsFolder, recursive: true);
        Assert.True((await Verify(system)).Ok, "the exported heads alone tell");
        Assert.Equal(new BrokenEntry(Chain, last, "hash is not the exported one"), (await system.Send(new VerifyRecord.Query(kept))).FirstBroken);
    }

    [Fact]
    public async Task A_row_changed_past_the_record_is_found_and_its_fields_are_named()
    {
        await using var system = await TestSystem.Start(database);
        var task = (await system.Tasks(task => task.LeadUnit == "education"))[0];
        await system.Tamper($"UPDATE tasks SET overdue_since = 1, title = '别的' WHERE id = {task.Id}");

        var broken = (await Verify(system)).FirstBroken!;

        Assert.Equal(Chain, broken.Chain);
        Assert.Equal($"task {task.Number} is not what its entries say: title, overdueSince", broken.Why);
    }

    [Fact]
    public async Task A_removed_row_is_found()
    {
        await using var system = await TestSystem.Start(database);
        var task = (await system.Tasks(task => task.LeadUnit == "education"))[0];
        await system.Tamper($"DELETE FROM tasks WHERE id = {task.Id}");

        Assert.Equal("its task has no row", (await Verify(system)).FirstBroken?.Why);
    }

    [Fact]
    public async Task A_head_file_that_was_tampered_with_is_told()
    {
        await using var system = await TestSystem.Start(database);
        var path = await system.Send(new ExportHeads.Command(OnlyFirstOfDay: true));
        await File.WriteAllTextAsync(path, "{ not json");

        Assert.Equal("heads", (await Verify(system)).FirstBroken?.Chain);
    }

    [Fact]
    public async Task Heads_are_written_once_a_day_and_nothing_exported_is_taken_back()
    {
        await using var system = await TestSystem.Start(database);
        var first = await system.Send(new ExportHeads.Command(OnlyFirstOfDay: true));
        var morning = await File.ReadAllTextAsync(first);
        await system.Assign("education");

        Assert.Equal(first, await system.Send(new ExportHeads.Command(OnlyFirstOfDay: true)));
        Assert.Equal(morning, await File.ReadAllTextAsync(first));
        await system.Send(new ExportHeads.Command(OnlyFirstOfDay: false));
        var heads = JsonNode.Parse(await File.ReadAllTextAsync(first))!["heads"]!.AsArray().Where(head => head!["chain"]!.GetValue<string>() == Chain).ToList();
        Assert.Equal(2, heads.Count);

        system.Pass(TimeSpan.FromDays(1));
        var second = await system.Send(new ExportHeads.Command(OnlyFirstOfDay: true));
        Assert.Equal(["heads-2020-01-23.json", "heads-2020-01-24.json"], Directory.GetFiles(system.Options.HeadsFolder).Select(Path.GetFileName).Order());
        Assert.NotEqual(first, second);
        Assert.True((await Verify(system)).Ok);
    }

    protected abstract Task Disarm(TestSystem system);

    private static Task<VerifyRecord.Result> Verify(TestSystem system) => system.Send(new VerifyRecord.Query());

    private async Task Finds(long sequence, string why, Func<TestSystem, Task> tamper)
    {
        await using var system = await TestSystem.Start(database);
        Assert.True((await Verify(system)).Ok);
        await Disarm(system);

        await tamper(system);

        Assert.Equal(new BrokenEntry(Chain, sequence, why), (await Verify(system)).FirstBroken);
    }

    private static Task<int> Sql(TestSystem system, string sql) => system.Tamper(System.Runtime.CompilerServices.FormattableStringFactory.Create(sql));

    private static Task<AuditEntry> Entry(TestSystem system, long sequence) => system.Read(db =>
        db.Audit.SingleAsync(entry => entry.Jurisdiction == "taiping" && entry.Unit == "education" && entry.Sequence == sequence));

    private static Task<long> Last(TestSystem system) => system.Read(db =>
        db.Audit.Where(entry => entry.Jurisdiction == "taiping" && entry.Unit == "education").MaxAsync(entry => entry.Sequence));

    /// <summary>Changes a payload and gives it its hash, as a careful forger does.</summary>
    private static async Task Rewrite(TestSystem system, long sequence, Action<JsonObject> change)
    {
        var payload = JsonNode.Parse((await Entry(system, sequence)).Payload)!.AsObject();
        change(payload);
        await Write(system, sequence, payload.ToJsonString(JsonColumn.Options));
    }

    private static Task Write(TestSystem system, long sequence, string text) =>
        system.Tamper($"UPDATE audit SET payload = {text}, hash = {AuditRecord.Hash(text)} WHERE jurisdiction = 'taiping' AND unit = 'education' AND sequence = {sequence}");
}
