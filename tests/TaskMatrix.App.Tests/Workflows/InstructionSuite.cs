using FluentValidation;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Tests.Workflows;

public sealed class InstructionsOnSqlite() : InstructionSuite(new SqliteDatabase());

public sealed class InstructionsOnPostgres() : InstructionSuite(new PostgresDatabase());

/// <summary>批示 → 传达和督办 → tasks → feedback → closed.</summary>
public abstract class InstructionSuite(ITestDatabase database)
{
    [Fact]
    public async Task Starts_the_duty_of_passing_it_on_and_closes_with_its_last_task()
    {
        await using var system = await TestSystem.Start(database);
        var issued = await Issue(system);
        Assert.Equal(("批示-2020-0001", InstructionState.Issued, "leader"), (issued.Number, issued.State, issued.IssuedBy));
        Assert.Equal("taiping.gov-office.leaders-instructions", Assert.Single(await system.Tasks(task => task.SourceReference == issued.EventId)).Duty);

        var tasked = await Order(system, issued.Id, "education", "health");
        Assert.Equal((InstructionState.InProgress, 2), (tasked.State, tasked.Tasks.Count));
        var first = await system.TaskOf(tasked.Tasks[0].Id);
        Assert.Equal((true, true), (first.SignOffRequired, first.ReviewRequired));
        await system.Finish(tasked.Tasks[0].Id);
        Assert.Equal(InstructionState.InProgress, (await Get(system, issued.Id)).State);

        system.Pass(TimeSpan.FromHours(1));
        await system.Finish(tasked.Tasks[1].Id);

        var closed = await Get(system, issued.Id);
        Assert.Equal((InstructionState.Closed, system.Clock.Now), (closed.State, closed.ClosedAt));
        Assert.All(closed.Tasks, task => Assert.Equal(("已办理", Outcome.Done), (task.ReportText, task.Outcome)));

        await system.Send(new ReopenTask.Command(tasked.Tasks[0].Id, null, "核查", system.Clock.Now.AddDays(1)), People.Office);
        Assert.Equal(InstructionState.InProgress, (await Get(system, issued.Id)).State);
        await system.Finish(tasked.Tasks[0].Id);
        Assert.Equal(InstructionState.Closed, (await Get(system, issued.Id)).State);
        Assert.Equal(
            ["close-instruction", "close-instruction", "issue-instruction", "reopen-instruction", "task-instruction"],
            (await system.Read(db => db.Audit.Where(entry => entry.Action.EndsWith("-instruction")).Select(entry => entry.Action).ToListAsync())).Order());
        Assert.True((await system.Send(new VerifyRecord.Query())).Ok);
    }

    [Fact]
    public async Task Closes_too_when_all_its_tasks_come_to_nothing_and_says_so()
    {
        await using var system = await TestSystem.Start(database);
        var issued = await Issue(system);
        var tasks = (await Order(system, issued.Id, "education", "health")).Tasks;
        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new CloseInstruction.Command(issued.Id, "x"), People.Office));
        Assert.Equal("instruction.has-tasks", broken.Code);

        await system.Terminate(tasks[0].Id);
        Assert.Equal((InstructionState.InProgress, null), (await Get(system, issued.Id)) is var open ? (open.State, open.EndedBy) : default);
        await system.Terminate(tasks[1].Id);

        Assert.Equal((InstructionState.Closed, InstructionEnd.Nothing), (await Get(system, issued.Id)) is var closed ? (closed.State, closed.EndedBy) : default);
        Assert.Equal("instruction.wrong-state", (await Assert.ThrowsAsync<RuleBrokenException>(() => Order(system, issued.Id, "education"))).Code);
        var byHand = new CreateTask.Command(null, "补", null, "education", null, null, null, null, "P1D", null, null, null, null, new TaskSource("instruction", issued.Id.ToString()), false);
        Assert.Equal("instruction.wrong-state", (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(byHand, People.Office))).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Takes_the_task_of_passing_it_on_with_it(bool byWord)
    {
        await using var system = await TestSystem.Start(database);
        var issued = await Issue(system);
        var relay = Assert.Single(await system.Tasks(task => task.SourceReference == issued.EventId));
        await system.Acknowledge(relay.Id);

        if (byWord)
        {
            await system.Send(new CloseInstruction.Command(issued.Id, "已当面说明"), People.Office);
        }
        else
        {
            await system.Finish((await Order(system, issued.Id, "education")).Tasks[0].Id);
        }

        var closed = await system.TaskOf(relay.Id);
        Assert.Equal((TaskState.Closed, true, system.Clock.Now), (closed.State, closed.OnTime, closed.ClosedAt));
        Assert.Contains(issued.Number, closed.ReportText, StringComparison.Ordinal);
        Assert.Equal(byWord ? InstructionEnd.Word : InstructionEnd.Tasks, (await Get(system, issued.Id)).EndedBy);
        Assert.True((await system.Send(new VerifyRecord.Query())).Ok);
    }

    [Fact]
    public async Task A_task_made_by_hand_that_names_it_counts_and_one_that_names_a_paper_does_not()
    {
        await using var system = await TestSystem.Start(database);
        var issued = await Issue(system);
        CreateTask.Command Naming(string reference) =>
            new(null, "查", null, "education", null, null, null, null, "P1D", false, null, null, null, new TaskSource("instruction", reference), false);

        await system.Send(Naming("区长〔2020〕1号"), People.Office);
        Assert.Equal(InstructionState.Issued, (await Get(system, issued.Id)).State);

        var task = await system.Send(Naming(issued.Id.ToString()), People.Leader);
        Assert.Equal(InstructionState.InProgress, (await Get(system, issued.Id)).State);
        await system.Finish(task.Id);
        Assert.Equal(InstructionState.Closed, (await Get(system, issued.Id)).State);
    }

    [Fact]
    public async Task The_office_registers_for_a_leader_by_post_and_that_is_shown_as_an_assumption()
    {
        await using var system = await TestSystem.Start(database);
        var registered = await system.Send(new IssueInstruction.Command(null, "请核查", null, "阜太批〔2020〕7号", "executive-deputy"), People.Office);
        Assert.Equal(("领导小组常务副组长（常务副区长）", "office"), (registered.IssuedBy, registered.RegisteredBy));
        Assert.NotEmpty(registered.Assumption!);

        async Task<string> Refused(string? leader, Engine.Organisations.Actor actor) =>
            Assert.Single((await Assert.ThrowsAsync<ValidationException>(() => system.Send(new IssueInstruction.Command(null, "请核查", null, null, leader), actor))).Errors).ErrorCode;
        Assert.Equal("instruction.leader-missing", await Refused(null, People.Office));
        Assert.Equal("instruction.unknown-post", await Refused("liaison", People.Office));
        Assert.Equal("instruction.leader-not-needed", await Refused("leader", People.Leader));
    }

    [Fact]
    public async Task Feedback_flows_back_to_the_leader()
    {
        await using var system = await TestSystem.Start(database);
        var issued = await Issue(system);

        await system.Send(new GiveInstructionFeedback.Command(issued.Id, "已分解到两个单位"), People.Office);

        var seen = Assert.Single((await system.Send(new ListInstructions.Query(null, Paging.First), People.Leader)).Items);
        Assert.Equal(new InstructionFeedback("已分解到两个单位", "office", system.Clock.Now), Assert.Single(seen.Feedback));
    }

    [Fact]
    public async Task A_unit_sees_the_instruction_of_its_own_tasks_and_of_them_alone()
    {
        await using var system = await TestSystem.Start(database);
        var issued = await Issue(system);
        var tasks = (await Order(system, issued.Id, "education", "health")).Tasks;
        await Issue(system);

        async Task<IReadOnlyList<InstructionView>> Seen(string unit) => (await system.Send(new ListInstructions.Query(null, Paging.First), People.Liaison(unit))).Items;
        Assert.Equal([tasks.Single(task => task.Unit == "education").Id], Assert.Single(await Seen("education")).Tasks.Select(task => task.Id));
        Assert.Equal(2, (await Seen("gov-office")).Count);
        Assert.Empty(await Seen("finance"));
        await Assert.ThrowsAsync<App.Organisations.NotFoundException>(() => system.Send(new GetInstruction.Query(issued.Id), People.Liaison("finance")));
        await Assert.ThrowsAsync<App.Organisations.NotFoundException>(() => system.Send(new GetInstruction.Query(issued.Id), People.OfficeOf("lanxi")));
    }

    [Fact]
    public async Task Errors_of_its_tasks_name_their_place_and_nothing_is_made()
    {
        await using var system = await TestSystem.Start(database);
        var issued = await Issue(system);

        var refused = await Assert.ThrowsAsync<ValidationException>(() => system.Send(
            new MakeInstructionTasks.Command(issued.Id, [new("查", "education", null, null, "P1D"), new("", "nobody", null, null, null)]), People.Office));
        Assert.Contains("tasks[1].title", refused.Errors.Select(error => error.PropertyName));
        Assert.Empty((await Get(system, issued.Id)).Tasks);

        var twice = await Assert.ThrowsAsync<ValidationException>(() => system.Send(
            new MakeInstructionTasks.Command(issued.Id, [new("查", "education", ["health", "区教育局"], null, "P1D")]), People.Office));
        Assert.Equal(("tasks[0].coUnits", "task.co-unit-leads"), (Assert.Single(twice.Errors).PropertyName, twice.Errors.First().ErrorCode));
        var unknown = await Assert.ThrowsAsync<ValidationException>(() => system.Send(
            new MakeInstructionTasks.Command(issued.Id, [new("查", "education", null, null, "P1D"), new("查", "nobody", null, null, "P1D")]), People.Office));
        Assert.Equal("tasks[1].leadUnit", Assert.Single(unknown.Errors).PropertyName);
        Assert.Empty((await Get(system, issued.Id)).Tasks);
        Assert.Equal(InstructionState.Issued, (await Get(system, issued.Id)).State);
    }

    [Fact]
    public async Task Two_tasks_that_end_at_the_same_time_close_it_once()
    {
        await using var system = await TestSystem.Start(database);
        await using var other = await system.AnotherNode();
        var issued = await Issue(system);
        var tasks = (await Order(system, issued.Id, "education", "health")).Tasks;
        foreach (var task in tasks)
        {
            await system.Acknowledge(task.Id);
            await system.Submit(task.Id);
            await system.Sign(task.Id);
        }

        await Task.WhenAll(Approve(system, tasks[0].Id), Approve(other, tasks[1].Id));

        Assert.Equal(InstructionState.Closed, (await Get(system, issued.Id)).State);
        Assert.Single(await system.Read(db => db.Audit.Where(entry => entry.Action == "close-instruction").ToListAsync()));
    }

    private static Task Approve(TestSystem system, Guid task) => Task.Run(() => system.Send(new ApproveTask.Command(task, null, null), People.Office));

    private static Task<InstructionView> Issue(TestSystem system) =>
        system.Send(new IssueInstruction.Command(null, "请各单位立即摸清返乡人员底数", system.Clock.Now.AddDays(3), null, null), People.Leader);

    private static Task<InstructionView> Order(TestSystem system, Guid id, params string[] units) =>
        system.Send(new MakeInstructionTasks.Command(id, [.. units.Select(unit => new OrderedTask("摸清底数", unit, null, null, null))]), People.Office);

    private static Task<InstructionView> Get(TestSystem system, Guid id) => system.Send(new GetInstruction.Query(id), People.Office);
}
