using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using TaskMatrix.Benchmarks.Measuring;

namespace TaskMatrix.Benchmarks.Load;

/// <summary>
/// Sends each request at its appointed time whether the ones before are answered or not; a request that had to wait counts
/// from when it should have been sent.
/// </summary>
internal sealed class EndOfDay
{
    private const int ReadsToAWrite = 10, Minutes = 60, WorstMinute = 50, TasksOfAUnit = 10;

    private readonly List<(HttpClient Http, string[] Tasks)> _units = [];

    private readonly ConcurrentBag<double> _writes = [], _reads = [];

    private int _failed;

    /// <summary>Signs in the office and the liaisons, and gives each unit tasks to report on.</summary>
    public static async Task<EndOfDay> SignIn(Uri server, string password, CancellationToken ct)
    {
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 512, UseCookies = false };
        var day = new EndOfDay();
        var office = await Client(handler, server, "taiping.office", password, ct);
        foreach (var unit in Lifecycle.Units)
        {
            var liaison = await Client(handler, server, $"taiping.{unit}", password, ct);
            day._units.Add((liaison, await Tasks(office, liaison, unit, ct)));
        }

        return day;
    }

    /// <param name="rate">Writes a second in the mean of the hour.</param>
    /// <returns>0 when both bounds held and nothing failed, else 1.</returns>
    public async Task<int> Run(double rate, TimeSpan time, double writeBound, double readBound, CancellationToken ct)
    {
        Console.WriteLine($"{rate:0.0} writes/s in the mean, {rate * 3:0.0} in the worst minute, {rate * ReadsToAWrite:0} reads/s, for {time.TotalSeconds:0} s");
        var (watch, sent) = (Stopwatch.StartNew(), new List<Task>());
        var turn = 0;
        for (var minute = 0; minute < Minutes; minute++)
        {
            var begins = time * minute / Minutes;
            var requests = (int)Math.Round(rate * Weight(minute) * (ReadsToAWrite + 1) * time.TotalSeconds / Minutes);
            for (var i = 0; i < requests; i++)
            {
                var due = begins + (time / Minutes * i / requests);
                if (due > watch.Elapsed)
                {
                    await Task.Delay(due - watch.Elapsed, ct);
                }

                sent.Add(Send(turn++, due, watch, ct));
            }
        }

        await Task.WhenAll(sent);
        return Say("writes", _writes, writeBound) & Say("reads", _reads, readBound) & _failed == 0 ? 0 : 1;
    }

    /// <summary>One minute three times the mean, the others share the rest.</summary>
    private static double Weight(int minute) => minute == WorstMinute ? 3 : (Minutes - 3.0) / (Minutes - 1);

    private async Task Send(int turn, TimeSpan due, Stopwatch watch, CancellationToken ct)
    {
        var (http, tasks) = _units[turn % _units.Count];
        var task = tasks[turn / _units.Count % tasks.Length];
        var isWrite = turn % (ReadsToAWrite + 1) == 0;
        try
        {
            using var answer = isWrite
                ? await http.PostAsJsonAsync($"/api/tasks/{task}/progress", new { percent = 50, text = "已排查，无异常。" }, ct)
                : await http.GetAsync(Page(turn, task), ct);
            await answer.Content.ReadAsByteArrayAsync(ct);
            answer.EnsureSuccessStatusCode();
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            // Refused, broken off, or not answered within the client's time: each is a failure of its own, the others go on.
            Interlocked.Increment(ref _failed);
        }

        (isWrite ? _writes : _reads).Add((watch.Elapsed - due).TotalMilliseconds);
    }

    private static string Page(int turn, string task) => (turn % 4) switch
    {
        0 => "/api/tasks?limit=50",
        1 => $"/api/tasks/{task}",
        2 => "/api/tasks/counts",
        _ => "/api/overdue",
    };

    private bool Say(string what, IReadOnlyCollection<double> times, double bound)
    {
        var sorted = times.Order().ToList();
        if (sorted.Count == 0)
        {
            Console.WriteLine($"{what}: none; give more --reports or --seconds");
            return false;
        }

        double At(double share) => sorted[(int)Math.Ceiling(sorted.Count * share) - 1];
        var held = At(0.99) <= bound;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {sorted.Count}, p50 {At(0.5):0.0} ms, p95 {At(0.95):0.0} ms, p99 {At(0.99):0.0} ms, bound {bound:0} ms {(held ? "held" : "BROKEN")}; {_failed} failed in all"));
        return held;
    }

    private static async Task<string[]> Tasks(HttpClient office, HttpClient liaison, string unit, CancellationToken ct)
    {
        var tasks = new string[TasksOfAUnit];
        for (var i = 0; i < tasks.Length; i++)
        {
            using var made = await office.PostAsJsonAsync("/api/tasks", new { title = "每日排查情况", leadUnit = unit, dueIn = "P3D" }, ct);
            made.EnsureSuccessStatusCode();
            tasks[i] = (await made.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("id").GetString()!;
            using var taken = await liaison.PostAsync($"/api/tasks/{tasks[i]}/acknowledge", null, ct);
            taken.EnsureSuccessStatusCode();
        }

        return tasks;
    }

    /// <summary>Signed in by name and password.</summary>
    internal static async Task<HttpClient> Client(HttpMessageHandler handler, Uri server, string userName, string password, CancellationToken ct)
    {
        var http = new HttpClient(handler, disposeHandler: false) { BaseAddress = server };
        using var answer = await http.PostAsJsonAsync("/api/tokens", new { userName, password }, ct);
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("accessToken").GetString();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }
}
