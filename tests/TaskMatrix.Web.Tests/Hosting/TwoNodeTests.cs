using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Npgsql;

namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>Two servers on one PostgreSQL, as processes; one of them stands still for a while and goes on.</summary>
public sealed class TwoNodeTests
{
    /// <summary>A minute with <c>./test --long</c>, in which the other node goes on working; otherwise as long as the other node needs for its work.</summary>
    private static readonly TimeSpan Standing = Environment.GetEnvironmentVariable("TASKMATRIX_LONG") == "1" ? TimeSpan.FromSeconds(60) : TimeSpan.Zero;

    /// <summary>A second apart: many times what the watchdog waits before it does the scheduler's work.</summary>
    private const int MostLooks = 300;

    [Fact]
    public async Task A_node_that_stood_still_finds_its_work_done_and_what_it_decided_before_refused()
    {
        await using var postgres = await DurablePostgres.Start();
        var connection = await postgres.Database("nodes");
        using var stale = await ServerProcess.Start(RunningApi.NewFolder(), connection, "2020-01-24T07:30:00+08:00");
        using var other = await ServerProcess.Start(RunningApi.NewFolder(), connection);
        var (before, meanwhile) = (new WorkLedger(), new WorkLedger());
        await before.SignIn(stale.Address);
        await meanwhile.SignIn(other.Address);
        var task = (await before.Do(stale.Address, "/api/tasks", new JsonObject { ["title"] = "核查", ["leadUnit"] = "health", ["dueIn"] = "P3D" })).Json!;

        var (reached, ended) = before.Work(stale.Address, 20);
        await reached;
        stale.Halt();
        var stood = Stopwatch.StartNew();

        // Its open transactions hold rows for twenty seconds at most, those that waited for one are given up before; from then on everything is the other one's.
        await meanwhile.WorkAWhile(other.Address, 10);
        var urged = await meanwhile.Do(other.Address, $"/api/tasks/{task.Text("id")}/urge", new JsonObject { ["text"] = "请办理" });
        Assert.Equal(HttpStatusCode.OK, urged.Status);
        Assert.Equal(HttpStatusCode.OK, (await meanwhile.Do(other.Address, "/api/exercise/advance", new JsonObject { ["to"] = "2020-01-24T08:00:10+08:00" })).Status);
        while (stood.Elapsed < Standing)
        {
            await meanwhile.WorkAWhile(other.Address, 10);
        }

        stale.Continue();

        var late = await before.Do(stale.Address, $"/api/tasks/{task.Text("id")}/urge", new JsonObject { ["expectedVersion"] = task.Number("version"), ["text"] = "旧" });
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        await Task.WhenAll(Advance(before, stale), Advance(meanwhile, other));
        stale.Kill();
        await ended;
        await Check(connection);
        await before.CheckOwn(other.Address);
        await meanwhile.CheckOwn(other.Address);
    }

    [Fact]
    public async Task What_is_sent_to_both_under_one_key_is_done_once_and_one_goes_on_alone()
    {
        await using var postgres = await DurablePostgres.Start();
        var connection = await postgres.Database("twins");
        using var one = await ServerProcess.Start(RunningApi.NewFolder(), connection);
        using var other = await ServerProcess.Start(RunningApi.NewFolder(), connection);
        var person = new WorkLedger();
        await person.SignIn(one.Address);
        for (var round = 0; round < 10; round++)
        {
            var (key, body) = ($"twice-{round}", new JsonObject { ["title"] = $"同键 {round}", ["leadUnit"] = "education", ["dueIn"] = "P3D" });
            var answers = await Task.WhenAll(new[] { one, other, one, other }.Select(node => person.Do(node.Address, "/api/tasks", body, key)));
            Assert.Single(answers.Select(answer => (answer.Status, answer.Json!.ToJsonString())).Distinct());
            Assert.Equal(HttpStatusCode.Created, answers[0].Status);
        }

        await using var source = NpgsqlDataSource.Create(connection);
        Assert.Equal((10L, 10L), (await One(source, "SELECT count(*) FROM tasks WHERE title LIKE '同键%'"), await One(source, "SELECT count(*) FROM audit JOIN tasks ON tasks.id = task_id WHERE title LIKE '同键%'")));

        // Whoever ticked last is gone; its turn passes to the other.
        await Swept(one, 1);
        one.Kill();
        await Swept(other, 2);
    }

    /// <summary>The scheduler's own rows are lost; the watchdog does its work and the health says so.</summary>
    [Theory]
    [InlineData("TRUNCATE qrtz_triggers CASCADE")]
    [InlineData("UPDATE qrtz_triggers SET trigger_state = 'ERROR'")]
    [InlineData("UPDATE qrtz_job_details SET job_class_name = 'No.Such.Job, Nowhere'")]
    public async Task Deadlines_are_kept_although_the_schedulers_rows_are_broken(string damage)
    {
        await using var postgres = await DurablePostgres.Start();
        var connection = await postgres.Database("ticking");
        using var server = await ServerProcess.Start(RunningApi.NewFolder(), connection);
        var person = new WorkLedger();
        await person.SignIn(server.Address);
        await Swept(server, 1);
        await using var source = NpgsqlDataSource.Create(connection);
        Assert.NotEqual(0, await source.CreateCommand(damage).ExecuteNonQueryAsync());

        var task = (await person.Do(server.Address, "/api/tasks", new JsonObject { ["title"] = "按时", ["leadUnit"] = "education", ["dueIn"] = "PT5S" })).Json!.Text("id");
        for (var looked = 0; await One(source, $"SELECT overdue_since FROM tasks WHERE id = '{task}'") is DBNull; looked++)
        {
            Assert.True(looked < MostLooks, "nobody noticed that the task is overdue");
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        using var client = new HttpClient();
        var health = JsonNode.Parse(await client.GetStringAsync(new Uri(server.Address, "/health/ready")))!["checks"]!["heartbeat"]!;
        Assert.Equal("Degraded", health.Text("status"));
        Assert.Contains("the scheduler does not tick", health.Text("description"), StringComparison.Ordinal);
    }

    private static async Task Swept(ServerProcess node, int times)
    {
        var looked = 0;
        for (var until = await node.Figure("taskmatrix_sweeps_total") + times; await node.Figure("taskmatrix_sweeps_total") < until; looked++)
        {
            Assert.True(looked < MostLooks, "it does not sweep");
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Both fire everything of three days at once: deadlines and rungs of the ladders among them.</summary>
    private static async Task Advance(WorkLedger person, ServerProcess node) =>
        Assert.Equal(HttpStatusCode.OK, (await person.Do(node.Address, "/api/exercise/advance", new JsonObject { ["to"] = "2020-01-27T09:00:00+08:00" })).Status);

    private static async Task Check(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        Assert.Equal(0L, await One(source, "SELECT count(*) FROM (SELECT 1 FROM tasks WHERE occurrence IS NOT NULL GROUP BY duty, issued_to, occurrence, activation HAVING count(*) > 1) twice"));
        Assert.Equal(0L, await One(source, "SELECT count(*) FROM (SELECT 1 FROM audit WHERE action = 'escalate' AND task_sequence IS NOT NULL GROUP BY task_id, payload::jsonb->'event'->>'rung' HAVING count(*) > 1) twice"));
        Assert.True((long)(await One(source, "SELECT count(*) FROM audit WHERE action = 'escalate'"))! > 0);
        Assert.True((long)(await One(source, "SELECT count(*) FROM tasks WHERE occurrence = '2020-01-27'"))! > 0);
        Assert.True((long)(await One(source, "SELECT count(*) FROM qrtz_scheduler_state"))! > 0, "the scheduler is not clustered");
    }

    private static async Task<object?> One(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
