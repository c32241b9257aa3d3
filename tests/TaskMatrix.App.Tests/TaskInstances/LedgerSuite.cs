using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.TaskInstances;

public sealed class LedgerOnSqlite() : LedgerSuite(new SqliteDatabase());

public sealed class LedgerOnPostgres() : LedgerSuite(new PostgresDatabase());

public abstract class LedgerSuite(ITestDatabase database)
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("TASKMATRIX_LONG") == "1";

    [Fact]
    public async Task Sixteen_clients_race_over_two_hundred_tasks_and_each_has_one_winner()
    {
        await using var system = await TestSystem.Start(database);
        var other = await system.AnotherNode();
        var tasks = (await system.Tasks(task => task.State == TaskState.PendingAck && task.Jurisdiction == "taiping")).Take(200).ToList();
        Assert.Equal(200, tasks.Count);
        var (won, refused) = (new ConcurrentBag<(Guid Task, string By)>(), new ConcurrentBag<string>());

        await Task.WhenAll(Enumerable.Range(0, 16).Select(client => Task.Run(async () =>
        {
            foreach (var task in tasks)
            {
                var person = People.Liaison(task.LeadUnit) with { UserName = $"client-{client}" };
                try
                {
                    await (client % 2 == 0 ? system : other).Send(new AcknowledgeTask.Command(task.Id, task.Version), person);
                    won.Add((task.Id, person.UserName));
                }
                catch (RuleBrokenException broken)
                {
                    refused.Add(broken.Code);
                }
            }
        })));

        Assert.Equal(tasks.Select(task => task.Id).Order(), won.Select(one => one.Task).Order());
        Assert.Equal(15 * 200, refused.Count(code => code == "task.version-conflict"));
        var entries = await system.Read(db => db.Audit.Where(entry => entry.Action == "acknowledge").Select(entry => new { entry.TaskId, entry.Actor }).ToListAsync());
        Assert.Equal(won.Select(one => ((Guid?)one.Task, one.By)).Order(), entries.Select(entry => (entry.TaskId, entry.Actor)).Order());
        await other.Stop();
    }

    [Fact]
    public async Task A_fault_after_any_statement_keeps_all_of_a_command_or_nothing()
    {
        var lights = new Lights();
        await using var system = await TestSystem.Start(database, besides: lights.Register);
        // Its signature closes it, raises an event, and starts tasks at several units.
        var report = (await system.Tasks(task => task.Duty == "lanxi.all-units.daily-report" && task.LeadUnit == "central-school")).Single();
        await system.Submit(report.Id, """{"suspectedCases":1}""");
        var before = await Fingerprint(system, report.Id);

        var failAt = 1;
        for (; ; failAt++)
        {
            lights.GoOutAfter(failAt);
            var failure = await Record.ExceptionAsync(() => system.Sign(report.Id));
            lights.GoOutAfter(0);
            if (failure is null)
            {
                break;
            }

            Assert.True(Lights.WentOut(failure), failure.ToString());
            Assert.Equal(before, await Fingerprint(system, report.Id));
        }

        Assert.True(failAt > 10, $"only {failAt} statements");
        Assert.NotEqual(before, await Fingerprint(system, report.Id));
        Assert.Equal(TaskState.Closed, (await system.TaskOf(report.Id)).State);
    }

    /// <summary>Whoever lost gets a start before the other in the next race, the longer the more often he lost: each wins some.</summary>
    [Theory]
    [InlineData("reassign")]
    [InlineData("extend")]
    public async Task A_closing_raced_with_a_reassignment_or_an_extension_is_one_or_the_other(string against)
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var other = await system.AnotherNode();
        var (closings, others, lead) = (0, 0, 0);
        for (var (n, most) = (0, Long ? 1000 : 20); n < most || (Math.Min(closings, others) == 0 && n < 10 * most); n++)
        {
            var task = await system.Assign(review: false);
            await system.Acknowledge(task.Id);
            await system.Send(new RequestExtension.Command(task.Id, null, "材料未齐", "一半", task.DueAt!.Value.AddDays(1)), People.Liaison("education"));
            await Task.WhenAll(
                After(-lead, () => system.Submit(task.Id)),
                After(lead, () => against == "reassign"
                    ? other.Send(new ReassignTask.Command(task.Id, null, "health", null, "改派", null, null), People.Office)
                    : other.Send(new DecideExtension.Command(task.Id, null, true, null, "同意"), People.Office)));

            var (row, events) = (await system.TaskOf(task.Id), await system.Events(task.Id));
            // A request that was made in time may still be decided (it says whether there was a breach); nothing else follows a closing.
            var after = events.SkipWhile(one => one is not Submitted).Skip(1).ToList();
            Assert.True(after.Count <= 1 && after.All(one => one is ExtensionDecided), $"{after.FirstOrDefault()} after the closing");
            Assert.Equal(events.OfType<Submitted>().Any(), row.State == TaskState.Closed);
            Assert.Equal(row.Version, events.Count);
            var closed = events.First(one => one is Submitted or Reassigned or ExtensionDecided) is Submitted;
            (closings, others, lead) = closed ? (closings + 1, others, lead - 1) : (closings, others + 1, lead + 1);
        }

        Assert.True(closings > 0 && others > 0, $"the closing was first {closings} times, the other {others} times");
        await other.Stop();
    }

    /// <param name="milliseconds">How long after the other it begins; at once when negative.</param>
    private static async Task After(int milliseconds, Func<Task> act)
    {
        await Task.Delay(Math.Max(0, milliseconds));
        await Record.ExceptionAsync(act);
    }

    [Fact]
    public async Task A_stale_version_is_refused_and_changes_nothing()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var task = await system.Assign();
        await system.Send(new UrgeTask.Command(task.Id, task.Version, "请抓紧"), People.Office);
        var before = await Fingerprint(system, task.Id);

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new AcknowledgeTask.Command(task.Id, task.Version), People.Liaison("education")));

        Assert.Equal(("task.version-conflict", 2), (refused.Code, refused.Arguments[0]));
        Assert.Equal(before, await Fingerprint(system, task.Id));
    }

    [Fact]
    public async Task Reassigning_moves_the_units_that_see_the_task()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var task = await system.Assign(coUnits: ["health", "公安分局"]);
        Assert.Equal("education:leads health:works public-security:works", await Units(system, task.Id));

        await system.Send(new ReassignTask.Command(task.Id, null, "health", ["public-security", "red-cross"], "属卫健职责", null, null), People.Office);

        Assert.Equal("health:leads public-security:works red-cross:works", await Units(system, task.Id));
        Assert.Empty((await system.Send(new ListTasks.Query(new TaskFilter(), null, Paging.First), People.Liaison("education"))).Items);
        Assert.Single((await system.Send(new ListTasks.Query(new TaskFilter(), null, Paging.First), People.Liaison("health"))).Items);
    }

    [Fact]
    public async Task The_database_itself_refuses_a_second_task_of_an_occurrence()
    {
        await using var system = await TestSystem.Start(database);
        var tasks = await system.Tasks(task => task.Kind == "recurring");

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => system.Tamper(
            $"UPDATE tasks SET duty = {tasks[0].Duty}, issued_to = {tasks[0].IssuedTo}, occurrence = {tasks[0].Occurrence} WHERE id = {tasks[1].Id}"));

        Assert.Contains("unique", failure.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Numbers_have_no_gap_although_some_commands_failed()
    {
        await using var system = await TestSystem.Start(database, activate: false);

        var created = Enumerable.Range(0, 24).Select(n => Record.ExceptionAsync(
            () => system.Assign(n % 4 == 0 ? "no-such-unit" : "education", dueAt: n % 4 == 1 ? TestSystem.Morning.AddDays(-1) : null)));
        await Task.WhenAll(created);

        Assert.Equal(Enumerable.Range(1, 12).Select(n => $"太平-2020-{n:000000}"), (await system.Tasks(_ => true)).Select(task => task.Number));
    }

    [Fact]
    public async Task Giving_out_tasks_and_raising_events_at_once_loses_neither()
    {
        await using var system = await TestSystem.Start(database);
        var other = await system.AnotherNode();

        await Task.WhenAll(Enumerable.Range(0, 12).SelectMany(n => new Task[]
        {
            system.Assign("leading-group-office"),
            other.Send(new RaiseEvent.Command(null, "rumour", null, $"不实信息{n}", null), People.Office),
        }));

        Assert.Equal(12, (await system.Tasks(task => task.Kind == "manual")).Count);
        Assert.Equal(12, await system.Read(db => db.RaisedEvents.CountAsync()));
        await other.Stop();
    }

    private static async Task<string> Units(TestSystem system, Guid task) => string.Join(' ', await system.Read(db =>
        db.TaskUnits.Where(unit => unit.TaskId == task).OrderBy(unit => unit.Unit).Select(unit => unit.Unit + ":" + unit.Part).ToListAsync()));

    /// <summary>Rows of every table, and the contents of those that a command on one task changes.</summary>
    private static Task<string> Fingerprint(TestSystem system, Guid id) => system.Read(async db => string.Join('\n',
    [
        $"{await db.Tasks.CountAsync()} tasks, {await db.TaskUnits.CountAsync()} units, {await db.Timers.CountAsync()} timers, {await db.Audit.CountAsync()} entries, "
            + $"{await db.RaisedEvents.CountAsync()} events, {await db.Schedules.CountAsync()} schedules",
        .. await db.ChainHeads.OrderBy(head => head.Jurisdiction).ThenBy(head => head.Unit).Select(head => head.Unit + head.Sequence + head.Hash).ToListAsync(),
        .. await db.Counters.OrderBy(counter => counter.Jurisdiction).Select(counter => counter.Jurisdiction + counter.Last).ToListAsync(),
        .. TaskFields.All(await db.Tasks.SingleAsync(task => task.Id == id)).Select(field => $"{field.Key}={field.Value}"),
        .. (await db.Timers.Where(timer => timer.TaskId == id).ToListAsync()).Select(timer => $"{timer.Kind} {timer.DueAt}"),
    ]));
}
