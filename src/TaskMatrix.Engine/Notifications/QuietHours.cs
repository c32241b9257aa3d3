using System.Globalization;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.Engine.Notifications;

/// <summary>Local hours of every day in which messages wait: <c>22:00-07:00</c> goes over midnight.</summary>
/// <param name="From">The first quiet minute.</param>
/// <param name="To">The first minute that is not quiet any more; never the same as <paramref name="From"/>.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly To)
{
    /// <returns>Null when the text is not two different times of day with a hyphen between.</returns>
    public static QuietHours? TryParse(string text) =>
        text.Split('-') is [var from, var to] && Time(from) is { } first && Time(to) is { } last && first != last ? new QuietHours(first, last) : null;

    /// <summary>When a message of that moment may be given: the moment itself, or the end of the quiet hours it falls into.</summary>
    public DateTimeOffset Release(DateTimeOffset moment, Reckoning reckoning)
    {
        var time = TimeOnly.FromDateTime(reckoning.Local(moment).DateTime);
        if (!time.IsBetween(From, To))
        {
            return moment;
        }

        var day = reckoning.LocalDate(moment);
        var release = reckoning.Moment(From > To && time >= From ? day.AddDays(1) : day, To);
        return release > moment ? release : moment;
    }

    private static TimeOnly? Time(string text) =>
        TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
