using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;

namespace TaskMatrix.Web.Tests.Hosting;

public sealed class MetricsTests
{
    [Fact]
    public async Task Fifty_clients_meet_no_lock_and_the_figures_say_how_long_they_waited()
    {
        await using var api = await RunningApi.Start();
        await api.Services.GetRequiredService<Sweeper>().Beat(CancellationToken.None);
        var before = await Figures(api);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(client => Task.Run(async () =>
        {
            var office = api.As("taiping.office");
            var statuses = new List<int>();
            for (var n = 0; n < 3; n++)
            {
                var made = await office.Post("/api/tasks", new { title = $"{client}-{n}", leadUnit = "education", dueIn = "P3D" });
                statuses.Add(made.Status);
                statuses.Add((await api.As("taiping.education").Post($"/api/tasks/{made.Json.Text("id")}/acknowledge")).Status);
                statuses.Add((await office.Get("/api/tasks?unit=education&limit=5")).Status);
            }

            return statuses;
        })));

        Assert.Equal(450, answers.SelectMany(statuses => statuses).Count(status => status is 200 or 201));
        Assert.Empty(api.ServerFaults);
        var after = await Figures(api);
        Assert.True(after["taskmatrix_writes_total{outcome=\"done\"}"] - before["taskmatrix_writes_total{outcome=\"done\"}"] >= 300);
        Assert.Equal(after["taskmatrix_write_duration_seconds_count"], after["taskmatrix_write_duration_seconds_bucket{le=\"+Inf\"}"]);
        Assert.True(after["taskmatrix_write_duration_seconds_bucket{le=\"30\"}"] >= 0.99 * after["taskmatrix_write_duration_seconds_count"]);
        Assert.True(after["taskmatrix_sweeps_total"] >= 1);
        Assert.Equal((0, 1, 0), (after["taskmatrix_writes_waiting"], after["taskmatrix_store_up"], after["taskmatrix_jobs_set_aside"]));
        Assert.Contains(after.Keys, name => name.StartsWith("http_server_request_duration_seconds_count{", StringComparison.Ordinal) && name.Contains("/api/tasks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stranger_behind_a_proxy_sees_no_figures_and_the_system_administrator_does()
    {
        var api = await RunningApi.Shared;
        Assert.Equal(200, (await api.Anonymous.Get("/metrics")).Status);

        Assert.Equal(401, (await Forwarded(api, null)).Status);
        Assert.Equal(403, (await Forwarded(api, "token-of-taiping.office")).Status);
        Assert.Equal(200, (await Forwarded(api, "token-of-taiping.sysadmin")).Status);
    }

    [Fact]
    public async Task With_a_full_disk_reading_goes_on_writing_answers_503_and_room_brings_it_back()
    {
        await using var api = await RunningApi.Start();
        var office = api.As("taiping.office");
        var gate = api.Services.GetRequiredService<IWriteGate>();
        await gate.Run((db, ct) => db.Database.ExecuteSqlRawAsync("PRAGMA max_page_count = 1", ct), CancellationToken.None);

        Answer refused;
        var made = 0;
        while ((refused = await office.Post("/api/tasks", new { title = $"满盘 {made}", description = new string('x', 2000), leadUnit = "education", dueIn = "P3D" })).Status == 201)
        {
            Assert.True(++made < 2000, "the disk does not fill");
        }

        refused.Refused(503, "store.unavailable");
        Assert.Equal("5", Assert.Single(refused.Headers["Retry-After"]));
        var heads = await api.Heads();
        for (var n = 0; n < 5; n++)
        {
            (await office.Post("/api/tasks", new { title = $"满盘 {made}", description = new string('x', 2000), leadUnit = "education", dueIn = "P3D" })).Refused(503, "store.unavailable");
        }

        Assert.Equal(made, (await office.All("/api/tasks?q=满盘")).Count);
        Assert.Equal(200, (await office.Get("/api/matrix")).Status);
        Assert.Equal(heads, await api.Heads());
        Assert.Equal("Degraded", await Database(api));

        await gate.Run((db, ct) => db.Database.ExecuteSqlRawAsync("PRAGMA max_page_count = 1000000", ct), CancellationToken.None);
        (await office.Post("/api/tasks", new { title = "满盘 之后", leadUnit = "education", dueIn = "P3D" })).Ok(201);
        Assert.True((await api.As("taiping.inspector").Get("/api/audit/verify")).Ok().Flag("ok"));
        api.Wall.Now += StoreWatch.Patience;
        Assert.Equal("Healthy", await Database(api));
    }

    private static async Task<string> Database(RunningApi api) => (await api.Anonymous.Get("/health/ready")).Json!["checks"]!["database"]!.Text("status");

    private static async Task<Answer> Forwarded(RunningApi api, string? token)
    {
        using var http = new HttpClient { BaseAddress = api.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        if (token is not null)
        {
            request.Headers.Add("Authorization", "Bearer " + token);
        }

        using var response = await http.SendAsync(request);
        return await Answer.Read("GET /metrics", response);
    }

    private static async Task<Dictionary<string, double>> Figures(RunningApi api)
    {
        var text = (await api.Anonymous.Get("/metrics")).Text;
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')
            .ToDictionary(line => line[..line.LastIndexOf(' ')], line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
