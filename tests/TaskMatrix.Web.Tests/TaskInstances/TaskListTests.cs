using System.Text.Json.Nodes;
using TaskMatrix.Web.Tests.Hosting;

namespace TaskMatrix.Web.Tests.TaskInstances;

/// <summary>Filters, order, pages and counts, on a day of exercise in which enough went wrong to fill every list.</summary>
public sealed class TaskListTests(TaskListTests.BusyDay day) : IClassFixture<TaskListTests.BusyDay>
{
    private Caller Office => day.Api.As("taiping.office");

    [Theory]
    [InlineData("state=pendingAck")]
    [InlineData("state=PendingReview")]
    [InlineData("light=red")]
    [InlineData("light=blue")]
    [InlineData("light=green")]
    [InlineData("light=grey")]
    [InlineData("light=yellow")]
    [InlineData("overdue=true")]
    [InlineData("ackOverdue=true")]
    [InlineData("open=true")]
    [InlineData("unit=health")]
    [InlineData("duty=taiping.education.absence-checks")]
    [InlineData("plan=taiping-2020-3")]
    [InlineData("occurrence=2020-01-23")]
    [InlineData("jurisdiction=taiping")]
    [InlineData("q=%E6%A0%B8%E5%AF%B9")]
    [InlineData("dueBefore=2020-01-24T00:00:00%2B08:00")]
    [InlineData("dueAfter=2020-01-25T00:00:00%2B08:00&dueBefore=2020-01-27T00:00:00%2B08:00")]
    [InlineData("unit=education&state=inProgress&light=red")]
    public async Task Lists_exactly_the_tasks_a_filter_means(string query)
    {
        var all = await Office.All("/api/tasks");
        var expected = all.Where(task => query.Split('&').All(part => Means(task, part.Split('=')[0], Uri.UnescapeDataString(part.Split('=')[1])))).ToList();
        Assert.NotEmpty(expected);
        Assert.True(expected.Count < all.Count || query is "jurisdiction=taiping", "the filter says nothing here");
        Assert.Equal(Ids(expected), Ids(await Office.All("/api/tasks?" + query)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?state=pendingAck")]
    [InlineData("?unit=health")]
    [InlineData("?light=red&unit=education")]
    [InlineData("?q=%E6%A0%B8%E5%AF%B9")]
    [InlineData("?overdue=true")]
    [InlineData("?open=true&plan=taiping-2020-3")]
    public async Task Counts_what_the_list_lists(string query)
    {
        var listed = await Office.All("/api/tasks" + query);
        var counts = (await Office.Get("/api/tasks/counts" + query)).Ok();
        Assert.Equal(listed.Count, counts.Number("total"));
        foreach (var (member, key) in new[] { ("byState", "state"), ("byLight", "light"), ("byUnit", "leadUnit") })
        {
            var expected = listed.GroupBy(task => task.Text(key)).ToDictionary(group => group.Key, group => group.Count());
            var counted = counts[member]!.AsObject().ToDictionary(count => count.Key, count => count.Value!.GetValue<int>());
            Assert.Equal(expected.OrderBy(count => count.Key), counted.Where(count => count.Value > 0).OrderBy(count => count.Key));
        }
    }

    [Theory]
    [InlineData("overdue", "/api/overdue")]
    [InlineData("open", "/api/tasks?open=true")]
    public async Task Counts_as_one_figure_what_the_list_of_that_name_lists(string figure, string list) =>
        Assert.Equal((await Office.All(list)).Count, (await Office.Get("/api/tasks/counts")).Ok().Number(figure));

    [Theory]
    [InlineData("", 7)]
    [InlineData("sort=dueAt", 50)]
    [InlineData("sort=-dueAt", 7)]
    [InlineData("sort=number", 7)]
    [InlineData("state=pendingAck&sort=-dueAt", 1)]
    public async Task Pages_over_everything_exactly_once_in_order(string query, int limit)
    {
        var narrowed = query.Contains("state", StringComparison.Ordinal) ? query + "&unit=justice" : query;
        var whole = await Office.All("/api/tasks?" + narrowed);
        var paged = await Office.All("/api/tasks?" + narrowed, limit);
        Assert.Equal(whole.Select(task => task.Text("id")), paged.Select(task => task.Text("id")));
        Assert.Equal(whole.Count, whole.Select(task => task.Text("id")).Distinct().Count());

        var keys = whole.Select(task => (DueOf(task) ?? DateTimeOffset.MaxValue, task.Text("number"))).ToList();
        Assert.Equal(query switch
        {
            "sort=number" => keys.OrderBy(key => key.Item2, StringComparer.Ordinal),
            _ when query.Contains("-dueAt", StringComparison.Ordinal) => keys.OrderByDescending(key => key.Item1).ThenByDescending(key => key.Item2, StringComparer.Ordinal),
            _ => keys.OrderBy(key => key.Item1).ThenBy(key => key.Item2, StringComparer.Ordinal),
        }, keys);
    }

    [Fact]
    public async Task Gives_50_at_a_time_unless_told_and_200_at_most()
    {
        Assert.Equal(50, (await Office.Get("/api/tasks")).Ok()["items"]!.AsArray().Count);
        Assert.Equal(200, (await Office.Get("/api/tasks?limit=200")).Ok()["items"]!.AsArray().Count);
        Assert.Null((await Office.Get("/api/tasks?q=核对&limit=200")).Ok()["nextCursor"]);
    }

    [Theory]
    [InlineData("100%完成", "100%25", 1)]
    [InlineData("100%完成", "%25完", 1)]
    [InlineData("a_b", "a_b", 1)]
    [InlineData("a_b", "a%25b", 0)]
    [InlineData("back\\slash", "k%5Cs", 1)]
    [InlineData("O'Brien \"x\"", "'Brien \"", 1)]
    [InlineData("x'; DROP TABLE tasks; --", "'; DROP TABLE tasks; --", 1)]
    public async Task Finds_wildcards_and_quotes_as_they_stand(string title, string q, int found)
    {
        var id = await day.Api.Task("red-cross", new { title });
        var hits = await Office.All("/api/tasks?unit=red-cross&q=" + q);
        Assert.Equal(found, hits.Count(hit => hit.Text("id") == id));
        await Office.Do(id, "terminate", new { reason = "试毕" });
        Assert.True((await Office.All("/api/tasks?q=" + Uri.EscapeDataString("%"))).Count < 20);
    }

    [Fact]
    public async Task Finds_by_number_title_and_description()
    {
        var task = await Office.Read(await day.Api.Task("red-cross", new { title = "接收捐赠口罩", description = "核实批次与数量" }));
        foreach (var q in new[] { task.Text("number"), task.Text("number")[^4..], "捐赠口", "批次与" })
        {
            Assert.Contains(await Office.All("/api/tasks?q=" + Uri.EscapeDataString(q)), hit => hit.Text("id") == task.Text("id"));
        }
    }

    [Fact]
    public async Task A_unit_sees_what_it_leads_and_works_on_and_reads_what_it_is_informed_of()
    {
        var seen = await day.Api.As("taiping.health").All("/api/tasks");
        Assert.All(seen, task => Assert.True(task.Text("leadUnit") == "health" || task.Texts("coUnits").Contains("health")));
        Assert.Contains(seen, task => task.Text("leadUnit") != "health");

        var expected = (await Office.All("/api/tasks")).Where(task => task.Text("leadUnit") == "health" || task.Texts("coUnits").Contains("health"));
        Assert.Equal(Ids(expected), Ids(seen));
        Assert.Equal(seen.Count, (await day.Api.As("taiping.health").Get("/api/tasks/counts")).Ok().Number("total"));
    }

    [Fact]
    public async Task Nobody_finds_anything_of_another_jurisdiction()
    {
        Assert.Empty(await Office.All("/api/tasks?jurisdiction=lanxi"));
        Assert.All(await day.Api.As("lanxi.office").All("/api/tasks"), task => Assert.Equal("lanxi", task.Text("jurisdiction")));
        Assert.Equal(0, (await Office.Get("/api/tasks/counts?jurisdiction=lanxi")).Ok().Number("total"));
    }

    [Fact]
    public async Task Pages_stay_whole_while_rows_are_inserted()
    {
        var before = (await Office.All("/api/tasks")).Select(task => task.Text("id")).ToHashSet();
        var seen = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = (await Office.Get("/api/tasks?limit=40" + (cursor is null ? "" : "&cursor=" + cursor))).Ok();
            seen.AddRange(page["items"]!.AsArray().Select(task => task!.Text("id")));
            await day.Api.Task("red-cross", new { title = "其间新增", dueIn = "PT1H" });
            await day.Api.Task("red-cross", new { title = "其间新增", dueIn = "P30D" });
            if ((cursor = page.TextOrNull("nextCursor")) is null)
            {
                break;
            }
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Empty(before.Except(seen));
    }

    private static bool Means(JsonNode task, string name, string value) => name switch
    {
        "state" => task.Text("state").Equals(value, StringComparison.OrdinalIgnoreCase),
        "light" => task.Text("light") == value,
        "overdue" => task["overdueSince"] is not null && (IsOpen(task) || task.Text("state") == "missed"),
        "ackOverdue" => task["ackBreachedAt"] is not null && task.Text("state") == "pendingAck",
        "open" => IsOpen(task),
        "unit" => task.Text("leadUnit") == value || task["coOwners"]!.AsArray().Any(co => co!.Text("unit") == value && co!.Text("role") != "inform"),
        "duty" or "plan" or "occurrence" or "jurisdiction" => task.TextOrNull(name) == value,
        "q" => (task.Text("number") + task.Text("title") + task.Text("description")).Contains(value, StringComparison.Ordinal),
        "dueBefore" => DueOf(task) < DateTimeOffset.Parse(value, null),
        "dueAfter" => DueOf(task) > DateTimeOffset.Parse(value, null),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name),
    };

    private static DateTimeOffset? DueOf(JsonNode task) => task["dueAt"]?.GetValue<DateTimeOffset>();

    private static bool IsOpen(JsonNode task) => task.Text("state") is not ("closed" or "missed" or "notApplicable" or "terminated");

    private static List<string> Ids(IEnumerable<JsonNode> tasks) => [.. tasks.Select(task => task.Text("id")).Order()];

    /// <summary>23 January until noon of the 24th: some tasks done, given back, suspended, called off, most left alone.</summary>
    public sealed class BusyDay : IAsyncLifetime
    {
        internal RunningApi Api { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Api = await RunningApi.Start();
            var (office, liaison) = (Api.As("taiping.office"), Api.As("taiping.education"));
            var tasks = (await liaison.All("/api/tasks?state=pendingAck&unit=education"))
                .Where(task => task.Text("leadUnit") == "education" && !task.Flag("signOffRequired")).Select(task => task.Text("id")).ToList();
            foreach (var id in tasks.Take(6))
            {
                await liaison.Do(id, "acknowledge");
            }

            await liaison.Do(tasks[0], "submit", new { text = "已部署" });
            await liaison.Do(tasks[1], "submit", new { text = "已部署" });
            await office.Do(tasks[1], "return", new { reason = "不够具体" });
            await office.Do(tasks[2], "suspend", new { reason = "等待批复" });
            await liaison.Do(tasks[7], "decline", new { reason = "不是我们的" });
            await office.Do(tasks[8], "mark-not-applicable", new { reason = "不适用" });
            await office.Post("/api/tasks", new { title = "草稿", leadUnit = "education", dueIn = "P3D", draft = true });
            await Api.Task("education", new { title = "核对名单", ackWithin = "PT1H" });
            await liaison.Do(await Api.Task("education", new { title = "核对校门", dueIn = "PT5H" }), "acknowledge");
            await Api.Task("health", new { title = "核对床位", coUnits = new[] { "education" } });
            (await office.Post("/api/exercise/advance", new { by = "PT27H" })).Ok();
        }

        public async Task DisposeAsync() => await Api.DisposeAsync();
    }
}
