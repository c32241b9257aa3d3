using TaskMatrix.Engine.Schedules;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Tests.Schedules;

/// <summary>工作日: 08:30–11:30 and 13:30–17:00, less holidays, plus make-up days (调休).</summary>
public sealed class WorkingTimeTests
{
    [Theory]
    [InlineData("2020-01-20 09:00", "1 working day", "2020-01-21 17:00")]
    [InlineData("2020-01-22 09:00", "2 working days", "2020-02-03 17:00")]
    [InlineData("2020-01-23 16:59:59.999", "1 working day", "2020-02-03 17:00")]
    [InlineData("2020-01-17 18:00", "1 working day", "2020-01-19 17:00")]
    [InlineData("2020-01-18 10:00", "1 working day", "2020-01-19 17:00")]
    [InlineData("2020-01-19 10:00", "1 working day", "2020-01-20 17:00")]
    [InlineData("2020-01-26 10:00", "3 working days", "2020-02-05 17:00")]
    [InlineData("2020-02-28 10:00", "1 working day", "2020-03-02 17:00")]
    [InlineData("2019-12-31 10:00", "1 working day", "2020-01-02 17:00")]
    [InlineData("2020-09-30 10:00", "1 working day", "2020-10-09 17:00")]
    public void Working_days_leave_out_the_day_they_start_and_end_with_work(string from, string deadline, string expected)
    {
        Assert.Equal(China.At(expected), Resolve(from, deadline, "natural"));
        Assert.Equal(China.At(expected), Resolve(from, deadline, "working"));
    }

    [Theory]
    [InlineData("2020-01-20 08:30", "PT3H", "2020-01-20 11:30")]
    [InlineData("2020-01-20 08:30", "PT4H", "2020-01-20 14:30")]
    [InlineData("2020-01-20 12:00", "PT1H", "2020-01-20 14:30")]
    [InlineData("2020-01-20 06:00", "PT6H30M", "2020-01-20 17:00")]
    [InlineData("2020-01-20 17:00", "PT1H", "2020-01-21 09:30")]
    [InlineData("2020-01-23 16:59:59.999", "PT1S", "2020-02-03 08:30:00.999")]
    [InlineData("2020-01-23 16:00", "PT2H", "2020-02-03 09:30")]
    [InlineData("2020-01-18 16:00", "PT2H", "2020-01-19 10:30")]
    [InlineData("2019-12-31 16:00", "PT2H", "2020-01-02 09:30")]
    [InlineData("2020-02-28 16:00", "PT2H", "2020-03-02 09:30")]
    public void Hours_run_only_while_there_is_work(string from, string deadline, string expected) =>
        Assert.Equal(China.At(expected), Resolve(from, deadline, "working"));

    [Theory]
    [InlineData("P1D", "2020-01-21 17:00")]
    [InlineData("P1DT2H", "2020-01-22 10:30")]
    [InlineData("P3D", "2020-01-23 17:00")]
    public void Days_of_a_duration_are_working_days_and_the_rest_hours_of_work(string deadline, string expected) =>
        Assert.Equal(China.At(expected), Resolve("2020-01-20 09:00", deadline, "working"));

    [Theory]
    [InlineData("2020-01-22", "2020-01-22 17:00")]
    [InlineData("2020-01-19", "2020-01-19 17:00")]
    [InlineData("2020-01-18", "2020-01-17 17:00")]
    [InlineData("2020-02-02", "2020-01-23 17:00")]
    [InlineData("2020-01-01", "2019-12-31 17:00")]
    public void A_date_ends_with_the_work_of_that_day_or_of_the_last_day_before_it(string date, string expected) =>
        Assert.Equal(China.At(expected), Resolve("2020-01-06 09:00", date, "working"));

    [Theory]
    [InlineData("2020-01-24", false)]
    [InlineData("2020-02-02", false)]
    [InlineData("2020-02-03", true)]
    [InlineData("2020-01-19", true)]
    [InlineData("2020-01-18", false)]
    [InlineData("2020-01-25", false)]
    [InlineData("2020-02-29", false)]
    [InlineData("2020-01-23", true)]
    public void A_day_is_worked_unless_it_is_a_weekend_or_a_holiday_and_a_make_up_day_is_worked(string day, bool worked)
    {
        var date = DateOnly.FromDateTime(China.At(day).DateTime);

        Assert.Equal(worked, China.Calendar.IsWorkingDay(date));
        Assert.Equal(worked ? 2 : 0, China.Calendar.HoursOf(date).Count);
    }

    [Theory]
    [InlineData("2020-12-31 10:00", "1 working day")]
    [InlineData("2020-12-31 16:30", "PT1H")]
    [InlineData("2021-03-01 10:00", "PT1H")]
    [InlineData("2020-12-31 10:00", "2021-01-01")]
    [InlineData("2018-12-31 10:00", "2018-12-31")]
    public void A_year_without_data_is_refused(string from, string deadline)
    {
        var refusal = Assert.Throws<RuleBrokenException>(() => Resolve(from, deadline, "working"));

        Assert.Equal(("calendar.no-data", RuleKind.Invalid), (refusal.Code, refusal.Kind));
        Assert.Equal("china", refusal.Arguments[0]);
    }

    [Fact]
    public void Work_that_ends_before_the_year_without_data_needs_none_of_it() =>
        Assert.Equal(China.At("2020-12-31 17:00"), Resolve("2020-12-31 16:30", "PT30M", "working"));

    [Theory]
    [InlineData("2020-01-20 08:00", "2020-01-20 18:00", 6.5)]
    [InlineData("2020-01-20 11:00", "2020-01-20 14:00", 1)]
    [InlineData("2020-01-23 16:00", "2020-02-03 09:30", 2)]
    [InlineData("2020-01-25 00:00", "2020-01-31 00:00", 0)]
    [InlineData("2020-01-18 00:00", "2020-01-20 00:00", 6.5)]
    public void Between_two_moments_counts_hours_of_work(string from, string to, double hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), China.Reckoning.Between(China.At(from), China.At(to), "working"));

    private static DateTimeOffset Resolve(string from, string deadline, string calendar) =>
        China.Reckoning.Resolve(Deadline.Parse(deadline), China.At(from), calendar);
}
