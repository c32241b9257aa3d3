using System.Net;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Web.TaskInstances;
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

    /// <summary>A page is asked for again only when a note is about something of what it shows.</summary>
    [Fact]
    public async Task A_note_says_what_it_is_about_so_that_other_pages_stay_as_they_are()
    {
        var office = await Listen("taiping.office");
        var task = await Create("与谁有关", "education");
        var note = await Next(office);
        Assert.Contains($"\"tasks\",\"task:{task.Id}\",\"unit:education\"", note, StringComparison.Ordinal);
        Assert.DoesNotContain("late", note, StringComparison.Ordinal);
        Assert.DoesNotContain("reports", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(128, null)]
    [InlineData(129, "all")]
    public void Where_so_many_wait_that_one_may_be_lost_the_last_note_stands_for_all(int waiting, string? about) =>
        Assert.Equal(about, StreamNote.Counts(waiting, 256).About?.Single());

    [Fact]
    public async Task A_step_of_an_inspection_is_told_to_inspectors_and_its_unit_and_to_nobody_else()
    {
        var (inspector, unit, office) = (await Listen("taiping.inspector"), await Listen("taiping.ecology"), await Listen("taiping.office"));
        var inspection = await server.Send("taiping.inspector", new OpenInspections.Command(null, InspectionKind.Single, "即时", ["ecology"]));
        foreach (var told in new[] { await Next(inspector, "inspection"), await Next(unit, "inspection") })
        {
            Assert.Contains(inspection.Id.ToString(), told, StringComparison.Ordinal);
            Assert.Contains("\"inspections\"", told, StringComparison.Ordinal);
        }

        // Had the office been told of it, that note would come before this one.
        var later = await Create("督查之后", "justice");
        Assert.Contains(later.Id.ToString(), await Next(office, "inspection", "task"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_follows_the_queues_is_told_when_they_stand_differently_and_others_are_not_let_in()
    {
        // Of the other plan: its breach comes within the minute, and would come between what the others here wait for.
        var administrator = await server.Visit("lanxi.sysadmin");
        var queues = await Listen(administrator, "/stream?jobs=true");
        await Create("排队", "fishery", "PT1M", "lanxi");
        Assert.Equal("data: {}", await Next(queues, "jobs"));
        Assert.Equal(HttpStatusCode.Forbidden, (await administrator.Client.GetAsync("/stream")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await server.Visit("taiping.education")).Client.GetAsync("/stream?jobs=true")).StatusCode);
    }

    [Theory]
    [InlineData("taiping.office", "/", "desk-figures", "tasks inspections")]
    [InlineData("taiping.office", "/", "desk-reports", "reports")]
    [InlineData("taiping.office", "/tasks?state=all", "task-list", "tasks")]
    [InlineData("taiping.office", "/tasks?q=nothing-like-this", "task-list", "tasks")]
    [InlineData("taiping.office", "/matrix", "matrix", "tasks")]
    [InlineData("taiping.inspector", "/overdue", "overdue", "late inspections")]
    [InlineData("taiping.inspector", "/overdue", "overdue-summary", "late")]
    [InlineData("taiping.inspector", "/inspections", "inspections", "inspections")]
    [InlineData("taiping.inspector", "/inspections", "inspection-states", "inspections")]
    [InlineData("taiping.office", "/reports", "reports", "reports")]
    [InlineData("taiping.education", "/standing", "standing", "unit:education")]
    [InlineData("taiping.sysadmin", "/jobs", "jobs", "jobs")]
    [InlineData("taiping.leader", "/situation", "situation-days", "tasks")]
    public async Task What_follows_says_what_it_shows_and_keeps_its_name(string who, string path, string id, string follows)
    {
        var page = await (await server.Visit(who)).Get(path);
        Assert.Equal(follows, page.Document.GetElementById(id)?.GetAttribute("data-live"));
        Assert.NotNull(page.Document.QuerySelector("script[src^='/live.js']"));
        Assert.NotNull(page.Document.QuerySelector("script[src^='/renew.js']"));
    }

    [Fact]
    public void A_task_touches_the_page_of_every_unit_that_has_part_in_it() => Assert.Equal(
        ["unit:education", "unit:health"],
        StreamNote.Of(new TaskChange("taiping", Guid.NewGuid(), "acknowledge", "education", ["education", "health"], false, false)).About!.Where(topic => topic.StartsWith("unit:", StringComparison.Ordinal)));

    [Fact]
    public async Task The_page_of_a_task_follows_it_and_its_run_and_stands_still_where_it_looks_back()
    {
        var task = await Create("这一件", "education");
        var visitor = await server.Visit("taiping.office");
        Assert.Equal($"task:{task.Id}", (await visitor.Get($"/tasks/{task.Id}")).Document.GetElementById("task")!.GetAttribute("data-live"));
        var older = (await visitor.Get("/tasks?state=all&duty=taiping.education.absence-checks")).Document.QuerySelector(".title-cell a")!.GetAttribute("href")!;
        var then = (await visitor.Get(older)).Document.QuerySelector("a[href*='asOf=']")!.GetAttribute("href")!;
        Assert.False((await visitor.Get(then)).Document.GetElementById("task")!.HasAttribute("data-live"));
    }

    /// <summary>Known exactly while somebody listens; else it may have been anything.</summary>
    [Fact]
    public async Task What_happened_between_a_page_and_its_line_is_told_when_the_line_opens()
    {
        var visitor = await server.Visit("taiping.office");
        var listens = await Listen(visitor, "/stream");
        var (since, other) = (await Record(visitor), await Record(await server.Visit("taiping.justice")));
        var task = await Create("页面与连线之间", "education");
        Assert.Contains(task.Id.ToString(), await Next(listens), StringComparison.Ordinal);

        Assert.Contains(task.Id.ToString(), await Next(await Listen(visitor, $"/stream?since={since}")), StringComparison.Ordinal);
        Assert.True(await Record(visitor) > since);
        var theirs = await Listen(await server.Visit("taiping.justice"), $"/stream?since={other}");
        var later = await Create("连线之后", "justice");
        Assert.Contains(later.Id.ToString(), await Next(theirs), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_of_the_time_before_is_said_to_be_unknown()
    {
        var recent = new RecentChanges();
        var change = new TaskChange("taiping", Guid.NewGuid(), "acknowledge", "education", ["education"], false, false);
        recent.Add(new Dictionary<string, long> { ["taiping"] = 10 }, []);
        Assert.Empty(recent.Since("taiping", 10)!);
        Assert.Null(recent.Since("taiping", 9));

        recent.Add(new Dictionary<string, long> { ["taiping"] = 12 }, [change]);
        Assert.Equal([change], recent.Since("taiping", 11)!);
        Assert.Equal([change], recent.Since("taiping", 10)!);
        Assert.Empty(recent.Since("taiping", 12)!);
        Assert.Null(recent.Since("taiping", 9));
        Assert.Empty(recent.Since("lanxi", 0)!);

        for (var second = 0; second < 30; second++)
        {
            recent.Add(new Dictionary<string, long> { ["taiping"] = 12 }, []);
        }

        Assert.Null(recent.Since("taiping", 11));
        recent.Forget();
        recent.Add(new Dictionary<string, long> { ["taiping"] = 20 }, []);
        Assert.Null(recent.Since("taiping", 12));
    }

    private static async Task<long> Record(Visitor visitor) =>
        long.Parse((await visitor.Get("/tasks")).Document.Body!.GetAttribute("data-record")!, null);

    private Task<TaskView> Create(string title, string unit, string dueIn = "P1D", string place = "taiping") =>
        server.Send($"{place}.office", new CreateTask.Command(place, title, null, unit, null, null, null, null, dueIn, null, null, null, null, null, false));

    private async Task<StreamReader> Listen(string userName) => await Listen(await server.Visit(userName), "/stream");

    private static async Task<StreamReader> Listen(Visitor visitor, string address)
    {
        var reader = new StreamReader(await visitor.Client.GetStreamAsync(address));
        Assert.Equal("event: beat", await reader.ReadLineAsync());
        return reader;
    }

    /// <summary>Data of the next note of one of these kinds; about a task unless told otherwise.</summary>
    private static async Task<string> Next(StreamReader reader, params string[] kinds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (kinds.DefaultIfEmpty("task").Any(kind => line == "event: " + kind))
            {
                return await reader.ReadLineAsync(limit.Token) ?? "";
            }
        }

        throw new InvalidOperationException("The line ended");
    }
}
