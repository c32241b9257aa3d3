namespace TaskMatrix.Engine.Schedules;

/// <summary>Reckons deadlines in the zone and calendar of a jurisdiction.</summary>
public sealed class Reckoning(TimeZoneInfo zone, WorkingCalendar calendar)
{
    public const string Natural = "natural", Working = "working";

    /// <summary>IANA id.</summary>
    public string Zone => zone.Id;

    /// <summary>The moment a deadline stands for, counted from <paramref name="from"/>.</summary>
    /// <remarks>
    /// Natural days keep the local time of day. A time of day is today's, tomorrow's once it has passed. A date is the end of
    /// that local day, or of its working hours. Working days: the start day is not counted, due at the end of the last one.
    /// </remarks>
    /// <exception cref="TaskInstances.RuleBrokenException">calendar.no-data (400) for working time in a year without data.</exception>
    public DateTimeOffset Resolve(Deadline deadline, DateTimeOffset from, string calendarKind) => deadline switch
    {
        Deadline.AtTime at => Moment(LocalDate(from), at.Time) is var today && today > from ? today : Moment(LocalDate(from).AddDays(1), at.Time),
        Deadline.OnDate on when calendarKind == Working => EndOfWork(on.Date),
        Deadline.OnDate on => Moment(on.Date.AddDays(1), TimeOnly.MinValue),
        Deadline.Within { AlwaysWorking: true } within => AddWorking(from, within.Duration),
        Deadline.Within within => calendarKind == Working ? AddWorking(from, within.Duration) : AddNatural(from, within.Duration),
        _ => throw new ArgumentOutOfRangeException(nameof(deadline)),
    };

    /// <summary>Adds time that was measured by <see cref="Between"/>: elapsed hours, or hours of work.</summary>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan time, string calendarKind) =>
        calendarKind == Working ? AddHoursOfWork(from, time) : from + time;

    /// <summary>Time from one moment to a later one: elapsed, or hours of work only.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to, string calendarKind)
    {
        if (calendarKind != Working)
        {
            return to - from;
        }

        var total = TimeSpan.Zero;
        for (var day = LocalDate(from); day <= LocalDate(to); day = day.AddDays(1))
        {
            foreach (var (start, end) in Stretches(day))
            {
                var (left, right) = (start > from ? start : from, end < to ? end : to);
                total += right > left ? right - left : TimeSpan.Zero;
            }
        }

        return total;
    }

    public DateOnly LocalDate(DateTimeOffset moment) => DateOnly.FromDateTime(Local(moment).DateTime);

    public DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone);

    /// <summary>A local time of day. One that the zone skips is read as the moment the clocks moved on; of two, the first.</summary>
    public DateTimeOffset Moment(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddTicks(TimeSpan.TicksPerMinute - (local.Ticks % TimeSpan.TicksPerMinute));
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    private DateTimeOffset AddNatural(DateTimeOffset from, TimeSpan duration)
    {
        var local = Local(from).DateTime;
        var day = DateOnly.FromDateTime(local).AddDays(duration.Days);
        return duration.Days == 0 ? from + duration : Moment(day, TimeOnly.FromDateTime(local)) + (duration - TimeSpan.FromDays(duration.Days));
    }

    /// <summary>Whole days are working days; a remainder is hours of work.</summary>
    private DateTimeOffset AddWorking(DateTimeOffset from, TimeSpan duration)
    {
        var (day, left) = (LocalDate(from), duration.Days);
        if (left == 0)
        {
            return AddHoursOfWork(from, duration);
        }

        while (left > 0)
        {
            day = day.AddDays(1);
            left -= calendar.IsWorkingDay(day) ? 1 : 0;
        }

        var rest = duration - TimeSpan.FromDays(duration.Days);
        var end = EndOfWork(day);
        return rest == TimeSpan.Zero ? end : AddHoursOfWork(end, rest);
    }

    private DateTimeOffset AddHoursOfWork(DateTimeOffset from, TimeSpan hours)
    {
        for (var day = LocalDate(from); ; day = day.AddDays(1))
        {
            foreach (var (start, end) in Stretches(day).Where(stretch => stretch.End > from))
            {
                var begin = start > from ? start : from;
                if (end - begin >= hours)
                {
                    return begin + hours;
                }

                hours -= end - begin;
            }
        }
    }

    private DateTimeOffset EndOfWork(DateOnly day) =>
        calendar.IsWorkingDay(day) ? Moment(day, calendar.EndOfDay) : EndOfWork(day.AddDays(-1));

    private IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Stretches(DateOnly day) =>
        calendar.HoursOf(day).Select(hours => (Moment(day, hours.From), Moment(day, hours.To)));
}
