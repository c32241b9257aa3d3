namespace TaskMatrix.Engine.Notifications;

/// <summary>How often and when a delivery is tried again.</summary>
public static class BackOff
{
    /// <summary>Attempts in all; after the last one the delivery is set aside until somebody retries it. They span about three hours.</summary>
    public const int MostAttempts = 9;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>A minute after the first failure, twice as long after each further one, an hour at most; null: given up.</summary>
    /// <param name="attempts">Those that failed so far, 1 or more.</param>
    public static TimeSpan? After(int attempts)
    {
        if (attempts >= MostAttempts)
        {
            return null;
        }

        var wait = TimeSpan.FromMinutes(Math.Pow(2, attempts - 1));
        return wait < Longest ? wait : Longest;
    }
}
