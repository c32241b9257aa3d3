using TaskMatrix.Engine.Schedules;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Tests.Schedules;

public sealed class DeadlineTests
{
    [Theory]
    [InlineData("PT4H", 4)]
    [InlineData("P3D", 72)]
    [InlineData("P1DT12H", 36)]
    [InlineData(" PT90M ", 1.5)]
    [InlineData("PT30S", 1 / 120.0)]
    public void Reads_a_duration(string text, double hours) =>
        Assert.Equal(new Deadline.Within(TimeSpan.FromHours(hours), false), Deadline.Parse(text));

    [Theory]
    [InlineData("1 working day", 1)]
    [InlineData("3 working days", 3)]
    [InlineData("120 working days", 120)]
    public void Reads_working_days(string text, int days) =>
        Assert.Equal(new Deadline.Within(TimeSpan.FromDays(days), true), Deadline.Parse(text));

    [Fact]
    public void Reads_a_time_of_day() => Assert.Equal(new Deadline.AtTime(new TimeOnly(17, 0)), Deadline.Parse("17:00"));

    [Fact]
    public void Reads_a_date() => Assert.Equal(new Deadline.OnDate(new DateOnly(2020, 2, 29)), Deadline.Parse("2020-02-29"));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("P0D")]
    [InlineData("PT0S")]
    [InlineData("-PT4H")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("P1W")]
    [InlineData("P999999D")]
    [InlineData("PT1.5H")]
    [InlineData("4H")]
    [InlineData("0 working days")]
    [InlineData("-1 working days")]
    [InlineData("1000 working days")]
    [InlineData("1２ working days")]
    [InlineData("P３D")]
    [InlineData("24:00")]
    [InlineData("7:00")]
    [InlineData("17:00:30")]
    [InlineData("2021-02-29")]
    [InlineData("2020-1-2")]
    [InlineData("9999-12-31T00:00")]
    public void Refuses_what_is_none_of_the_four_forms(string text)
    {
        Assert.Null(Deadline.TryParse(text));

        var refusal = Assert.Throws<RuleBrokenException>(() => Deadline.Parse(text));
        Assert.Equal(("deadline.unreadable", RuleKind.Invalid), (refusal.Code, refusal.Kind));
    }

    [Theory]
    [InlineData("-PT4H", -4)]
    [InlineData("PT0S", 0)]
    [InlineData("P1D", 24)]
    public void An_offset_of_a_rung_may_be_negative_or_nothing(string text, double hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), Deadline.ParseDuration(text));

    [Theory]
    [InlineData("1 working day")]
    [InlineData("P1D\n")]
    [InlineData("--PT4H")]
    public void An_offset_is_a_duration_and_nothing_else(string text) => Assert.Null(Deadline.ParseDuration(text));
}
