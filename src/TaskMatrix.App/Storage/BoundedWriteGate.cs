using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TaskMatrix.App.Storage;

/// <summary>Lets only so many commands wait before the gate, and counts how long they did.</summary>
/// <param name="gate">Asked for with the first command: opening it opens the database, which is checked before that.</param>
/// <param name="wall">Tells how long those wait that have not come to their end.</param>
/// <param name="most">Commands that may wait at once; further ones are answered 503 at once rather than after minutes.</param>
public sealed class BoundedWriteGate(Func<IWriteGate> gate, TimeProvider wall, int most = BoundedWriteGate.Most) : IWriteGate
{
    /// <summary>More than the 503s of a minute's worst peak would need; each costs some kilobytes.</summary>
    public const int Most = 2000;

    private static readonly Counter<long> Writes = Figures.Meter.CreateCounter<long>("taskmatrix.writes", description: "Commands through the write gate, by outcome");
    private static readonly Histogram<double> Seconds = Figures.Meter.CreateHistogram<double>("taskmatrix.write.duration", "s", "From reaching the gate to the commit");

    private const long Never = long.MinValue;

    private readonly ConcurrentDictionary<long, long> _began = new();
    private long _last;
    private long _refused = Never;

    /// <summary>Commands that wait or run now.</summary>
    public int Waiting => _began.Count;

    /// <summary>How long the one that has waited longest does.</summary>
    public TimeSpan Oldest => _began.Values.Select(began => wall.GetElapsedTime(began)).DefaultIfEmpty().Max();

    /// <summary>How long ago the database last took no write (disk full, server away); null when it never did.</summary>
    public TimeSpan? Refused => Interlocked.Read(ref _refused) is not Never and var at ? wall.GetElapsedTime(at) : null;

    public async Task<T> Run<T>(Func<StoreContext, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        var (number, began) = (Interlocked.Increment(ref _last), Stopwatch.GetTimestamp());
        if (_began.Count >= most)
        {
            Count("refused");
            throw new StoreUnavailableException(new InvalidOperationException($"{most} commands wait already"));
        }

        _began[number] = wall.GetTimestamp();
        try
        {
            var result = await gate().Run(work, ct);
            Count("done");
            return result;
        }
        catch (StoreUnavailableException)
        {
            Interlocked.Exchange(ref _refused, wall.GetTimestamp());
            Count("unavailable");
            throw;
        }
        catch
        {
            Count("rolled-back");
            throw;
        }
        finally
        {
            _began.TryRemove(number, out _);
            Seconds.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
    }

    private static void Count(string outcome) => Writes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}

/// <summary>Where the program's own figures are counted.</summary>
public static class Figures
{
    public const string MeterName = "TaskMatrix";

    internal static readonly Meter Meter = new(MeterName);
}
