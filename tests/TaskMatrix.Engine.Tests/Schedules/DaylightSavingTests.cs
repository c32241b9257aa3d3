using System.Globalization;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.Engine.Tests.Schedules;

/// <summary>Zones whose clocks move. In Berlin 02:00–03:00 is skipped on 2020-03-29 and comes twice on 2020-10-25.</summary>
public sealed class DaylightSavingTests
{
    private static readonly Reckoning Berlin = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), China.Calendar);

    [Theory]
    [InlineData("2020-03-28T09:00+01:00", "P1D", "2020-03-29T09:00+02:00")]
    [InlineData("2020-03-28T09:00+01:00", "PT4H", "2020-03-28T13:00+01:00")]
    [InlineData("2020-03-29T00:30+01:00", "PT4H", "2020-03-29T05:30+02:00")]
    [InlineData("2020-10-24T09:00+02:00", "P1D", "2020-10-25T09:00+01:00")]
    [InlineData("2020-10-25T01:30+02:00", "PT4H", "2020-10-25T04:30+01:00")]
    [InlineData("2020-03-28T12:00+01:00", "02:30", "2020-03-29T03:00+02:00")]
    [InlineData("2020-03-28T02:30:15+01:00", "P1D", "2020-03-29T03:00+02:00")]
    [InlineData("2020-10-24T12:00+02:00", "02:30", "2020-10-25T02:30+02:00")]
    [InlineData("2020-10-25T02:30+02:00", "02:30", "2020-10-26T02:30+01:00")]
    [InlineData("2020-03-27T12:00+01:00", "2020-03-28", "2020-03-29T00:00+01:00")]
    [InlineData("2020-03-27T12:00+01:00", "2020-03-29", "2020-03-30T00:00+02:00")]
    public void Days_keep_the_time_of_day_and_hours_are_elapsed_time(string from, string deadline, string expected) =>
        Assert.Equal(Moment(expected), Berlin.Resolve(Deadline.Parse(deadline), Moment(from), "natural"));

    [Fact]
    public void A_deadline_in_the_hour_that_comes_twice_never_lies_in_the_past()
    {
        var secondTime = Moment("2020-10-25T02:15+01:00");

        Assert.True(Berlin.Resolve(Deadline.Parse("02:30"), secondTime, "natural") > secondTime);
    }

    [Fact]
    public void A_day_whose_midnight_is_skipped_starts_when_the_clocks_have_moved()
    {
        var beirut = new Reckoning(TimeZoneInfo.FindSystemTimeZoneById("Asia/Beirut"), China.Calendar);

        Assert.Equal(Moment("2020-03-29T01:00+03:00"), beirut.Resolve(Deadline.Parse("2020-03-28"), Moment("2020-03-27T12:00+02:00"), "natural"));
    }

    [Fact]
    public void Hours_of_work_on_the_day_the_clocks_move_are_as_many_as_on_any_other()
    {
        var calendar = China.Calendar with { Years = new Dictionary<int, CalendarYear> { [2020] = new(2020, new HashSet<DateOnly>(), new HashSet<DateOnly> { new(2020, 3, 29) }) } };
        var sunday = new Reckoning(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), calendar);

        var hours = sunday.Between(Moment("2020-03-29T00:00+01:00"), Moment("2020-03-30T00:00+02:00"), "working");

        Assert.Equal(TimeSpan.FromHours(6.5), hours);
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
