using FsCheck;
using FsCheck.Fluent;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.Engine.Tests.Schedules;

public sealed class ReckoningProperties
{
    private static readonly DateTimeOffset NewYear = China.At("2020-01-01 00:00");
    private static readonly Config Settings = Config.QuickThrowOnFailure.WithMaxTest(300);

    /// <summary>A moment of 2020 and a time of up to ten days of work; in seconds, so that minutes are hit as well as missed.</summary>
    private static readonly Gen<(DateTimeOffset From, TimeSpan Time)> Any =
        from minute in Gen.Choose(0, 330 * 24 * 60)
        from second in Gen.Elements(0, 0, 1, 59)
        from length in Gen.Frequency((3, Gen.Choose(1, 65 * 60)), (1, Gen.Elements(180, 210, 390, 780)))
        select (NewYear.AddMinutes(minute).AddSeconds(second), TimeSpan.FromMinutes(length));

    [Fact]
    public void What_was_added_is_what_lies_between() => For((from, time) =>
    {
        foreach (var kind in new[] { Reckoning.Natural, Reckoning.Working })
        {
            Assert.Equal(time, China.Reckoning.Between(from, China.Reckoning.Add(from, time, kind), kind));
        }
    });

    [Fact]
    public void Adding_what_lies_before_a_moment_of_work_gives_that_moment() => For((from, time) =>
    {
        var to = China.Reckoning.Add(from, time, Reckoning.Working);

        Assert.Equal(to, China.Reckoning.Add(from, China.Reckoning.Between(from, to, Reckoning.Working), Reckoning.Working));
    });

    [Fact]
    public void Adding_in_two_parts_is_adding_at_once() => For((from, time) =>
    {
        var half = China.Reckoning.Add(from, time / 2, Reckoning.Working);

        Assert.Equal(China.Reckoning.Add(from, time, Reckoning.Working), China.Reckoning.Add(half, time - (time / 2), Reckoning.Working));
    });

    [Fact]
    public void Counting_minute_by_minute_agrees() => For((from, time) =>
    {
        var start = from.AddSeconds(-from.Second);
        var (minute, left) = (start, (int)time.TotalMinutes);
        while (left > 0)
        {
            left -= Worked(minute) ? 1 : 0;
            minute = minute.AddMinutes(1);
        }

        Assert.Equal(minute, China.Reckoning.Add(start, time, Reckoning.Working));
    });

    [Fact]
    public void Counting_working_days_one_by_one_agrees() => For((from, time) =>
    {
        var days = 1 + ((int)time.TotalMinutes % 20);
        var (day, left) = (from.ToOffset(TimeSpan.FromHours(8)).Date, days);
        while (left > 0)
        {
            day = day.AddDays(1);
            left -= Worked(new DateTimeOffset(day.AddHours(10), TimeSpan.FromHours(8))) ? 1 : 0;
        }

        Assert.Equal(
            new DateTimeOffset(day.AddHours(17), TimeSpan.FromHours(8)),
            China.Reckoning.Resolve(Deadline.Parse($"{days} working days"), from, Reckoning.Natural));
    });

    [Fact]
    public void Every_deadline_that_counts_from_now_lies_ahead() => For((from, time) =>
    {
        foreach (var deadline in new Deadline[] { new Deadline.Within(time, false), new Deadline.Within(TimeSpan.FromDays(2), true), new Deadline.AtTime(new TimeOnly(17, 0)) })
        {
            Assert.True(China.Reckoning.Resolve(deadline, from, Reckoning.Natural) > from);
            Assert.True(China.Reckoning.Resolve(deadline, from, Reckoning.Working) > from);
        }
    });

    /// <summary>Written anew, without the calendar under test: is this minute of 2020 worked in China?</summary>
    private static bool Worked(DateTimeOffset moment)
    {
        var local = moment.ToOffset(TimeSpan.FromHours(8));
        var (day, clock) = (local.Month * 100 + local.Day, local.Hour * 100 + local.Minute);
        var holiday = day is 101 or (>= 124 and <= 202) or (>= 404 and <= 406) or (>= 501 and <= 505) or (>= 625 and <= 627) or (>= 1001 and <= 1008);
        var weekend = local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        var madeUp = day is 119 or 426 or 509 or 628 or 927 or 1010;
        return (madeUp || (!holiday && !weekend)) && clock is (>= 830 and < 1130) or (>= 1330 and < 1700);
    }

    private static void For(Action<DateTimeOffset, TimeSpan> claim) =>
        Check.One(Settings, Prop.ForAll(Any.ToArbitrary(), pair => claim(pair.From, pair.Time)));
}
