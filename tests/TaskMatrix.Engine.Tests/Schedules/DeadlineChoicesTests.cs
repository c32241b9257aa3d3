using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.Engine.Tests.Schedules;

public sealed class DeadlineChoicesTests
{
    [Fact]
    public void Stand_for_moments_of_the_jurisdictions_calendar()
    {
        var choices = DeadlineChoices.At(China.At("2020-01-22 10:00"), China.Reckoning).ToDictionary(choice => choice.Key);

        Assert.Equal((China.At("2020-01-22 17:00"), true), (choices[DeadlineChoices.EndOfWork].At, choices[DeadlineChoices.EndOfWork].Exact));
        Assert.Equal(China.At("2020-01-23 17:00"), choices[DeadlineChoices.Tomorrow].At);
        Assert.Equal((China.At("2020-01-22 14:00"), false), (choices["PT4H"].At, choices["PT4H"].Exact));
        Assert.Equal(China.At("2020-01-25 10:00"), choices["P3D"].At);
        // The holidays of the spring festival lie between.
        Assert.Equal(China.At("2020-02-04 17:00"), choices["3 working days"].At);
    }

    [Theory]
    [InlineData("2020-01-22 17:30")]
    [InlineData("2020-01-26 10:00")]
    public void Nothing_ends_today_after_hours_and_on_a_day_off(string now) =>
        Assert.DoesNotContain(DeadlineChoices.At(China.At(now), China.Reckoning), choice => choice.Key == DeadlineChoices.EndOfWork);

    [Fact]
    public void Working_time_of_a_year_that_is_not_known_is_not_offered() =>
        Assert.Equal(["tomorrow", "PT2H", "PT4H", "P1D", "P2D", "P3D", "P7D"], DeadlineChoices.At(China.At("2023-05-10 10:00"), China.Reckoning).Select(choice => choice.Key));
}
