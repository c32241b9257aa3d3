using TaskMatrix.App.Duties;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Workflows;

public sealed class StandingOnSqlite() : StandingSuite(new SqliteDatabase());

public sealed class StandingOnPostgres() : StandingSuite(new PostgresDatabase());

/// <summary>Sums by step, by unit and by section are those of the tasks themselves.</summary>
public abstract class StandingSuite(ITestDatabase database)
{
    private const string Process = "standing-duty";

    [Fact]
    public async Task Each_step_counts_the_open_tasks_that_stand_there_and_the_list_shows_the_same()
    {
        await using var system = await Moved();

        foreach (var reader in new[] { People.Office, People.Liaison("education") })
        {
            var version = Assert.Single(await system.Send(new GetWorkflowStanding.Query(Process), reader));
            Assert.Equal(["arrange", "feedback"], version.Steps.Select(step => step.Step));
            foreach (var step in version.Steps)
            {
                var listed = await Listed(system, step.Step, version.Version, reader);
                Assert.Equal((listed.Count, listed.Count(task => task.LateSince(system.Clock.Now))), (step.Open, step.Overdue));
            }
        }

        var steps = (await system.Send(new GetWorkflowStanding.Query(Process), People.Office))[0].Steps;
        Assert.All(steps, step => Assert.True(step.Open > 0));
        Assert.True(steps[0] is { Overdue: > 0, Light: Light.Red });
    }

    [Fact]
    public async Task The_whole_and_each_unit_stand_as_the_counts_of_tasks_say()
    {
        await using var system = await Moved();

        foreach (var reader in new[] { People.Office, People.Liaison("education") })
        {
            var standing = await system.Send(new GetStanding.Query(), reader);
            var counts = await system.Send(new CountTasks.Query(new TaskFilter()), People.Office);
            var own = reader == People.Office ? counts.ByUnit.Keys : (IEnumerable<string>)["education"];
            Assert.Equal(own.Order(), standing.Units.Keys.Order());
            Assert.Equal(Standing.Of(standing.Units.Values), standing.Whole);
            if (reader == People.Office)
            {
                Assert.Equal((counts.Open, counts.Overdue, counts.ByState[TaskState.Closed]), (standing.Whole.Open, standing.Whole.Overdue, standing.Whole.Closed));
            }
        }
    }

    [Fact]
    public async Task The_sections_of_the_matrix_add_up_to_the_whole()
    {
        await using var system = await Moved();
        var matrix = await system.Send(new GetMatrix.Query(null, null), People.Office);

        var sections = MatrixSections.Of(matrix);

        Assert.Equal(matrix.Rows.Select(row => row.Section).Distinct(), sections.Select(section => section.Section));
        Assert.Equal(matrix.Rows.Count, sections.Sum(section => section.Duties));
        Assert.Equal(Standing.Of(matrix.Rows.SelectMany(row => row.Cells.Values).Select(cell => cell.ToStanding())), Standing.Of(sections.Select(section => section.Whole)));
        foreach (var section in sections)
        {
            foreach (var (unit, sum) in section.Cells)
            {
                var cells = matrix.Rows.Where(row => row.Section == section.Section && row.Cells.ContainsKey(unit)).Select(row => row.Cells[unit]).ToList();
                Assert.NotEmpty(cells);
                Assert.Equal((cells.Sum(cell => cell.Open), cells.Sum(cell => cell.Overdue), cells.Sum(cell => cell.Closed)), (sum.Open, sum.Overdue, sum.Closed));
                Assert.Equal(cells.Any(cell => cell.Light == Light.Red), sum.Light == Light.Red);
            }
        }

        Assert.Equal(MatrixSections.Total(matrix).Whole, Standing.Of(sections.Select(section => section.Whole)));
    }

    [Fact]
    public async Task An_old_version_is_drawn_with_the_tasks_that_still_run_on_it()
    {
        await using var system = await Moved();
        var text = (await system.Send(new GetWorkflow.Query(Process, null), People.Office)).Text!;
        await system.Send(new PublishWorkflow.Command(Process, text.Replace("部署落实", "部署并落实", StringComparison.Ordinal)), People.Office);

        var versions = await system.Send(new GetWorkflowStanding.Query(Process), People.Office);
        var (newest, old) = (await Drawn(system, null), await Drawn(system, 1));

        Assert.Equal([2, 1], versions.Select(version => version.Version));
        Assert.All(versions[0].Steps, step => Assert.Equal(0, step.Open));
        Assert.Equal(("部署并落实", "部署落实"), (versions[0].Steps[0].Title, versions[1].Steps[0].Title));
        Assert.DoesNotContain("data-open", newest.Svg, StringComparison.Ordinal);
        Assert.Contains($"data-open=\"{versions[1].Steps[0].Open}\"", old.Svg, StringComparison.Ordinal);
        await Assert.ThrowsAsync<App.Organisations.NotFoundException>(() => Drawn(system, 3));
    }

    private static Task<DrawWorkflow.Drawing> Drawn(TestSystem system, int? version) =>
        system.Send(new DrawWorkflow.Query(Process, null, English: false, version, Standing: true), People.Office);

    private static async Task<IReadOnlyList<TaskView>> Listed(TestSystem system, string step, int version, Engine.Organisations.Actor reader)
    {
        var (all, cursor) = (new List<TaskView>(), (string?)null);
        do
        {
            var page = await system.Send(
                new ListTasks.Query(new TaskFilter { Workflow = Process, WorkflowVersion = version, Step = step, OpenOnly = true }, null, new Paging(cursor, Paging.Most)), reader);
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return all;
    }

    /// <summary>Some weeks into a response in which little was done and something closed.</summary>
    private async Task<TestSystem> Moved()
    {
        var system = await TestSystem.Start(database);
        foreach (var task in (await system.Tasks(task => task.Kind == "oneOff" && task.Jurisdiction == "taiping" && task.State == TaskState.PendingAck)).Take(3))
        {
            await system.Finish(task.Id);
        }

        system.Pass(TimeSpan.FromDays(9));
        await system.RunDue();
        return system;
    }
}

file static class Lateness
{
    /// <summary>Open and past its due time, or past its time to acknowledge without being acknowledged.</summary>
    public static bool LateSince(this TaskView task, DateTimeOffset now) =>
        task.OverdueSince <= now || (task.State == TaskState.PendingAck && task.AckBreachedAt <= now);
}
