using FsCheck;
using FsCheck.Fluent;
using TaskMatrix.Engine.Schedules;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;

namespace TaskMatrix.Engine.Tests.Schedules;

public sealed class WatchTests
{
    private static readonly DateTimeOffset Start = new(2020, 1, 23, 8, 0, 0, TimeSpan.FromHours(8));

    private const int Minutes = 3 * 24 * 60;

    private static readonly Gen<(int From, int Length)> AnyShift = from begin in Gen.Choose(-1500, Minutes + 200) from length in Gen.Choose(1, 1440) select (begin, length);

    /// <summary>Every minute of the window is asked for by itself.</summary>
    [Fact]
    public void Gaps_are_the_minutes_that_no_shift_covers() => Prop.ForAll(AnyShift.ListOf().ToArbitrary(), shifts =>
    {
        var spans = shifts.Select(shift => new WatchSpan(Start.AddMinutes(shift.From), Start.AddMinutes(shift.From + shift.Length)));
        var gaps = WatchGaps.Of(spans, Start, Start.AddMinutes(Minutes));

        var covered = new bool[Minutes];
        foreach (var (from, length) in shifts)
        {
            for (var minute = Math.Max(0, from); minute < Math.Min(Minutes, from + length); minute++)
            {
                covered[minute] = true;
            }
        }

        for (var minute = 0; minute < Minutes; minute++)
        {
            var at = Start.AddMinutes(minute);
            Assert.Equal(!covered[minute], gaps.Any(gap => gap.From <= at && at < gap.To));
        }

        Assert.All(gaps, gap => Assert.True(gap.From < gap.To && gap.From >= Start && gap.To <= Start.AddMinutes(Minutes)));
        Assert.All(gaps.Zip(gaps.Skip(1)), pair => Assert.True(pair.First.To < pair.Second.From));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Shifts_that_meet_leave_no_gap_and_an_empty_roster_is_one()
    {
        Assert.Empty(WatchGaps.Of([new(Start.AddHours(12), Start.AddHours(24)), new(Start, Start.AddHours(12))], Start, Start.AddHours(24)));
        Assert.Equal([new WatchSpan(Start, Start.AddHours(24))], WatchGaps.Of([], Start, Start.AddHours(24)));
    }

    [Theory]
    [InlineData(0, "watch.end-before-start")]
    [InlineData(-60, "watch.end-before-start")]
    [InlineData(1441, "watch.too-long")]
    [InlineData(1440, null)]
    [InlineData(1, null)]
    public void A_shift_ends_after_it_starts_and_within_a_day(int minutes, string? problem) => Assert.Equal(problem, WatchShift.ProblemOf(Start, Start.AddMinutes(minutes)));

    [Fact]
    public void A_shift_is_handed_over_once_by_its_unit_from_its_start_on()
    {
        var shift = Shift();

        Refused("watch.not-allowed", () => shift.HandOver(People.CoLiaison, "n", null, Start));
        Refused("watch.not-allowed", () => shift.HandOver(People.Office, "n", null, Start));
        Refused("watch.not-begun", () => shift.HandOver(People.Liaison, "n", null, Start.AddTicks(-1)));
        shift.HandOver(People.Liaison, "钥匙在前台", "电话待修", Start);
        Assert.Equal((Start, "钥匙在前台", "电话待修", 2), (shift.HandedOverAt!.Value, shift.HandOverNote, shift.HandOverProblems, shift.Version));
        Refused("watch.handed-over", () => shift.HandOver(People.Head, "n", null, Start.AddHours(1)));
        Refused("watch.handed-over", () => shift.Cancel(People.Head, "r", Start.AddHours(1)));
    }

    [Fact]
    public void A_shift_is_called_off_before_it_has_ended_and_then_hands_over_nothing()
    {
        var shift = Shift();

        Refused("watch.not-allowed", () => shift.Cancel(People.Leader, "r", Start));
        Refused("watch.over", () => shift.Cancel(People.Liaison, "r", shift.EndsAt));
        shift.Cancel(People.Head, "换班", Start.AddHours(1));
        Assert.Equal(("换班", 2), (shift.CancelReason, shift.Version));
        Refused("watch.cancelled", () => shift.Cancel(People.Head, "r", Start.AddHours(2)));
        Refused("watch.cancelled", () => shift.HandOver(People.Head, "n", null, Start.AddHours(2)));
    }

    private static WatchShift Shift() => new()
    {
        Id = Guid.NewGuid(), Jurisdiction = "taiping", Unit = "education", Name = "白班", StartsAt = Start, EndsAt = Start.AddHours(12), Post = "值班员", AddedAt = Start, AddedBy = "u",
    };

    private static void Refused(string code, Action attempt) => Assert.Equal(code, Assert.Throws<RuleBrokenException>(attempt).Code);
}
