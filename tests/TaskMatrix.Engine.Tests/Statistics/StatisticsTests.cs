using TaskMatrix.Engine.Statistics;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Tests.Statistics;

/// <summary>What figures count, and what they leave open.</summary>
public sealed class StatisticsTests
{
    private static readonly DateTimeOffset Morning = new(2020, 1, 23, 9, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData(50, 5)]
    [InlineData(90, 9)]
    [InlineData(91, 10)]
    [InlineData(100, 10)]
    [InlineData(1, 1)]
    public void A_percentile_is_a_duration_that_occurred_by_nearest_rank(int percent, int hours)
    {
        var durations = Of(10, 3, 1, 8, 6, 2, 9, 5, 4, 7);

        Assert.Equal(TimeSpan.FromHours(hours), durations.Percentile(percent));
    }

    [Fact]
    public void The_median_of_two_is_the_shorter_one() => Assert.Equal(new TimeSpread(2, 2, 40), Of(40, 2).Spread());

    [Fact]
    public void Nothing_measured_says_nothing() => Assert.Equal(new TimeSpread(0, null, null), new Durations().Spread());

    [Fact]
    public void A_started_minute_counts_whole_and_time_never_runs_backwards()
    {
        var durations = new Durations();
        durations.Add(TimeSpan.FromSeconds(61));
        Assert.Equal(TimeSpan.FromMinutes(2), durations.Percentile(50));

        durations.Add(TimeSpan.FromMinutes(-5));
        Assert.Equal(TimeSpan.Zero, durations.Percentile(50));
    }

    [Fact]
    public void No_task_gives_no_rate()
    {
        var none = new FigureTally().Figures();

        Assert.Equal((0, 0, null), (none.Issued, none.Decided, none.OnTimeRate));
    }

    [Fact]
    public void What_is_in_flight_and_not_late_counts_neither_way()
    {
        var figures = Figures(Task(TaskState.InProgress), Task(TaskState.Closed, onTime: true), Task(TaskState.Terminated), Task(TaskState.Suspended));

        Assert.Equal((4, 2, 1, 1, 1.0), (figures.Issued, figures.Open, figures.Decided, figures.OnTime, figures.OnTimeRate));
    }

    [Fact]
    public void A_breach_decides_whatever_became_of_the_task()
    {
        var figures = Figures(
            Task(TaskState.InProgress) with { Overdue = true }, Task(TaskState.Terminated) with { Overdue = true }, Task(TaskState.Missed, onTime: false) with { Missed = true },
            Task(TaskState.Closed, onTime: true) with { Overdue = true }, Task(TaskState.Closed, onTime: true), Task(TaskState.Closed, onTime: false));

        Assert.Equal((6, 1, 0.167), (figures.Decided, figures.OnTime, figures.OnTimeRate));
        Assert.Equal((3, 1), (figures.OverdueBreaches, figures.MissedBreaches));
    }

    [Fact]
    public void A_task_not_acknowledged_in_time_can_still_be_on_time()
    {
        var figures = Figures(Task(TaskState.Closed, onTime: true) with { AckBreached = true });

        Assert.Equal((1, 1.0), (figures.AckBreaches, figures.OnTimeRate));
    }

    [Fact]
    public void States_breaches_returns_and_extensions_add_up()
    {
        var figures = Figures(
            Task(TaskState.Closed, onTime: true) with { Returns = 2, Extensions = 1 }, Task(TaskState.NotApplicable), Task(TaskState.Missed) with { Missed = true },
            Task(TaskState.PendingAck) with { AckBreached = true, Extensions = 3 });

        Assert.Equal((4, 1, 1, 1, 1, 0), (figures.Issued, figures.Open, figures.Closed, figures.NotApplicable, figures.Missed, figures.Terminated));
        Assert.Equal((1, 2, 4), (figures.AckBreaches, figures.Returns, figures.Extensions));
        Assert.Equal(figures.Issued, figures.Open + figures.Closed + figures.Missed + figures.NotApplicable + figures.Terminated);
    }

    [Fact]
    public void Times_run_from_the_issue_and_leave_out_what_was_moved_or_is_open_again()
    {
        var closed = Task(TaskState.Closed, onTime: true) with { AcknowledgedAt = Morning.AddHours(1), ClosedAt = Morning.AddHours(10) };
        var figures = Figures(closed, closed with { Moved = true, ClosedAt = Morning.AddHours(99) }, closed with { State = TaskState.InProgress, AcknowledgedAt = Morning.AddHours(3) });

        Assert.Equal(new TimeSpread(2, 1, 3), figures.Acknowledge);
        Assert.Equal(new TimeSpread(1, 10, 10), figures.Close);
    }

    [Fact]
    public void The_open_are_sorted_by_their_age_with_whole_days_as_bounds()
    {
        var ageing = new Ageing();
        foreach (var hours in new[] { 0, 23.99, 24, 71.9, 72, 24 * 30, 24 * 400 })
        {
            ageing.Add(TimeSpan.FromHours(hours), late: hours > 70);
        }

        Assert.Equal(
            [new AgeBand(0, 1, 2, 0), new AgeBand(1, 3, 2, 1), new AgeBand(3, 7, 1, 1), new AgeBand(7, 14, 0, 0), new AgeBand(14, 30, 0, 0), new AgeBand(30, null, 2, 2)],
            ageing.Bands());
    }

    [Fact]
    public void The_burden_is_what_was_asked_of_a_unit_by_its_id()
    {
        var burden = new BurdenTally(days: 7);
        burden.Add("health", "epidemic-daily");
        burden.Add("education", "checklist");
        burden.Add("health", null);
        burden.Add("health", "epidemic-daily");

        var units = burden.Units();

        Assert.Equal(["education", "health"], units.Select(unit => unit.Unit));
        Assert.Equal((3, 2, 0.3), (units[1].Tasks, units[1].Reports, units[1].ReportsPerDay));
        Assert.Equal(2, units[1].ByForm["epidemic-daily"]);
    }

    private static CountedTask Task(TaskState state, bool? onTime = null) => new(state, Morning, null, null, onTime, false, false, false, 0, 0, false);

    private static TaskFigures Figures(params CountedTask[] tasks)
    {
        var tally = new FigureTally();
        Array.ForEach(tasks, tally.Add);
        return tally.Figures();
    }

    private static Durations Of(params int[] hours)
    {
        var durations = new Durations();
        Array.ForEach(hours, hour => durations.Add(TimeSpan.FromHours(hour)));
        return durations;
    }
}
