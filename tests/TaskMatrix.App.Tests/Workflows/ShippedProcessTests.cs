using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Tests.Workflows;

public sealed class ShippedProcessTests
{
    [Fact]
    public void Every_process_is_used_or_one_of_the_ten()
    {
        Assert.Equal(
            ["act-then-file", "collect-and-report", "daily-checklist", "daily-register", "daily-report", "duty-watch", "event-response",
                "single-task", "standing-duty", "supervision-round"],
            Shipped.Set.Processes.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("single-task", "work", true, true, true)]
    [InlineData("event-response", "respond", true, true, true)]
    [InlineData("standing-duty", "arrange", true, false, true)]
    [InlineData("standing-duty", "feedback", false, false, false)]
    [InlineData("daily-checklist", "check", false, false, false)]
    [InlineData("daily-register", "register", false, false, false)]
    [InlineData("duty-watch", "watch", false, false, false)]
    [InlineData("daily-report", "report", false, true, false)]
    [InlineData("act-then-file", "act", true, true, true)]
    [InlineData("act-then-file", "file", true, true, true)]
    [InlineData("supervision-round", "self-check", true, true, true)]
    [InlineData("supervision-round", "summary", true, true, true)]
    [InlineData("collect-and-report", "return", false, true, false)]
    [InlineData("collect-and-report", "summary", false, true, false)]
    public void A_step_asks_for_what_its_kind_of_duty_asks_for(string process, string step, bool acknowledge, bool signOff, bool review)
    {
        var work = Assert.IsType<WorkStep>(Shipped.Set.Processes[process].Find(step));

        Assert.Equal((acknowledge, signOff, review), (work.AcknowledgeRequired, work.SignOff, work.Review));
    }

    [Fact]
    public void A_standing_duty_is_arranged_at_first_and_fed_back_on_each_occurrence()
    {
        var process = Shipped.Set.Processes["standing-duty"];

        Assert.Equal(("arrange", "feedback"), (process.First(onOccurrence: false).Id, process.First(onOccurrence: true).Id));
        // Both may fall on one day, so their keys have to name the step.
        Assert.True(process.HasSeveralTasks);
    }

    [Fact]
    public void A_round_goes_out_to_the_class_of_the_duty_and_waits_for_all()
    {
        Assert.All(
            new[] { "supervision-round", "collect-and-report" },
            id => Assert.Equal(new FanOut("with:class", true), Assert.IsType<WorkStep>(Shipped.Set.Processes[id].First(true)).FanOut));
    }

    [Fact]
    public void Filing_afterwards_is_due_as_the_duty_says()
    {
        Assert.Equal("with:fileDue", Assert.IsType<WorkStep>(Shipped.Set.Processes["act-then-file"].Find("file")).Due);
    }

    [Fact]
    public void A_daily_report_with_a_suspected_case_raises_it()
    {
        var process = Shipped.Set.Processes["daily-report"];

        Assert.Equal("suspected-case", Raised(process, """{"suspectedCases":1}"""));
        Assert.Null(Raised(process, """{"suspectedCases":0}"""));
        Assert.Null(Raised(process, "{}"));
        Assert.Null(Raised(process, null));
    }

    [Fact]
    public void The_standard_ladder_reminds_urges_and_tells_the_leader()
    {
        Assert.Equal(
            [("remind", -4.0, 0), ("urge", 0.0, 1), ("leader", 24.0, 2)],
            Shipped.Set.Ladders["standard"].Rungs.Select(rung => (rung.Name, rung.Offset.TotalHours, rung.Level)));
        Assert.Equal(["remind"], Shipped.Set.Ladders["reminder-only"].Rungs.Select(rung => rung.Name));
    }

    [Fact]
    public void Every_step_and_process_has_a_name_in_both_languages()
    {
        var named = Shipped.Set.Processes.Values.SelectMany(process => process.Steps.Select(step => (step.Title, step.English)).Append((process.Title, process.English)));
        Assert.All(named, names =>
        {
            Assert.NotEmpty(names.Title);
            Assert.NotEmpty(names.English);
        });
    }

    private static string? Raised(ProcessDefinition process, string? form) =>
        new ProcessRun(process, [new RunTask("report", "villages", Engine.TaskInstances.TaskState.Closed, form)])
            .After("report").OfType<ProcessEffect.RaiseEvent>().SingleOrDefault()?.Step.Event;
}
