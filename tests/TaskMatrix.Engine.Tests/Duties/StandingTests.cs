using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Tests.Duties;

/// <summary>Which light many tasks give together.</summary>
public sealed class StandingTests
{
    [Theory]
    [InlineData(Light.Red, Light.Green, Light.Red, Light.Yellow)]
    [InlineData(Light.Yellow, Light.Green, Light.Yellow, Light.Blue)]
    [InlineData(Light.Blue, Light.Grey, Light.Green, Light.Blue)]
    [InlineData(Light.Green, Light.Grey, Light.Green)]
    [InlineData(Light.Grey, Light.Grey, Light.Grey)]
    public void A_section_shows_the_worst_light_of_its_duties(Light expected, params Light[] lights) =>
        Assert.Equal(expected, Standing.Of(lights.Select(light => new Standing(1, 0, 0, light))).Light);

    [Fact]
    public void Its_figures_are_the_sums()
    {
        var sum = Standing.Of([new(3, 1, 0, Light.Red), new(2, 0, 5, Light.Green), new(0, 2, 1, Light.Red)]);

        Assert.Equal(new Standing(5, 3, 6, Light.Red), sum);
    }

    [Fact]
    public void What_has_no_task_has_no_light_and_puts_none_out()
    {
        Assert.False(Standing.Nothing.HasLight);
        Assert.Equal(Standing.Nothing, Standing.Of([]));

        // A light without a task behind it is a left-over and says nothing.
        Assert.Equal(Light.Green, Standing.Of([new(1, 0, 0, Light.Green), new(0, 0, 0, Light.Red)]).Light);
    }

    [Theory]
    [InlineData(5, 1, 0, 1, 1, 0, Light.Red)]
    [InlineData(0, 1, 0, 0, 0, 0, Light.Red)]
    [InlineData(5, 0, 0, 1, 1, 0, Light.Yellow)]
    [InlineData(5, 0, 0, 0, 1, 0, Light.Blue)]
    [InlineData(5, 0, 0, 0, 0, 4, Light.Green)]
    [InlineData(0, 0, 3, 0, 0, 0, Light.Green)]
    [InlineData(2, 0, 3, 0, 0, 2, Light.Grey)]
    [InlineData(0, 0, 0, 0, 0, 0, Light.Grey)]
    public void Tasks_of_a_duty_give_the_light_of_the_worst_of_them(int open, int late, int closed, int rework, int warned, int pausing, Light expected) =>
        Assert.Equal(new Standing(open, late, closed, expected), new TaskCounts(open, late, closed, rework, warned, pausing, 0).ToStanding());

    [Fact]
    public void Counts_add_up_field_by_field() =>
        Assert.Equal(new TaskCounts(11, 22, 33, 44, 55, 66, 77), new TaskCounts(1, 2, 3, 4, 5, 6, 7) + new TaskCounts(10, 20, 30, 40, 50, 60, 70));

    [Fact]
    public void What_was_not_reported_is_told_beside_what_is_overdue()
    {
        var one = new TaskCounts(1, 3, 0, 0, 0, 0, 2).ToStanding();

        Assert.Equal((1, 3, 2), (one.Open, one.Overdue, one.Missed));
        Assert.Equal(4, Standing.Of([one, one]).Missed);
    }
}
