using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.Engine.Tests.Workflows;

public sealed class ProcessRunTests
{
    private static readonly WorkStep Ask = new("ask", "报送", "Ask", "decide");

    private static readonly BranchStep Decide = new(
        "decide", "判断", "Decide",
        [
            new BranchCase(new Condition("ask", "cases", "gt", "10"), "alarm"),
            new BranchCase(new Condition("ask", "cases", "gt", "0"), "sum"),
        ],
        "done");

    private static readonly RaiseStep Alarm = new("alarm", "发起", "Alarm", "suspected-case", "sum");

    private static readonly WorkStep Sum = new("sum", "汇总", "Sum up", null);

    private static readonly EndStep Done = new("done", "办结", "Done");

    [Theory]
    [InlineData("""{"cases":11}""", "raise alarm", "issue sum")]
    [InlineData("""{"cases":1}""", "issue sum")]
    [InlineData("""{"cases":0}""", "end")]
    [InlineData("{}", "end")]
    [InlineData(null, "end")]
    public void The_first_case_that_holds_decides(string? form, params string[] effects)
    {
        Assert.Equal(effects, After("ask", Ask, Task("ask", TaskState.Closed, form)));
    }

    [Fact]
    public void An_event_is_raised_on_the_way_and_the_run_goes_on()
    {
        Assert.Equal(["raise alarm", "issue sum"], After("ask", Ask, Task("ask", TaskState.Closed, """{"cases":99}""")));
    }

    [Fact]
    public void A_last_task_ends_the_run()
    {
        Assert.Equal(["end"], After("sum", Ask, Task("ask", TaskState.Closed), Task("sum", TaskState.Closed)));
    }

    [Theory]
    [InlineData(TaskState.InProgress)]
    [InlineData(TaskState.PendingReview)]
    [InlineData(TaskState.Returned)]
    [InlineData(TaskState.Suspended)]
    public void Nothing_follows_a_task_that_is_still_open(TaskState state)
    {
        Assert.Empty(After("ask", Ask, Task("ask", state)));
    }

    [Theory]
    [InlineData(TaskState.Missed)]
    [InlineData(TaskState.NotApplicable)]
    public void A_task_that_was_missed_or_does_not_apply_holds_nothing_up(TaskState state)
    {
        Assert.Equal(["end"], After("ask", Ask, Task("ask", state)));
    }

    [Fact]
    public void A_terminated_run_goes_nowhere()
    {
        Assert.Empty(After("ask", Ask, Task("ask", TaskState.Terminated)));
        Assert.Empty(After("ask", FannedOut(all: true), Task("ask", TaskState.Terminated), Task("ask", TaskState.Terminated)));
    }

    [Fact]
    public void A_join_of_all_waits_for_the_last_unit()
    {
        var waiting = After("ask", FannedOut(all: true), Task("ask", TaskState.Closed), Task("ask", TaskState.InProgress));
        var complete = After("ask", FannedOut(all: true), Task("ask", TaskState.Closed), Task("ask", TaskState.Missed));

        Assert.Empty(waiting);
        Assert.Equal(["end"], complete);
    }

    [Fact]
    public void A_join_of_all_does_not_wait_for_a_unit_whose_task_was_terminated()
    {
        Assert.Equal(["end"], After("ask", FannedOut(all: true), Task("ask", TaskState.Closed), Task("ask", TaskState.Terminated)));
    }

    [Fact]
    public void A_join_of_any_goes_on_with_the_first_unit()
    {
        Assert.Equal(["end"], After("ask", FannedOut(all: false), Task("ask", TaskState.Closed), Task("ask", TaskState.InProgress)));
        Assert.Empty(After("ask", FannedOut(all: false), Task("ask", TaskState.PendingAck), Task("ask", TaskState.InProgress)));
    }

    [Fact]
    public void The_newest_form_of_a_step_decides()
    {
        Assert.Equal(
            ["end"],
            After("ask", FannedOut(all: true), Task("ask", TaskState.Closed, """{"cases":99}"""), Task("ask", TaskState.Closed, """{"cases":0}""")));
    }

    [Fact]
    public void Asking_twice_gives_the_same_answer()
    {
        var run = new ProcessRun(Process(Ask), [Task("ask", TaskState.Closed, """{"cases":1}""")]);

        Assert.Equal(run.After("ask"), run.After("ask"));
    }

    [Fact]
    public void Nothing_follows_a_step_without_tasks_or_one_that_is_no_task()
    {
        Assert.Empty(After("sum", Ask, Task("ask", TaskState.Closed)));
        Assert.Empty(After("decide", Ask, Task("ask", TaskState.Closed)));
    }

    [Fact]
    public void A_run_stands_where_its_open_tasks_are()
    {
        var run = new ProcessRun(Process(Ask), [Task("ask", TaskState.Closed), Task("sum", TaskState.PendingAck)]);

        Assert.Equal(["sum"], run.OpenSteps);
    }

    private static WorkStep FannedOut(bool all) => Ask with { FanOut = new FanOut("all-units", all) };

    private static ProcessDefinition Process(WorkStep first) => new("test", 1, "试", "Test", "ask", null, [first, Decide, Alarm, Sum, Done]);

    private static RunTask Task(string step, TaskState state, string? form = null) => new(step, "villages", state, form);

    private static IEnumerable<string> After(string step, WorkStep first, params RunTask[] tasks) =>
        new ProcessRun(Process(first), tasks).After(step).Select(effect => effect switch
        {
            ProcessEffect.IssueWork issue => $"issue {issue.Step.Id}",
            ProcessEffect.RaiseEvent raise => $"raise {raise.Step.Id}",
            _ => "end",
        });
}
