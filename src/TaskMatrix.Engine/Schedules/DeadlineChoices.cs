using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Schedules;

/// <summary>Deadlines that people give in words: before work ends today, tomorrow at five, in three days.</summary>
public static class DeadlineChoices
{
    public const string EndOfWork = "endOfWork", Tomorrow = "tomorrow";

    private static readonly TimeOnly AtFive = new(17, 0);

    private static readonly string[] Spans = ["PT2H", "PT4H", "P1D", "P2D", "P3D", "3 working days", "P7D"];

    /// <returns>The soonest first within their kind. What has passed today, or needs a calendar year that is not known, is left out.</returns>
    public static IEnumerable<(string Key, DateTimeOffset At, bool Exact)> At(DateTimeOffset now, Reckoning reckoning)
    {
        var today = reckoning.LocalDate(now);
        if (Known(() => reckoning.Resolve(new Deadline.OnDate(today), now, Reckoning.Working)) is { } end && end > now)
        {
            yield return (EndOfWork, end, true);
        }

        yield return (Tomorrow, reckoning.Moment(today.AddDays(1), AtFive), true);
        foreach (var span in Spans)
        {
            if (Known(() => reckoning.Resolve(Deadline.Parse(span), now, Reckoning.Natural)) is { } at)
            {
                yield return (span, at, false);
            }
        }
    }

    private static DateTimeOffset? Known(Func<DateTimeOffset> reckon)
    {
        try
        {
            return reckon();
        }
        catch (RuleBrokenException unknown) when (unknown.Code == "calendar.no-data")
        {
            return null;
        }
    }
}
