using System.Diagnostics;

namespace TaskMatrix.Benchmarks.Measuring;

/// <summary>Drives something with a number of clients that each begin again when they are answered.</summary>
internal static class Clients
{
    /// <param name="once">One piece of work of one client (0-based); returns what it counts for.</param>
    /// <returns>Work a second.</returns>
    public static async Task<double> Run(int clients, TimeSpan time, Func<int, Task<int>> once)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            var count = 0;
            while (watch.Elapsed < time)
            {
                count += await once(client);
            }

            return count;
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    /// <returns>Work a second of a fixed amount.</returns>
    public static async Task<double> Time(Func<Task<int>> all)
    {
        var watch = Stopwatch.StartNew();
        var count = await all();
        return count / watch.Elapsed.TotalSeconds;
    }
}
