using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Duties;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.TaskInstances;

public sealed class TalliesOnSqlite() : TallySuite(new SqliteDatabase());

public sealed class TalliesOnPostgres() : TallySuite(new PostgresDatabase());

/// <summary>What is finished is counted once and never again; the counts are those of the tasks themselves.</summary>
public abstract class TallySuite(ITestDatabase database)
{
    private static readonly TaskFilter[] Filters =
    [
        new TaskFilter(),
        new TaskFilter { Unit = "health" },
        new TaskFilter { State = TaskState.Closed },
        new TaskFilter { Light = Light.Red },
        new TaskFilter { Light = Light.Grey, Unit = "education" },
        new TaskFilter { Plan = "taiping-2020-3" },
        new TaskFilter { Duty = "taiping.education.absence-checks" },
        new TaskFilter { Jurisdiction = "lanxi" },
        new TaskFilter { Q = "学生" },
        new TaskFilter { OpenOnly = true },
        new TaskFilter { LiveOnly = true, Unit = "health" },
        new TaskFilter { LeadsOnly = true, Unit = "education" },
        new TaskFilter { LeadsOnly = true },
    ];

    [Fact]
    public async Task Counts_are_those_of_the_tasks_themselves()
    {
        await using var system = await TestSystem.Start(database);
        await Work(system);

        foreach (var actor in new[] { People.Office, People.Inspector, People.Liaison("education"), People.Liaison("health"), People.Head("public-security") })
        {
            foreach (var filter in Filters)
            {
                var counted = await system.Send(new CountTasks.Query(filter), actor);
                var tasks = await system.Read(db => filter.Apply(db, actor, system.Clock.Now).ToListAsync());
                var about = $"{actor.UserName} {filter}";
                Assert.Equal((about, Texts(tasks, task => task.State)), (about, Texts(counted.ByState)));
                Assert.Equal((about, Texts(tasks, task => task.LightAt(system.Clock.Now))), (about, Texts(counted.ByLight)));
                Assert.Equal((about, Texts(tasks, task => task.LeadUnit)), (about, Texts(counted.ByUnit)));
                Assert.Equal((about, tasks.Count), (about, counted.Total));
            }
        }
    }

    [Fact]
    public async Task The_matrix_shows_what_is_closed_and_what_is_open()
    {
        await using var system = await TestSystem.Start(database);
        await Work(system);
        var plan = (await system.Tasks(task => task.Plan != null && task.Jurisdiction == "taiping"))[0].Plan;
        var tasks = (await system.Tasks(task => task.Plan == plan && task.Duty != null)).ToLookup(task => (task.Duty!, task.LeadUnit));
        Assert.Contains(tasks, cell => cell.Any(task => task.State == TaskState.Closed));

        foreach (var (actor, unit) in new[] { (People.Office, null), (People.Liaison("education"), "education") })
        {
            var cells = (await system.Send(new GetMatrix.Query("taiping", plan), actor)).Rows
                .SelectMany(row => row.Cells.Select(cell => (Key: (row.DutyId, cell.Key), cell.Value.Open, cell.Value.Closed))).Where(cell => cell.Open + cell.Closed > 0);

            Assert.Equal(
                tasks.Where(cell => unit is null || cell.Key.LeadUnit == unit)
                    .Select(cell => (cell.Key, Open: cell.Count(task => task.State.IsOpen()), Closed: cell.Count(task => task.State == TaskState.Closed)))
                    .Where(cell => cell.Open + cell.Closed > 0).Order(),
                cells.Order());
        }
    }

    /// <summary>An older program writes tasks and units and knows nothing of tallies; so does a hand.</summary>
    [Fact]
    public async Task What_a_program_without_tallies_writes_is_counted()
    {
        await using var system = await TestSystem.Start(database);
        await Work(system);
        var open = await system.Tasks(task => task.State == TaskState.PendingAck && task.Jurisdiction == "taiping");
        var (first, second, third) = (open[0].Id, open[1].Id, open[2].Id);

        await Same(system, $"UPDATE tasks SET state = 'Closed' WHERE id = {first}");
        await Same(system, $"UPDATE tasks SET overdue_since = due_at WHERE id = {first}");
        await Same(system, $"UPDATE tasks SET state = 'Terminated', lead_unit = 'health' WHERE id = {second}");
        await Same(system, $"UPDATE tasks SET state = 'InProgress' WHERE id = {first}");
        await Same(system, $"UPDATE tasks SET state = 'NotApplicable' WHERE id IN ({first}, {third})");
        await Same(system, $"INSERT INTO task_units (task_id, jurisdiction, unit, part) VALUES ({third}, 'taiping', 'finance', 'works')");
        await Same(system, $"UPDATE task_units SET part = 'reads' WHERE task_id = {third} AND unit = 'finance'");
        await Same(system, $"DELETE FROM task_units WHERE task_id = {third} AND unit = 'finance'");
        await Same(system, $"DELETE FROM tasks WHERE id = {third}");
        Assert.Equal(0, await system.Read(db => db.Tallies.CountAsync(tally => tally.Unit == "finance" && tally.Part != TaskTally.Leads && tally.LeadUnit == open[2].LeadUnit && tally.Count != 0)));
        Assert.Equal(
            await system.Read(db => db.Tasks.CountAsync(task => TaskStates.Finished.Contains(task.State))),
            await system.Read(db => db.Tasks.CountAsync(task => EF.Property<DateTimeOffset?>(task, TaskInstanceTable.LiveDue) == null)));
    }

    private static async Task Same(TestSystem system, FormattableString sql)
    {
        Assert.NotEqual(0, await system.Tamper(sql));
        var tasks = await system.Read(db => db.Tasks.AsNoTracking().Where(task => TaskStates.Finished.Contains(task.State)).ToDictionaryAsync(task => task.Id));
        var units = await system.Read(db => db.TaskUnits.AsNoTracking().ToListAsync());
        var counted = units.Where(unit => tasks.ContainsKey(unit.TaskId))
            .GroupBy(unit => Key(tasks[unit.TaskId], unit)).Select(group => $"{group.Key}={group.Count()}").Order(StringComparer.Ordinal);
        var tallies = (await system.Read(db => db.Tallies.AsNoTracking().Where(tally => tally.Count != 0).ToListAsync()))
            .Select(tally => $"{tally.Jurisdiction}/{tally.Unit}/{tally.Part}/{tally.Plan}/{tally.Duty}/{tally.LeadUnit}/{tally.State}/{tally.Light}={tally.Count}").Order(StringComparer.Ordinal);
        Assert.Equal(counted, tallies);
    }

    private static string Key(TaskInstance task, TaskUnit unit) =>
        $"{task.Jurisdiction}/{unit.Unit}/{unit.Part}/{task.Plan}/{task.Duty}/{task.LeadUnit}/{task.State}/{task.LightAt(TestSystem.Morning.AddDays(5))}";

    /// <summary>Closed in time and late, called off, terminated, reopened and closed again, with co-units and without a duty.</summary>
    private static async Task Work(TestSystem system)
    {
        var reopened = await system.Assign("health", coUnits: ["education", "public-security"]);
        await system.Finish(reopened.Id);
        await system.Send(new ReopenTask.Command(reopened.Id, null, "情况有变", TestSystem.Morning.AddDays(1)), People.Office);
        var again = await system.Assign("education", coUnits: ["health"]);
        await system.Finish(again.Id);
        await system.Send(new ReopenTask.Command(again.Id, null, "情况有变", TestSystem.Morning.AddDays(1)), People.Office);
        await system.Finish(again.Id);
        await system.Terminate((await system.Assign("health")).Id);
        await system.Send(new MarkNotApplicable.Command((await system.Assign("education")).Id, null, "不属本区"), People.Office);
        foreach (var task in (await system.Tasks(task => task.Form == null && task.State == TaskState.PendingAck && task.Jurisdiction == "taiping")).Take(12))
        {
            await system.Finish(task.Id);
        }

        system.Pass(TimeSpan.FromDays(5));
        await system.RunDue();
        foreach (var task in (await system.Tasks(task => task.Form == null && task.State == TaskState.PendingAck && task.OverdueSince != null && task.Jurisdiction == "taiping")).Take(5))
        {
            await system.Finish(task.Id);
        }
    }

    private static string Texts<T>(IEnumerable<TaskInstance> tasks, Func<TaskInstance, T> by) where T : notnull =>
        Texts(tasks.GroupBy(by).ToDictionary(group => group.Key, group => group.Count()));

    private static string Texts<T>(IReadOnlyDictionary<T, int> counts) where T : notnull =>
        string.Join(' ', counts.Where(count => count.Value != 0).Select(count => $"{count.Key}={count.Value}").Order());
}
