using System.Net.Http.Json;
using System.Text.Json;
using TaskMatrix.Benchmarks.Load;
using TaskMatrix.Benchmarks.Measuring;

namespace TaskMatrix.Benchmarks.Figures;

/// <summary>64 clients acknowledge over HTTP, signed in, against an empty endpoint that commits one row.</summary>
internal sealed class HttpAcknowledge(ServerProcess server, ServerProcess empty, TimeSpan side) : Comparison
{
    private const int Count = 64;

    /// <summary>As the demo announces it.</summary>
    public const string Password = "TaskMatrix-Demo-2020";

    private readonly SocketsHttpHandler _handler = new() { MaxConnectionsPerServer = Count, UseCookies = false };

    private HttpClient _office = null!;

    private HttpClient[] _liaisons = [];

    private int _each = 10;

    public static async Task<Comparison> Prepare(Workplace place, CancellationToken ct)
    {
        var http = new HttpAcknowledge(
            await ServerProcess.TaskMatrix(place.NewFolder("http"), ct), await ServerProcess.Empty(place.NewFolder("empty"), ct), place.Side);
        http._office = await http.SignedIn("taiping.office", ct);
        http._liaisons = await Task.WhenAll(Lifecycle.Units.Select(unit => http.SignedIn($"taiping.{unit}", ct)));
        await http.Numerator(ct);
        await http.Denominator(ct);
        return http;
    }

    public override async Task<double> Numerator(CancellationToken ct)
    {
        var tasks = await Tasks(ct);
        var rate = await Clients.Time(async () =>
        {
            await Task.WhenAll(tasks.Select((mine, client) => Task.Run(async () =>
            {
                foreach (var task in mine)
                {
                    using var answer = await Liaison(client).PostAsync($"/api/tasks/{task}/acknowledge", null, ct);
                    answer.EnsureSuccessStatusCode();
                }
            }, ct)));
            return Count * _each;
        });
        _each = Math.Max(2, (int)(rate * side.TotalSeconds / Count));
        return rate;
    }

    public override Task<double> Denominator(CancellationToken ct)
    {
        var http = new HttpClient(_handler, disposeHandler: false) { BaseAddress = empty.Address };
        return Clients.Run(Count, side, async _ =>
        {
            using var answer = await http.PostAsync("/", null, ct);
            answer.EnsureSuccessStatusCode();
            return 1;
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await empty.DisposeAsync();
        _handler.Dispose();
    }

    private HttpClient Liaison(int client) => _liaisons[client % _liaisons.Length];

    /// <summary>Made beforehand by the office, for each client as many as the round before would have needed.</summary>
    private Task<string[][]> Tasks(CancellationToken ct) => Task.WhenAll(Enumerable.Range(0, Count).Select(async client =>
    {
        var tasks = new string[_each];
        for (var i = 0; i < _each; i++)
        {
            using var answer = await _office.PostAsJsonAsync("/api/tasks", new { title = "上报当日情况", leadUnit = Lifecycle.UnitOf(client), dueIn = "P3D" }, ct);
            answer.EnsureSuccessStatusCode();
            tasks[i] = (await answer.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("id").GetString()!;
        }

        return tasks;
    }));

    private Task<HttpClient> SignedIn(string userName, CancellationToken ct) => EndOfDay.Client(_handler, server.Address, userName, Password, ct);
}
