using System.Globalization;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.Engine.Tests.Schedules;

/// <summary>自然日: the clock on the wall, holidays or not.</summary>
public sealed class NaturalTimeTests
{
    [Theory]
    [InlineData("2020-01-23 16:59:59.999", "PT4H", "2020-01-23 20:59:59.999")]
    [InlineData("2020-01-23 09:00", "P3D", "2020-01-26 09:00")]
    [InlineData("2020-01-23 09:00", "P1DT6H", "2020-01-24 15:00")]
    [InlineData("2020-02-28 09:00", "P1D", "2020-02-29 09:00")]
    [InlineData("2020-02-29 09:00", "P1D", "2020-03-01 09:00")]
    [InlineData("2021-02-28 09:00", "P1D", "2021-03-01 09:00")]
    [InlineData("2020-12-31 23:30", "PT1H", "2021-01-01 00:30")]
    [InlineData("2020-12-31 23:30", "P1D", "2021-01-01 23:30")]
    [InlineData("2020-01-23 16:59:59.999", "17:00", "2020-01-23 17:00")]
    [InlineData("2020-01-23 17:00", "17:00", "2020-01-24 17:00")]
    [InlineData("2020-01-23 17:00:00.001", "17:00", "2020-01-24 17:00")]
    [InlineData("2020-12-31 18:00", "17:00", "2021-01-01 17:00")]
    [InlineData("2020-02-28 18:00", "17:00", "2020-02-29 17:00")]
    [InlineData("2020-01-22 08:00", "2020-01-22", "2020-01-23 00:00")]
    [InlineData("2020-01-22 08:00", "2020-02-29", "2020-03-01 00:00")]
    [InlineData("2020-01-22 08:00", "2020-12-31", "2021-01-01 00:00")]
    public void A_deadline_stands_for_a_moment(string from, string deadline, string expected) =>
        Assert.Equal(China.At(expected), China.Reckoning.Resolve(Deadline.Parse(deadline), China.At(from), "natural"));

    [Fact]
    public void The_day_is_the_jurisdictions_and_not_the_days_of_utc()
    {
        var lateInUtc = DateTimeOffset.Parse("2020-01-22T23:30:00Z", CultureInfo.InvariantCulture);

        Assert.Equal(new DateOnly(2020, 1, 23), China.Reckoning.LocalDate(lateInUtc));
        Assert.Equal(China.At("2020-01-23 17:00"), China.Reckoning.Resolve(Deadline.Parse("17:00"), lateInUtc, "natural"));
    }

    [Fact]
    public void Time_that_passed_is_added_back_as_it_was()
    {
        var (from, to) = (China.At("2020-01-23 16:00"), China.At("2020-02-05 10:20"));
        var kept = China.Reckoning.Between(from, to, "natural");

        Assert.Equal(to - from, kept);
        Assert.Equal(to.AddDays(7), China.Reckoning.Add(from.AddDays(7), kept, "natural"));
    }
}
