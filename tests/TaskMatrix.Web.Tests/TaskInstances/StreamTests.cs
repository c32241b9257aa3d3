using TaskMatrix.App.TaskInstances;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.TaskInstances;

/// <summary>What is told as it happens, and to whom.</summary>
[Collection(PagesCollection.Name)]
public sealed class StreamTests(PagesServer server)
{
    [Fact]
    public async Task A_change_is_told_to_its_unit_and_the_office_and_to_no_other_unit()
    {
        var (own, office, other) = (await Listen("taiping.education"), await Listen("taiping.office"), await Listen("taiping.justice"));
        var task = await Create("即时更新", "education");
        Assert.Contains(task.Id.ToString(), await Next(own), StringComparison.Ordinal);
        Assert.Contains(task.Id.ToString(), await Next(office), StringComparison.Ordinal);

        // The other unit is told of its own change only: the first note it gets is that one.
        var theirs = await Create("另一单位", "justice");
        Assert.Contains(theirs.Id.ToString(), await Next(other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_and_figures_say_that_they_follow_and_keep_their_names()
    {
        var visitor = await server.Visit("taiping.office");
        foreach (var (path, id) in new[] { ("/", "desk-figures"), ("/tasks?state=all", "task-list"), ("/matrix", "matrix") })
        {
            Assert.NotNull((await visitor.Get(path)).Document.QuerySelector($"#{id}[data-live]"));
        }
    }

    private Task<TaskView> Create(string title, string unit) =>
        server.Send("taiping.office", new CreateTask.Command("taiping", title, null, unit, null, null, null, null, "P1D", null, null, null, null, null, false));

    private async Task<StreamReader> Listen(string userName)
    {
        var visitor = await server.Visit(userName);
        var reader = new StreamReader(await visitor.Client.GetStreamAsync("/stream"));
        Assert.Equal("event: beat", await reader.ReadLineAsync());
        return reader;
    }

    /// <summary>Data of the next note about a task.</summary>
    private static async Task<string> Next(StreamReader reader)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line == "event: task")
            {
                return await reader.ReadLineAsync(limit.Token) ?? "";
            }
        }

        throw new InvalidOperationException("The line ended");
    }
}
