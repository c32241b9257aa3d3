using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>The server as a process of its own, killed without warning while people work.</summary>
public sealed class KillTests
{
    /// <summary>Rounds; more with <c>./test --long</c>.</summary>
    private static readonly int Rounds = Environment.GetEnvironmentVariable("TASKMATRIX_LONG") == "1" ? 50 : 5;

    [Fact]
    public async Task What_was_answered_is_there_exactly_once_after_a_kill()
    {
        var folder = RunningApi.NewFolder();
        var ledger = new Ledger();
        string? token = null;
        for (var round = 0; round < Rounds; round++)
        {
            using (var server = await Server.Start(folder))
            {
                token ??= await SignIn(server);
                await Check(server, token, ledger);
                await WorkUntilKilled(server, token, ledger, new Random(round).Next(3, 40));
            }
        }

        using var last = await Server.Start(folder);
        await Check(last, token!, ledger);
        Assert.True(ledger.Answered.Count >= Rounds * 3);
    }

    /// <summary>Four people create and urge tasks; after so many answers the process is killed in the midst of the rest.</summary>
    private static async Task WorkUntilKilled(Server server, string token, Ledger ledger, int answers)
    {
        var goal = ledger.Answered.Count + answers;
        var reached = new TaskCompletionSource();
        var people = Enumerable.Range(0, 4).Select(async _ =>
        {
            using var client = Client(server, token);
            try
            {
                while (true)
                {
                    await Step(client, ledger);
                    if (ledger.Answered.Count >= goal)
                    {
                        reached.TrySetResult();
                    }
                }
            }
            catch (HttpRequestException)
            {
                // The server is gone; what was under way is not answered and may or may not be there.
            }
            catch (IOException)
            {
                // The same, in the midst of an answer.
            }
        }).ToList();

        await reached.Task;
        server.Kill();
        await Task.WhenAll(people);
    }

    private static async Task Step(HttpClient client, Ledger ledger)
    {
        var key = Guid.NewGuid().ToString("N");
        ledger.Sent[key] = key;
        var created = await Post(client, "/api/tasks", new JsonObject { ["title"] = key, ["leadUnit"] = "education", ["dueIn"] = "P3D" }, key);
        ledger.Answered[key] = (created.Text("id"), created.Text("number"), 1);
        var urged = await Post(client, $"/api/tasks/{created.Text("id")}/urge", new JsonObject { ["text"] = key }, key + "-urge");
        ledger.Answered[key] = (created.Text("id"), created.Text("number"), urged.Number("version"));
    }

    /// <summary>Answered: there, once, as answered, also when asked again. Not answered: there once at most.</summary>
    private static async Task Check(Server server, string token, Ledger ledger)
    {
        using var client = Client(server, token);
        var caller = new Caller(client, token);
        var made = (await caller.All("/api/tasks?unit=education&sort=number")).Where(task => task["duty"] is null).ToLookup(task => task.Text("title"));
        Assert.All(made, tasks => Assert.True(tasks.Count() == 1 && ledger.Sent.ContainsKey(tasks.Key), $"{tasks.Key} is there {tasks.Count()} times"));
        foreach (var (key, (id, number, version)) in ledger.Answered)
        {
            var task = Assert.Single(made[key]);
            Assert.Equal((id, number), (task.Text("id"), task.Text("number")));
            Assert.InRange(task.Number("version"), version, 2);
        }

        foreach (var key in ledger.Sent.Keys.Take(3).Concat(ledger.Sent.Keys.Except(ledger.Answered.Keys)).Distinct())
        {
            var again = await Post(client, "/api/tasks", new JsonObject { ["title"] = key, ["leadUnit"] = "education", ["dueIn"] = "P3D" }, key);
            Assert.Equal(made[key].SingleOrDefault()?.Text("id") ?? again.Text("id"), again.Text("id"));
            Assert.Equal(1, again.Number("version"));
            ledger.Answered.TryAdd(key, (again.Text("id"), again.Text("number"), 1));
        }

        var numbers = (await caller.All("/api/tasks?sort=number")).Select(task => task.Text("number")).ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers.Select(number => int.Parse(number[^6..], null)));
        var occurrences = (await caller.All("/api/tasks?plan=taiping-2020-3")).Select(task => (task.Text("duty"), task.Text("leadUnit"), task.Text("occurrence"))).ToList();
        Assert.Equal(occurrences.Count, occurrences.Distinct().Count());
    }

    private static async Task<string> SignIn(Server server)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        return (await Post(client, "/api/tokens", new JsonObject { ["userName"] = "taiping.office", ["password"] = DemoAccounts.Password }, null)).Text("accessToken");
    }

    private static async Task<JsonNode> Post(HttpClient client, string path, JsonObject body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {text}");
        return JsonNode.Parse(text)!;
    }

    private static HttpClient Client(Server server, string token) =>
        new() { BaseAddress = server.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    /// <summary>What was sent, and what was answered, by its key.</summary>
    private sealed class Ledger
    {
        public ConcurrentDictionary<string, string> Sent { get; } = [];

        public ConcurrentDictionary<string, (string Id, string Number, int Version)> Answered { get; } = [];
    }

    private sealed class Server : IDisposable
    {
        private readonly Process _process;

        private Server(Process process, Uri address) => (_process, Address) = (process, address);

        public Uri Address { get; }

        public static async Task<Server> Start(string folder)
        {
            var address = new Uri($"http://127.0.0.1:{FreePort()}");
            var start = new ProcessStartInfo("dotnet")
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
                ArgumentList =
                {
                    Path.Combine(AppContext.BaseDirectory, "TaskMatrix.Web.dll"), "--demo", "--exercise", "--clock", "2020-01-23T09:00:00+08:00",
                    "--data", folder, "--urls", address.ToString(),
                },
            };
            var (ready, said) = (new TaskCompletionSource(), new ConcurrentQueue<string>());
            var process = new Process { StartInfo = start, EnableRaisingEvents = true };
            process.OutputDataReceived += (_, line) => Heard(line.Data);
            process.ErrorDataReceived += (_, line) => Heard(line.Data);
            process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("the server stopped:\n" + string.Join('\n', said)));
            process.Start();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            await ready.Task;
            return new Server(process, address);

            void Heard(string? line)
            {
                said.Enqueue(line ?? "");
                if (line?.StartsWith("TaskMatrix listens on", StringComparison.Ordinal) == true)
                {
                    ready.TrySetResult();
                }
            }
        }

        /// <summary>SIGKILL.</summary>
        public void Kill()
        {
            _process.Kill();
            _process.WaitForExit();
        }

        public void Dispose()
        {
            if (!_process.HasExited)
            {
                Kill();
            }

            _process.Dispose();
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
