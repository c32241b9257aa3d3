using System.Diagnostics;

namespace TaskMatrix.Benchmarks.Measuring;

/// <summary>Drives something with a number of clients that each begin again when they are answered.</summary>
internal static class Clients
{
    /// <summary>Microseconds of processor time of this process for each piece of work of the last run: other programs on the machine hardly change it.</summary>
    public static double Cost { get; private set; }

    /// <summary>Forgets the cost of the run before.</summary>
    public static void Forget() => Cost = 0;

    /// <param name="once">One piece of work of one client (0-based); returns what it counts for.</param>
    /// <returns>Work a second.</returns>
    public static async Task<double> Run(int clients, TimeSpan time, Func<int, Task<int>> once)
    {
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var counts = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            var count = 0;
            while (watch.Elapsed < time)
            {
                count += await once(client);
            }

            return count;
        })));
        return Rate(counts.Sum(), watch, before);
    }

    /// <returns>Work a second of a fixed amount.</returns>
    public static async Task<double> Time(Func<Task<int>> all)
    {
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        return Rate(await all(), watch, before);
    }

    private static double Rate(int count, Stopwatch watch, TimeSpan before)
    {
        var elapsed = watch.Elapsed;
        Cost = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / count;
        return count / elapsed.TotalSeconds;
    }
}
