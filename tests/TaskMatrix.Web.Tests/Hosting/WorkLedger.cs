using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>A client's own book: what it sent and what it was answered. Whatever happens to the server, the book must stay true.</summary>
internal sealed class WorkLedger
{
    /// <summary>What follows the creation, in this order; each makes one version more.</summary>
    private static readonly (string Path, bool ByUnit)[] Acts = [("urge", false), ("acknowledge", true), ("submit", true)];

    private string? _office, _unit, _inspector;
    private int _refusals;

    /// <summary>The last act that was sent of each task: 0 its creation, then those of <see cref="Acts"/>.</summary>
    private ConcurrentDictionary<string, int> Sent { get; } = [];

    /// <summary>What is known of each task since the last act that was answered.</summary>
    public ConcurrentDictionary<string, (string Id, string Number, int Version, int Act)> Answered { get; } = [];

    /// <summary>Answers that were neither a success nor "cannot now".</summary>
    public ConcurrentBag<string> Faults { get; } = [];

    /// <summary>Nobody begins anything more.</summary>
    public bool Enough { private get; set; }

    /// <summary>How often somebody was told that nothing can be written now.</summary>
    public int Refusals => _refusals;

    /// <summary>People create, urge, take up and file tasks until they are told no more or it is enough; the signal comes after so many answers.</summary>
    public (Task Reached, Task Ended) Work(Uri server, int answers, int people = 4)
    {
        (Enough, var goal) = (false, Answered.Count + answers);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = Task.WhenAll(Enumerable.Range(0, people).Select(_ => Task.Run(async () =>
        {
            using var client = Client(server);
            try
            {
                while (!Enough && await Step(client))
                {
                    if (Answered.Count >= goal)
                    {
                        reached.TrySetResult();
                    }
                }
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException)
            {
                // The server is gone; what was under way is not answered and may or may not be there.
            }
        })));
        return (reached.Task, ended);
    }

    /// <summary>As <see cref="Work"/>, ended by us after so many answers; who is told that nothing can be written now tries again.</summary>
    public async Task WorkAWhile(Uri server, int steps)
    {
        using var client = Client(server);
        for (var (n, refused) = (0, 0); n < steps;)
        {
            (n, refused) = await Step(client) ? (n + 1, refused) : (n, refused + 1);
            Assert.True(refused < MostRefused, "the server could not write");
        }
    }

    public async Task SignIn(Uri server)
    {
        _office ??= await Token(server, "taiping.office");
        _unit ??= await Token(server, "taiping.education");
        _inspector ??= await Token(server, "taiping.inspector");
    }

    /// <summary>Answered: there, once, as answered, also when asked again. Not answered: there once at most. The record is intact.</summary>
    public async Task Check(Uri server)
    {
        Assert.Empty(Faults);
        using var client = Client(server);
        var caller = new Caller(client, _office);
        var made = (await caller.All("/api/tasks?unit=education&sort=number")).Where(task => task["duty"] is null).ToLookup(task => task.Text("title"));
        Assert.All(made, tasks => Assert.True(tasks.Count() == 1 && Sent.ContainsKey(tasks.Key), $"{tasks.Key} is there {tasks.Count()} times"));
        Assert.All(Answered, one => CheckOne(one.Value, Assert.Single(made[one.Key]), Sent[one.Key]));
        await CreateAgain(client, made);
        await ActAgain(client, caller);
        var numbers = (await caller.All("/api/tasks?sort=number")).Select(task => task.Text("number")).ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers.Select(number => int.Parse(number[^6..], null)));
        var occurrences = (await caller.All("/api/tasks?plan=taiping-2020-3")).Select(task => (task.Text("duty"), task.Text("leadUnit"), task.TextOrNull("occurrence"))).ToList();
        Assert.Equal(occurrences.Count, occurrences.Distinct().Count());
        var verified = (await new Caller(client, _inspector).Get("/api/audit/verify")).Ok();
        Assert.True(verified.Flag("ok"), verified.ToJsonString());
    }

    /// <summary>As often as it was done: what was sent without an answer may have been done once.</summary>
    private static void CheckOne((string Id, string Number, int Version, int Act) known, JsonNode task, int sent)
    {
        Assert.Equal((known.Id, known.Number), (task.Text("id"), task.Text("number")));
        Assert.InRange(task.Number("version"), known.Version, known.Version + (sent - known.Act));
    }

    private async Task CreateAgain(HttpClient client, ILookup<string, JsonNode> made)
    {
        foreach (var key in Sent.Keys.Take(3).Concat(Sent.Keys.Except(Answered.Keys)).Distinct())
        {
            var again = (await Send(client, key, 0)).Json!;
            Assert.Equal(made[key].SingleOrDefault()?.Text("id") ?? again.Text("id"), again.Text("id"));
            Assert.Equal(1, again.Number("version"));
            Answered.TryAdd(key, (again.Text("id"), again.Text("number"), 1, 0));
        }
    }

    /// <summary>Every act without an answer, and some with one, under their own keys: each was done once, then or now.</summary>
    private async Task ActAgain(HttpClient client, Caller caller)
    {
        foreach (var (key, known) in Answered.Where(one => Sent[one.Key] > one.Value.Act).Concat(Answered.Where(one => one.Value.Act > 0).Take(3)).ToList())
        {
            var (act, version) = (Sent[key], known.Version + (Sent[key] - known.Act));
            Assert.True(await Act(client, key, act), $"{key}: act {act} was refused when it was sent again");
            Assert.Equal(version, Answered[key].Version);
            Assert.Equal(version, (await caller.Get($"/api/tasks/{known.Id}")).Ok().Number("version"));
        }
    }

    /// <summary>Only what this book knows: others worked too.</summary>
    public async Task CheckOwn(Uri server)
    {
        Assert.Empty(Faults);
        using var client = Client(server);
        var made = (await new Caller(client, _office).All("/api/tasks?unit=education&sort=number")).Where(task => task["duty"] is null).ToLookup(task => task.Text("title"));
        Assert.All(Answered, one => Assert.Equal((one.Value.Id, one.Value.Number), (Assert.Single(made[one.Key]).Text("id"), made[one.Key].Single().Text("number"))));
        Assert.All(Sent.Keys, key => Assert.InRange(made[key].Count(), 0, 1));
        var verified = (await new Caller(client, _inspector).Get("/api/audit/verify")).Ok();
        Assert.True(verified.Flag("ok"), verified.ToJsonString());
    }

    /// <summary>Waits until the database answers again.</summary>
    public static async Task Ready(Uri server)
    {
        using var client = new HttpClient { BaseAddress = server };
        var waited = Stopwatch.StartNew();
        for (var inARow = 0; inARow < 5;)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(5), "the database does not answer again");
            var text = await client.GetStringAsync("/metrics");
            inARow = text.Contains("taskmatrix_store_up 1", StringComparison.Ordinal) ? inARow + 1 : 0;
        }
    }

    public async Task<(HttpStatusCode Status, JsonNode? Json)> Do(Uri server, string path, JsonObject body, string? key = null)
    {
        using var client = Client(server);
        return await Post(client, path, body, key);
    }

    /// <summary>Each of four who write to a node that stands still may hold what the next one waits for, twenty seconds at most, and a wait ends after thirty.</summary>
    private const int MostRefused = 4;

    /// <returns>False when the server said that it cannot write now.</returns>
    private async Task<bool> Step(HttpClient client)
    {
        var (key, act) = (Guid.NewGuid().ToString("N"), 0);
        while (act <= Acts.Length && await Act(client, key, act))
        {
            act++;
        }

        return act > Acts.Length;
    }

    /// <returns>False when the server said that it cannot write now.</returns>
    private async Task<bool> Act(HttpClient client, string key, int act)
    {
        Sent[key] = act;
        var answer = await Send(client, key, act);
        if (!Succeeded(answer))
        {
            return false;
        }

        Answered[key] = (answer.Json!.Text("id"), answer.Json!.Text("number"), answer.Json!.Number("version"), act);
        return true;
    }

    private Task<(HttpStatusCode Status, JsonNode? Json)> Send(HttpClient client, string key, int act)
    {
        if (act == 0)
        {
            return Post(client, "/api/tasks", Body(key), key);
        }

        var (path, byUnit) = Acts[act - 1];
        return Post(client, $"/api/tasks/{Answered[key].Id}/{path}", path == "acknowledge" ? [] : new JsonObject { ["text"] = key }, $"{key}-{path}", byUnit ? _unit : null);
    }

    private bool Succeeded((HttpStatusCode Status, JsonNode? Json) answer)
    {
        if (answer.Status is HttpStatusCode.ServiceUnavailable)
        {
            Interlocked.Increment(ref _refusals);
        }

        if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable))
        {
            Faults.Add($"{answer.Status} {answer.Json?.ToJsonString()}");
        }

        return answer.Status is HttpStatusCode.OK or HttpStatusCode.Created;
    }

    private static JsonObject Body(string key) => new() { ["title"] = key, ["leadUnit"] = "education", ["dueIn"] = "P3D" };

    private static async Task<string> Token(Uri server, string user)
    {
        using var client = new HttpClient { BaseAddress = server };
        return (await Post(client, "/api/tokens", new JsonObject { ["userName"] = user, ["password"] = DemoAccounts.Password }, null)).Json!.Text("accessToken");
    }

    private HttpClient Client(Uri server) => new()
    {
        BaseAddress = server, Timeout = TimeSpan.FromMinutes(20), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", _office) },
    };

    private static async Task<(HttpStatusCode Status, JsonNode? Json)> Post(HttpClient client, string path, JsonObject body, string? key, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await client.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync()));
    }
}
