using TaskMatrix.App.Duties;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Duties;

public sealed class MatrixThenOnSqlite() : MatrixThenSuite(new SqliteDatabase());

public sealed class MatrixThenOnPostgres() : MatrixThenSuite(new PostgresDatabase());

/// <summary>The matrix of a moment is what the matrix showed at that moment.</summary>
public abstract class MatrixThenSuite(ITestDatabase database)
{
    [Fact]
    public async Task Looking_back_shows_what_was_seen_then()
    {
        await using var system = await TestSystem.Start(database);
        var (seen, units) = (new List<(DateTimeOffset At, string All, string Own)>(), await system.Tasks(task => task.Kind == "oneOff" && task.Jurisdiction == "taiping" && task.State == TaskState.PendingAck));
        foreach (var task in units.Take(4))
        {
            await system.Finish(task.Id);
            system.Pass(TimeSpan.FromDays(1));
            await system.RunDue();
            seen.Add((system.Clock.Now, await Shown(system, null, office: true), await Shown(system, null, office: false)));
            system.Pass(TimeSpan.FromMinutes(1));
        }

        // What was closed then is opened again, and what was open ends.
        await system.Send(new ReopenTask.Command(units[0].Id, null, "核实", system.Clock.Now.AddDays(1)), People.Office);
        await system.Terminate(units[5].Id);
        await system.Send(new SuspendTask.Command(units[6].Id, null, "等待文件", null), People.Office);
        system.Pass(TimeSpan.FromDays(2));
        await system.RunDue();

        foreach (var (at, all, own) in seen)
        {
            Assert.Equal(all, await Shown(system, at, office: true));
            Assert.Equal(own, await Shown(system, at, office: false));
        }

        Assert.NotEqual(seen[^1].All, await Shown(system, null, office: true));
    }

    [Fact]
    public async Task Before_the_first_task_it_is_empty_and_what_is_to_come_is_the_present()
    {
        await using var system = await TestSystem.Start(database);

        var (before, after) = (await Matrix(system, TestSystem.Morning.AddDays(-2), office: true), await Matrix(system, TestSystem.Morning.AddDays(2), office: true));

        Assert.All(before.Rows.SelectMany(row => row.Cells.Values), cell => Assert.Equal((0, 0, 0), (cell.Open, cell.Overdue, cell.Closed)));
        Assert.Null(after.AsOf);
        Assert.Contains(after.Rows.SelectMany(row => row.Cells.Values), cell => cell.Open > 0);
    }

    private static Task<GetMatrix.Result> Matrix(TestSystem system, DateTimeOffset? at, bool office) =>
        system.Send(new GetMatrix.Query(null, null, at), office ? People.Office : People.Liaison("education"));

    private static async Task<string> Shown(TestSystem system, DateTimeOffset? at, bool office) => string.Join('\n', (await Matrix(system, at, office)).Rows
        .SelectMany(row => row.Cells.OrderBy(cell => cell.Key).Select(cell => $"{row.DutyId} {cell.Key} {cell.Value.Open} {cell.Value.Overdue} {cell.Value.Closed} {cell.Value.Light}")));
}
