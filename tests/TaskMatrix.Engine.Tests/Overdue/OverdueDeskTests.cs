using TaskMatrix.Engine.Overdue;
using TaskMatrix.Engine.Tests.TaskInstances;

namespace TaskMatrix.Engine.Tests.Overdue;

/// <summary>What is late, by unit, duty, section and age.</summary>
public sealed class OverdueDeskTests
{
    private static readonly DateTimeOffset Now = Tasks.Now;

    [Theory]
    [InlineData(0, AgeBand.Day)]
    [InlineData(23.9, AgeBand.Day)]
    [InlineData(24, AgeBand.ThreeDays)]
    [InlineData(72, AgeBand.Week)]
    [InlineData(168, AgeBand.Longer)]
    public void An_age_falls_into_the_band_that_begins_with_it(double hours, AgeBand band) => Assert.Equal(band, OverdueDesk.BandOf(TimeSpan.FromHours(hours)));

    [Fact]
    public void Groups_count_what_speaks_against_and_for_their_units()
    {
        var desk = OverdueDesk.Of(
            [
                new LateTask("education", "d1", "四", Now.AddHours(-2), true, false, false, false), new LateTask("education", "d2", "四", Now.AddDays(-8), false, true, false, true, Missed: true),
                new LateTask("health", null, null, Now.AddDays(-2), false, false, true, false),
            ],
            Now);

        Assert.Equal((3, 1, 1, 1, 1), (desk.All.Count, desk.All.NeverAcknowledged, desk.All.AskedExtension, desk.All.Suspended, desk.All.WaitsForOther));
        Assert.Equal([1, 1, 0, 1], desk.All.Bands);
        Assert.Equal([1, 0], desk.ByUnit.Select(group => group.Missed));
        Assert.Equal([("education", 2), ("health", 1)], desk.ByUnit.Select(group => (group.Key, group.Count)));
        Assert.Equal([("四", 2), ("", 1)], desk.BySection.Select(group => (group.Key, group.Count)));
        Assert.Equal(["", "d1", "d2"], desk.ByDuty.Select(group => group.Key));
        Assert.Equal(192, desk.ByUnit[0].LongestHours);
    }

    [Fact]
    public void Nothing_late_is_nothing_late() => Assert.Equal((0, 0.0), (OverdueDesk.Of([], Now).All.Count, OverdueDesk.Of([], Now).All.LongestHours));
}
