using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Audit;

public sealed class RecordOnSqlite() : RecordSuite(new SqliteDatabase())
{
    [Theory]
    [InlineData("INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE id = 1")]
    [InlineData("INSERT INTO audit SELECT * FROM audit WHERE id = 1 ON CONFLICT (id) DO UPDATE SET actor = 'nobody'")]
    public Task Replacing_an_entry_is_refused(string sql) => IsRefused(sql);
}

public sealed class RecordOnPostgres() : RecordSuite(new PostgresDatabase())
{
    [Theory]
    [InlineData("TRUNCATE audit")]
    [InlineData("INSERT INTO audit SELECT * FROM audit WHERE id = 1 ON CONFLICT (id, at) DO UPDATE SET actor = 'nobody'")]
    public Task Emptying_or_replacing_is_refused(string sql) => IsRefused(sql);
}

public abstract class RecordSuite(ITestDatabase database)
{
    [Fact]
    public async Task Every_chain_is_continuous_and_every_entry_has_the_hash_of_its_payload()
    {
        await using var system = await TestSystem.Start(database);
        await ABusyWeek(system);

        var chains = (await system.Read(db => db.Audit.OrderBy(entry => entry.Sequence).ToListAsync())).GroupBy(entry => (entry.Jurisdiction, entry.Unit)).ToList();
        var heads = await system.Read(db => db.ChainHeads.ToDictionaryAsync(head => (head.Jurisdiction, head.Unit)));

        Assert.Equal(heads.Keys.Order(), chains.Select(chain => chain.Key).Order());
        foreach (var chain in chains)
        {
            var previous = new string('0', 64);
            foreach (var (entry, n) in chain.Select((entry, n) => (entry, n + 1)))
            {
                var payload = JsonDocument.Parse(entry.Payload).RootElement;
                Assert.Equal(n, entry.Sequence);
                Assert.Equal(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(entry.Payload))), entry.Hash, ignoreCase: true);
                Assert.Equal(previous, payload.GetProperty("previousHash").GetString());
                Assert.Equal($"{chain.Key.Jurisdiction}/{chain.Key.Unit}", payload.GetProperty("chain").GetString());
                previous = entry.Hash;
            }

            Assert.Equal((chain.Count(), previous), (heads[chain.Key].Sequence, heads[chain.Key].Hash));
        }
    }

    [Fact]
    public async Task Every_row_equals_the_replay_of_its_events()
    {
        await using var system = await TestSystem.Start(database);
        await ABusyWeek(system);

        var events = (await system.Read(db => db.Audit.Where(entry => entry.TaskSequence != null).OrderBy(entry => entry.TaskSequence).ToListAsync()))
            .ToLookup(entry => entry.TaskId);
        foreach (var row in await system.Tasks(_ => true))
        {
            Assert.Empty(TaskFields.Differing(row, TaskInstance.Replay(events[row.Id].Select(entry => TaskEvents.Read(entry.Payload)))));
        }
    }

    [Fact]
    public async Task An_act_of_two_units_stands_in_both_chains_under_one_id()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var task = await system.Assign(coUnits: ["health"]);
        await system.Acknowledge(task.Id);
        await system.Send(new ConfirmTask.Command(task.Id, null, null), People.Liaison("health"));
        await system.Send(new ReassignTask.Command(task.Id, null, "red-cross", null, "改派", null, null), People.Office);

        var shared = (await system.Read(db => db.Audit.Where(entry => entry.SharedId != null).OrderBy(entry => entry.Id).ToListAsync())).GroupBy(entry => entry.SharedId);

        Assert.Equal(["confirm: education health", "reassign: education red-cross"], shared.Select(act => $"{act.First().Action}: {string.Join(' ', act.Select(entry => entry.Unit).Order())}"));
        Assert.All(shared, act => Assert.Single(act, entry => entry.TaskSequence is not null));
    }

    [Fact]
    public async Task An_entry_says_who_did_what_and_when_under_which_rules()
    {
        await using var system = await TestSystem.Start(database);
        var task = (await system.Tasks(task => task.State == TaskState.PendingAck && task.LeadUnit == "education"))[0];
        await system.Acknowledge(task.Id);

        var payload = JsonDocument.Parse((await system.Read(db => db.Audit.SingleAsync(entry => entry.Action == "acknowledge"))).Payload).RootElement;

        Assert.Equal("2020-01-23T01:00:00+00:00", payload.GetProperty("at").GetString());
        Assert.Equal("2020-01-23T09:00:00+08:00", payload.GetProperty("localAt").GetString());
        Assert.Equal(("pendingAck", "inProgress"), (payload.GetProperty("from").GetString(), payload.GetProperty("to").GetString()));
        Assert.Equal(("taiping.education", "education"), (payload.GetProperty("actor").GetProperty("userName").GetString(), payload.GetProperty("actor").GetProperty("unit").GetString()));
        Assert.Equal((task.Clause, task.Duty), (payload.GetProperty("clause").GetString(), payload.GetProperty("duty").GetString()));
        Assert.Equal(["pendingAck", "inProgress"], payload.GetProperty("changes").GetProperty("state").EnumerateArray().Select(value => value.GetString()));
        Assert.Equal(task.DueAt, payload.GetProperty("dueAt").GetDateTimeOffset());
    }

    [Theory]
    [InlineData("UPDATE audit SET actor = 'nobody' WHERE id = 1")]
    [InlineData("UPDATE audit SET payload = payload")]
    [InlineData("DELETE FROM audit WHERE id = 1")]
    [InlineData("DELETE FROM audit")]
    public Task Changing_or_removing_an_entry_is_refused(string sql) => IsRefused(sql);

    /// <summary>Tasks of many units in many states, deadlines passed, tasks moved and closed.</summary>
    internal static async Task ABusyWeek(TestSystem system)
    {
        var office = await system.Assign(coUnits: ["health"]);
        await system.Acknowledge(office.Id);
        await system.Send(new ConfirmTask.Command(office.Id, null, null), People.Liaison("health"));
        await system.Send(new ReassignTask.Command(office.Id, null, "health", null, "改派", null, null), People.Office);
        var draft = await system.Assign(draft: true);
        await system.Send(new IssueTaskDraft.Command(draft.Id, null), People.Office);
        var units = (await system.Tasks(task => task.Kind == "oneOff")).DistinctBy(task => (task.Jurisdiction, task.LeadUnit)).Take(8).ToList();
        foreach (var task in units)
        {
            await system.Finish(task.Id);
        }

        var asking = (await system.Tasks(task => task.Kind == "oneOff" && task.State == TaskState.PendingAck))[0];
        await system.Acknowledge(asking.Id);
        await system.Send(
            new RequestExtension.Command(asking.Id, null, "材料未齐", "已完成一半", asking.DueAt!.Value.AddDays(2)), People.Liaison(asking.LeadUnit, asking.Jurisdiction));
        await system.Send(new DecideExtension.Command(asking.Id, null, true, null, "同意"), People.OfficeOf(asking.Jurisdiction));
        var waiting = (await system.Tasks(task => task.Kind == "standing" && task.Jurisdiction == "taiping"))[0];
        await system.Send(new SuspendTask.Command(waiting.Id, null, "等待文件", null), People.Office);
        for (var day = 0; day < 7; day++)
        {
            system.Pass(TimeSpan.FromDays(1));
            await system.RunDue();
        }

        await system.Send(new ResumeTask.Command(waiting.Id, null), People.Office);
        var missed = (await system.Tasks(task => task.State == TaskState.Missed && task.Jurisdiction == "taiping"))[0];
        await system.Finish(missed.Id);
        await system.Send(new ReopenTask.Command(missed.Id, null, "核实", system.Clock.Now.AddDays(1)), People.Office);
    }

    protected async Task IsRefused(string sql)
    {
        await using var system = await TestSystem.Start(database);
        var before = await system.Read(db => db.Audit.OrderBy(entry => entry.Id).Select(entry => entry.Hash + entry.Actor).ToListAsync());

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => system.Tamper(System.Runtime.CompilerServices.FormattableStringFactory.Create(sql)));

        Assert.Contains("append-only", failure.ToString());
        Assert.Equal(before, await system.Read(db => db.Audit.OrderBy(entry => entry.Id).Select(entry => entry.Hash + entry.Actor).ToListAsync()));
    }
}
