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
