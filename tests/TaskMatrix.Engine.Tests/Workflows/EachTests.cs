using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.Engine.Tests.Workflows;

/// <summary>What follows one unit's task of a fan-out, before the others have ended.</summary>
public sealed class EachTests
{
    private static readonly ProcessDefinition Process = new(
        "collect", 1, "收集", "Collect", "return", null,
        [
            new WorkStep("return", "报送", "Return", "summary") { FanOut = new FanOut("all-units", true), Each = "any" },
            new BranchStep("any", "有无", "Any?", [new BranchCase(new Condition("return", "cases", "gt", "0"), "raise")], "done"),
            new RaiseStep("raise", "发起", "Raise", "suspected-case", "done"),
            new WorkStep("summary", "汇总", "Sum up", "done"),
            new EndStep("done", "办结", "Done"),
        ]);

    [Fact]
    public void One_units_case_is_raised_while_the_others_still_work()
    {
        var effect = Assert.Single(After("health", Task("health", TaskState.Closed, 1), Task("education", TaskState.InProgress)));

        Assert.Equal(("raise", "health"), (((ProcessEffect.RaiseEvent)effect).Step.Id, ((ProcessEffect.RaiseEvent)effect).Unit));
    }

    [Fact]
    public void Another_units_case_is_not_raised_in_the_name_of_this_one() =>
        Assert.Empty(After("education", Task("education", TaskState.Closed, 0), Task("health", TaskState.Closed, 1), Task("justice", TaskState.InProgress)));

    [Fact]
    public void The_last_one_is_raised_and_the_joined_run_goes_on()
    {
        var effects = After("health", Task("health", TaskState.Closed, 2), Task("education", TaskState.Missed));

        Assert.IsType<ProcessEffect.RaiseEvent>(effects[0]);
        Assert.Equal("summary", Assert.IsType<ProcessEffect.IssueWork>(effects[1]).Step.Id);
    }

    [Theory]
    [InlineData(TaskState.PendingSignOff)]
    [InlineData(TaskState.Terminated)]
    public void Nothing_is_raised_by_a_report_that_is_not_signed_or_was_called_off(TaskState state) =>
        Assert.Empty(After("health", Task("health", state, 1), Task("education", TaskState.InProgress)));

    private static IReadOnlyList<ProcessEffect> After(string unit, params RunTask[] tasks) => new ProcessRun(Process, tasks).After("return", [unit]);

    private static RunTask Task(string unit, TaskState state, int? cases = null) => new("return", unit, state, cases is null ? null : $$"""{"cases":{{cases}}}""");
}
