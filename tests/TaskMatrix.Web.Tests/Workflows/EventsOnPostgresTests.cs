using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Tests.Hosting;

namespace TaskMatrix.Web.Tests.Workflows;

/// <summary>On PostgreSQL what <see cref="EventJourneyTests"/> sees on SQLite, and with several that ask at once.</summary>
public sealed class EventsOnPostgresTests
{
    [Fact]
    public async Task The_same_key_several_times_starts_one_set_of_tasks()
    {
        await using var postgres = await DurablePostgres.Start();
        using var server = await ServerProcess.Start(RunningApi.NewFolder(), await postgres.Database("events"));
        using var http = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(5) };
        var (health, office) = (await SignedIn(http, "taiping.health"), await SignedIn(http, "taiping.office"));
        var body = new { kind = "suspected-case", summary = "一例" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => health.Post("/api/events", body, key: "case-1")));
        var last = (await health.Post("/api/events", body, key: "case-1")).Ok(201);

        Assert.All(answers, answer => Assert.Equal(last.ToJsonString(), answer.Ok(201).ToJsonString()));
        Assert.Single(await office.All("/api/events?kind=suspected-case"));
        var started = await office.All("/api/tasks?urgent=true");
        Assert.NotEmpty(started);
        Assert.Equal(last.Texts("taskIds").Order(), started.Select(task => task.Text("id")).Order());
    }

    private static async Task<Caller> SignedIn(HttpClient http, string user)
    {
        var token = (await new Caller(http, null).Post("/api/tokens", new { userName = user, password = DemoAccounts.Password })).Ok();
        return new Caller(http, token.Text("accessToken"));
    }
}
