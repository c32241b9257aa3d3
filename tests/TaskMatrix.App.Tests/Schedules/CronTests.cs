using System.Globalization;
using TaskMatrix.App.Schedules;

namespace TaskMatrix.App.Tests.Schedules;

public sealed class CronTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    // 2020-01-23 is a Thursday.
    [Theory]
    [InlineData("0 8 * * *", "2020-01-23T08:00", "2020-01-24T08:00", "2020-01-25T08:00")]
    [InlineData("0 8 * * 5", "2020-01-24T08:00", "2020-01-31T08:00", "2020-02-07T08:00")]
    [InlineData("0 8 * * 0", "2020-01-26T08:00", "2020-02-02T08:00", "2020-02-09T08:00")]
    [InlineData("0 8 * * 7", "2020-01-26T08:00", "2020-02-02T08:00", "2020-02-09T08:00")]
    [InlineData("0 8 * * 0,7", "2020-01-26T08:00", "2020-02-02T08:00", "2020-02-09T08:00")]
    [InlineData("0 8 * * SUN", "2020-01-26T08:00", "2020-02-02T08:00", "2020-02-09T08:00")]
    [InlineData("0 8 * * 6-7", "2020-01-25T08:00", "2020-01-26T08:00", "2020-02-01T08:00")]
    [InlineData("0 8 * * 1-5", "2020-01-23T08:00", "2020-01-24T08:00", "2020-01-27T08:00")]
    [InlineData("0 8 * * mon-wed", "2020-01-27T08:00", "2020-01-28T08:00", "2020-01-29T08:00")]
    [InlineData("0 8 * * 1/3", "2020-01-23T08:00", "2020-01-26T08:00", "2020-01-27T08:00")]
    [InlineData("*/20 9 * * *", "2020-01-23T09:00", "2020-01-23T09:20", "2020-01-23T09:40")]
    [InlineData("15 8-18/4 * * *", "2020-01-23T08:15", "2020-01-23T12:15", "2020-01-23T16:15")]
    [InlineData("0 8,20 * * *", "2020-01-23T08:00", "2020-01-23T20:00", "2020-01-24T08:00")]
    [InlineData("0 0 1,15 * *", "2020-02-01T00:00", "2020-02-15T00:00", "2020-03-01T00:00")]
    [InlineData("0 0 31 * *", "2020-01-31T00:00", "2020-03-31T00:00", "2020-05-31T00:00")]
    [InlineData("30 23 * FEB-MAR 1", "2020-02-03T23:30", "2020-02-10T23:30", "2020-02-17T23:30")]
    [InlineData("0 8 29 2 *", "2020-02-29T08:00", "2024-02-29T08:00", "2028-02-29T08:00")]
    public void A_schedule_comes_round_in_local_time(string text, params string[] expected)
    {
        var moments = Cron.Parse(text).Between(At("2020-01-23T00:00", Shanghai), At("2030-01-01T00:00", Shanghai), Shanghai);

        Assert.Equal(expected, moments.Take(3).Select(moment => Local(moment, Shanghai)));
    }

    [Theory]
    [InlineData("", "five fields")]
    [InlineData("0 8 * *", "five fields")]
    [InlineData("0 0 8 * * ?", "five fields")]
    [InlineData("60 8 * * *", "minute")]
    [InlineData("0 24 * * *", "hour")]
    [InlineData("0 8 0 * *", "day-of-month")]
    [InlineData("0 8 32 * *", "day-of-month")]
    [InlineData("0 8 * 13 *", "month")]
    [InlineData("0 8 * * 8", "day-of-week")]
    [InlineData("0 8 * * 5-1", "day-of-week")]
    [InlineData("0 8 * * 5L", "day-of-week")]
    [InlineData("0 8 * * FRIDAY", "day-of-week")]
    [InlineData("0 8 L * *", "day-of-month")]
    [InlineData("0 8 ? * 1", "day-of-month")]
    [InlineData("*/0 8 * * *", "minute")]
    [InlineData("1/2/3 8 * * *", "minute")]
    [InlineData("1--2 8 * * *", "minute")]
    [InlineData("-1 8 * * *", "minute")]
    [InlineData("1, 8 * * *", "minute")]
    [InlineData("0 8 1 * 1", "cannot both be given")]
    [InlineData("0 8 30 2 *", "never comes")]
    [InlineData("99999999999 8 * * *", "minute")]
    public void What_is_no_schedule_is_refused_with_the_field_at_fault(string text, string fault)
    {
        Assert.Contains(fault, Assert.Throws<FormatException>(() => Cron.Parse(text)).Message);
    }

    [Fact]
    public void A_time_that_the_clocks_skip_is_the_moment_they_moved_on()
    {
        var moments = Cron.Parse("30 2 * * *").Between(At("2026-03-28T00:00", Berlin), At("2026-03-31T00:00", Berlin), Berlin);

        Assert.Equal(["2026-03-28T02:30", "2026-03-29T03:00", "2026-03-30T02:30"], moments.Select(moment => Local(moment, Berlin)));
    }

    [Fact]
    public void A_time_that_comes_twice_is_kept_once_and_first()
    {
        var moments = Cron.Parse("30 2 * * *").Between(At("2026-10-25T00:00", Berlin), At("2026-10-27T00:00", Berlin), Berlin).ToList();

        Assert.Equal(["2026-10-25T02:30", "2026-10-26T02:30"], moments.Select(moment => Local(moment, Berlin)));
        Assert.Equal(TimeSpan.FromHours(2), moments[0].Offset);
    }

    [Fact]
    public void Moments_never_stand_still_or_go_back()
    {
        var moments = Cron.Parse("*/15 * * * *").Between(At("2026-03-29T00:00", Berlin), At("2026-03-29T06:00", Berlin), Berlin).ToList();

        Assert.Equal(moments.Distinct().Order(), moments);
    }

    [Fact]
    public void The_end_of_a_span_belongs_to_it_and_its_beginning_does_not()
    {
        var (first, second) = (At("2020-01-23T08:00", Shanghai), At("2020-01-24T08:00", Shanghai));
        var daily = Cron.Parse("0 8 * * *");

        Assert.Equal([second], daily.Between(first, second, Shanghai));
        Assert.Equal(second, daily.Next(first, Shanghai));
        Assert.Equal(first, daily.Next(first.AddTicks(-1), Shanghai));
    }

    [Fact]
    public void A_moment_in_another_offset_asks_for_the_same_next_one()
    {
        Assert.Equal(At("2020-01-24T08:00", Shanghai), Cron.Parse("0 8 * * *").Next(At("2020-01-23T08:00", Shanghai).ToUniversalTime(), Shanghai));
    }

    private static DateTimeOffset At(string local, TimeZoneInfo zone)
    {
        var time = DateTime.Parse(local, CultureInfo.InvariantCulture);
        return new DateTimeOffset(time, zone.GetUtcOffset(time));
    }

    private static string Local(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}
