using TaskMatrix.App.Tests.Workflows;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Schedules;

public sealed class ShippedCalendarTests
{
    [Theory]
    [InlineData("2020-01-19", true)]
    [InlineData("2020-01-23", true)]
    [InlineData("2020-01-24", false)]
    [InlineData("2020-02-01", false)]
    [InlineData("2020-02-02", false)]
    [InlineData("2020-02-03", true)]
    [InlineData("2026-02-14", true)]
    [InlineData("2026-02-16", false)]
    public void Holidays_are_off_and_make_up_days_are_worked(string day, bool worked)
    {
        Assert.Equal(worked, Shipped.Set.Calendars["china"].IsWorkingDay(DateOnly.Parse(day)));
    }

    [Fact]
    public void Work_ends_at_five()
    {
        Assert.Equal(new TimeOnly(17, 0), Shipped.Set.Calendars["china"].EndOfDay);
    }

    [Fact]
    public void A_year_without_data_is_refused()
    {
        Assert.Equal("calendar.no-data", Assert.Throws<RuleBrokenException>(() => Shipped.Set.Calendars["china"].IsWorkingDay(new DateOnly(2021, 1, 4))).Code);
    }
}
