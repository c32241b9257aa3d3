using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Schedules;

/// <summary>A stretch of working hours within a day.</summary>
public sealed record WorkingHours(TimeOnly From, TimeOnly To);

/// <summary>Holidays and make-up working days (调休) of one year.</summary>
public sealed record CalendarYear(int Year, IReadOnlySet<DateOnly> Holidays, IReadOnlySet<DateOnly> MakeUpDays);

/// <summary>Which days and hours are worked: Monday to Friday, less holidays, plus make-up days.</summary>
/// <param name="Hours">In order of the day, not overlapping.</param>
public sealed record WorkingCalendar(string Id, IReadOnlyList<WorkingHours> Hours, IReadOnlyDictionary<int, CalendarYear> Years)
{
    /// <summary>Its id where the file gives none.</summary>
    public string Title { get; init; } = Id;

    /// <summary>Null: the title stands for it.</summary>
    public string? English { get; init; }

    /// <exception cref="RuleBrokenException">calendar.no-data (400): the year is not in the calendar.</exception>
    public bool IsWorkingDay(DateOnly day)
    {
        if (!Years.TryGetValue(day.Year, out var year))
        {
            throw new RuleBrokenException("calendar.no-data", RuleKind.Invalid, Id, day.Year);
        }

        return year.MakeUpDays.Contains(day)
            || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !year.Holidays.Contains(day));
    }

    /// <summary>The working stretches of a day, none on a day off.</summary>
    public IReadOnlyList<WorkingHours> HoursOf(DateOnly day) => IsWorkingDay(day) ? Hours : [];

    public TimeOnly EndOfDay => Hours[^1].To;
}
