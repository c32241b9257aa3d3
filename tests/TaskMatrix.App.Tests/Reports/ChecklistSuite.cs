using System.Text.Json;
using FluentValidation;
using TaskMatrix.App.Reports;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Reports;

public sealed class ChecklistsOnSqlite() : ChecklistSuite(new SqliteDatabase());

public sealed class ChecklistsOnPostgres() : ChecklistSuite(new PostgresDatabase());

public abstract class ChecklistSuite(ITestDatabase database)
{
    private const string Duty = "taiping.education.absence-checks";

    [Fact]
    public async Task A_checklist_with_results_answers_for_every_item()
    {
        await using var system = await TestSystem.Start(database);
        var task = await Task(system);

        Assert.Equal("form.items-incomplete", await Refused(system, task, """{"results":[]}"""));
        Assert.Equal("form.items-incomplete", await Refused(system, task, """{"results":[{"item":"晨检","result":"done"}]}"""));
        Assert.Equal("form.unknown-item", await Refused(system, task, """{"results":[{"item":"消毒","result":"done"}]}"""));
        Assert.Equal("form.note-missing", await Refused(system, task, Filled("problem", "")));
        await Assert.ThrowsAsync<ValidationException>(() => system.Submit(task, Filled("fine", "")));
        await Assert.ThrowsAsync<ValidationException>(() => system.Submit(task, """{"itemsDone":["晨检"]}"""));
        Assert.Equal(TaskState.InProgress, (await system.TaskOf(task)).State);

        Assert.Equal(TaskState.Closed, (await system.Submit(task, Filled("problem", "两名学生发热"))).State);
    }

    [Fact]
    public async Task Words_alone_stay_allowed_and_are_shown_as_that()
    {
        await using var system = await TestSystem.Start(database);
        await system.Submit(await Task(system));

        var list = (await system.Send(new GetChecklists.Query(null, null), People.Office)).Checklists.Single(list => list.Duty == Duty);

        Assert.Equal((false, 0), (list.Recorded, list.Done));
        Assert.NotNull(list.SubmittedAt);
        Assert.Equal(["晨检", "午检", "因病缺勤追查"], list.Items.Select(item => item.Item));
    }

    [Fact]
    public async Task The_office_sees_the_day_with_problems_first()
    {
        await using var system = await TestSystem.Start(database);
        await system.Submit(await Task(system), Filled("problem", "两名学生发热"));

        var day = await system.Send(new GetChecklists.Query("taiping", new DateOnly(2020, 1, 23)), People.Inspector);

        var first = day.Checklists[0];
        Assert.Equal((Duty, "education", true, 2, 1, 0), (first.Duty, first.Unit, first.Recorded, first.Done, first.Problems, first.NotDone));
        Assert.Equal(("午检", "problem", "两名学生发热"), (first.Items[0].Item, first.Items[0].Result, first.Items[0].Note));
        Assert.Contains(day.Checklists, list => list.Duty == "taiping.shuiquan-town.expressway-watch" && !list.Recorded);
        Assert.Empty((await system.Send(new GetChecklists.Query(null, new DateOnly(2020, 1, 20)), People.Office)).Checklists);
        Assert.All((await system.Send(new GetChecklists.Query(null, null), People.Liaison("education"))).Checklists, list => Assert.Equal("education", list.Unit));
    }

    [Fact]
    public async Task A_task_keeps_the_items_its_duty_had_when_it_was_issued()
    {
        await using var system = await TestSystem.Start(database);
        var task = await Task(system);

        var yaml = Workflows.Shipped.TextOf("taiping.education").Replace("[晨检, 午检, 因病缺勤追查]", "[晨检, 午检, 晚检]", StringComparison.Ordinal);
        await system.Send(new App.Workflows.PublishWorkflow.Command("taiping.education", yaml), People.Office);

        Assert.Equal(["晨检", "午检", "因病缺勤追查"], (await system.Send(new GetTask.Query(task), People.Office)).Items);
        Assert.Equal("form.unknown-item", await Refused(system, task, Filled("done", "", "晚检")));
        Assert.Equal(TaskState.Closed, (await system.Submit(task, Filled("done", ""))).State);
    }

    private static async Task<Guid> Task(TestSystem system) => (await system.Tasks(task => task.Duty == Duty)).Single().Id;

    private static string Filled(string noon, string note, string third = "因病缺勤追查") => JsonSerializer.Serialize(new
    {
        results = new object[] { new { item = "晨检", result = "done" }, new { item = "午检", result = noon, note }, new { item = third, result = "done" } },
        problemsFound = 1,
    });

    private static async Task<string> Refused(TestSystem system, Guid task, string form) =>
        (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Submit(task, form))).Code;
}
