using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Storage;

/// <summary>On SQLite an action is decided while another one writes, and written in its turn.</summary>
public sealed class AheadOfTurnTests
{
    private static readonly Actor Liaison = People.Liaison("education");

    /// <summary>The clock goes on before the turn comes: what counts is when it was decided.</summary>
    [Fact]
    public async Task What_is_decided_ahead_is_written_in_its_turn()
    {
        await using var system = await TestSystem.Start(activate: false);
        var task = (await system.Assign()).Id;
        var turn = await Turn.Taken(system);

        var (answer, decided) = (system.Send(new AcknowledgeTask.Command(task, null), Liaison), system.Clock.Now);
        system.Pass(TimeSpan.FromHours(1));
        Assert.False(answer.IsCompleted);
        Assert.Equal(TaskState.PendingAck, (await system.TaskOf(task)).State);

        await turn.End();
        Assert.Equal((TaskState.InProgress, decided), ((await answer).State, (await answer).AcknowledgedAt));
        Assert.Equal((TaskState.InProgress, decided), ((await system.TaskOf(task)).State, (await system.TaskOf(task)).AcknowledgedAt));
        Assert.Equal(["issue", "acknowledge"], await Recorded(system, task));
    }

    /// <summary>Both saw it unacknowledged; whoever comes second is told what holds then, and nothing of it is kept.</summary>
    [Fact]
    public async Task Of_two_that_decide_the_same_the_second_decides_again_and_is_refused()
    {
        await using var system = await TestSystem.Start(activate: false);
        var task = (await system.Assign()).Id;
        var turn = await Turn.Taken(system);
        var both = new[] { Liaison, People.Head("education") }.Select(actor => Record.ExceptionAsync(() => system.Send(new AcknowledgeTask.Command(task, null), actor))).ToArray();
        await turn.End();

        var refusal = Assert.IsType<RuleBrokenException>(Assert.Single(await Task.WhenAll(both), failure => failure is not null));
        Assert.NotEqual("", refusal.Code);
        Assert.Equal(["issue", "acknowledge"], await Recorded(system, task));
    }

    [Fact]
    public async Task Of_two_that_may_both_be_done_both_are_done_one_after_the_other()
    {
        await using var system = await TestSystem.Start(activate: false);
        var task = (await system.Assign()).Id;
        await system.Send(new AcknowledgeTask.Command(task, null), Liaison);
        var turn = await Turn.Taken(system);
        var all = Enumerable.Range(1, 5).Select(n => system.Send(new ReportProgress.Command(task, null, n * 10, $"第{n}次", null), Liaison)).ToArray();
        await turn.End();

        Assert.Equal(Enumerable.Range(3, 5), (await Task.WhenAll(all)).Select(view => view.Version).Order());
        Assert.Equal(7, (await system.TaskOf(task)).Version);
        Assert.Equal(["issue", "acknowledge", .. Enumerable.Repeat("progress", 5)], await Recorded(system, task));
    }

    /// <summary>What would take more than the task itself is decided in its turn: here a file has to be tied to it.</summary>
    [Fact]
    public async Task An_action_that_needs_more_than_its_task_is_decided_in_its_turn()
    {
        await using var system = await TestSystem.Start(activate: false);
        var task = (await system.Assign()).Id;
        await system.Send(new AcknowledgeTask.Command(task, null), Liaison);
        var file = await system.Send(new UploadAttachment.Command("表.txt", "内容"u8.ToArray()), Liaison);

        var view = await system.Send(new SubmitTask.Command(task, null, "已办", null, [file.Id], null), Liaison);

        Assert.Equal([file.Id.ToString()], view.AttachmentIds);
        Assert.Equal(task, await system.Read(db => db.Attachments.Where(row => row.Id == file.Id).Select(row => row.TaskId).SingleAsync()));
    }

    /// <summary>The catalogue is another one when its turn comes: what was decided by the old one is decided again.</summary>
    [Fact]
    public async Task What_was_decided_by_definitions_that_no_longer_hold_is_decided_again()
    {
        await using var system = await TestSystem.Start(activate: false);
        var task = (await system.Assign()).Id;
        await system.Send(new AddUnit.Command("taiping", "new-street", "新设街道", null, null, ["town-street"]), People.Office);
        var turn = await Turn.Taken(system);
        var closes = system.Send(new CloseUnit.Command("taiping", "new-street", "并入邻街"), People.Office);
        var declines = system.Send(new DeclineTask.Command(task, null, "不属本单位", "new-street"), Liaison);
        await turn.End();

        await closes;
        var refusal = await Assert.ThrowsAsync<ValidationException>(() => declines);
        Assert.Equal("unit.no-longer", Assert.Single(refusal.Errors).ErrorCode);
        Assert.Equal(["issue"], await Recorded(system, task));
    }

    [Fact]
    public async Task A_refused_decision_leaves_nothing_to_the_next_one()
    {
        await using var system = await TestSystem.Start(activate: false);
        var (one, other) = ((await system.Assign()).Id, (await system.Assign()).Id);
        await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new ApproveTask.Command(one, null, "可"), People.Office));
        await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new AcknowledgeTask.Command(one, null), People.Liaison("finance")));

        await system.Send(new AcknowledgeTask.Command(other, null), Liaison);

        Assert.Equal(["issue"], await Recorded(system, one));
        Assert.Equal(["issue", "acknowledge"], await Recorded(system, other));
    }

    private static Task<List<string>> Recorded(TestSystem system, Guid task) =>
        system.Read(db => db.Audit.Where(entry => entry.TaskId == task).OrderBy(entry => entry.TaskSequence).Select(entry => entry.Action).ToListAsync());

    /// <summary>Somebody writes, and goes on writing until told to end.</summary>
    private sealed class Turn(TaskCompletionSource open, Task writes)
    {
        public static async Task<Turn> Taken(TestSystem system)
        {
            var (entered, open) = (new TaskCompletionSource(), new TaskCompletionSource());
            var writes = system.Services.GetRequiredService<IWriteGate>().Run(
                async (_, _) =>
                {
                    entered.TrySetResult();
                    await open.Task;
                    return true;
                },
                CancellationToken.None);
            await entered.Task;
            return new Turn(open, writes);
        }

        public async Task End()
        {
            open.SetResult();
            await writes;
        }
    }
}
