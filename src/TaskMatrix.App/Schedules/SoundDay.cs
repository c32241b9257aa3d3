using FluentValidation;

namespace TaskMatrix.App.Schedules;

/// <summary>Days that may be asked for: far enough from the ends of the calendar that any zone and the day after can be reckoned.</summary>
internal static class SoundDay
{
    private const int First = 1900, Last = 2999;

    /// <exception cref="ValidationException">date.out-of-range at <paramref name="field"/> (400)</exception>
    public static DateOnly Check(DateOnly day, string field) => day.Year is >= First and <= Last
        ? day
        : throw new ValidationException([new(field, "date.out-of-range", $"{day:yyyy-MM-dd}") { ErrorCode = "date.out-of-range" }]);
}
