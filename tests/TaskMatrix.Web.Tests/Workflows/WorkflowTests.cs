using System.Xml.Linq;
using TaskMatrix.Web.Tests.Hosting;
using TaskMatrix.Web.Tests.TaskInstances;

namespace TaskMatrix.Web.Tests.Workflows;

public sealed class WorkflowTests
{
    private const string NewChecklist = """
        id: daily-checklist
        title: 日常检查
        english: Daily checklist
        parameters: [items]
        start: check
        steps:
          - { id: check, kind: task, title: 逐项检查并签字, english: Check and sign, acknowledge: false, form: checklist, signOff: true, next: done }
          - { id: done, kind: end, title: 办结, english: Closed }
        """;

    [Fact]
    public async Task Lists_what_all_share_and_what_is_the_own_jurisdictions()
    {
        var api = await RunningApi.Shared;
        var ids = (await api.As("taiping.education").Get("/api/workflows")).Ok().AsArray().Select(one => one!.Text("id")).ToList();
        Assert.Contains("daily-checklist", ids);
        Assert.Contains("taiping.education", ids);
        Assert.DoesNotContain(ids, id => id.Contains("lanxi", StringComparison.Ordinal));
        Assert.Contains("lanxi.all-units", (await api.As("lanxi.finance").Get("/api/workflows")).Ok().AsArray().Select(one => one!.Text("id")));
    }

    [Fact]
    public async Task Gives_a_definition_and_each_of_its_versions()
    {
        var api = await RunningApi.Shared;
        var office = api.As("taiping.office");
        var newest = (await office.Get("/api/workflows/event-response")).Ok();
        Assert.Equal(("event-response", 1, "process"), (newest.Text("id"), newest.Number("version"), newest.Text("kind")));
        Assert.Contains("id: event-response", newest.Text("text"), StringComparison.Ordinal);
        Assert.Equal(newest.ToJsonString(), (await office.Get("/api/workflows/event-response/versions/1")).Ok().ToJsonString());
        (await office.Get("/api/workflows/event-response/versions/2")).Refused(404, "not-found");
        (await office.Get("/api/workflows/lanxi.all-units")).Refused(404, "not-found");
    }

    [Theory]
    [InlineData("daily-report")]
    [InlineData("act-then-file")]
    [InlineData("supervision-round")]
    public async Task Draws_a_process_as_valid_SVG(string id)
    {
        var api = await RunningApi.Shared;
        var diagram = await api.As("taiping.education").Get($"/api/workflows/{id}/diagram");
        Assert.Equal((200, "image/svg+xml"), (diagram.Status, diagram.MediaType));
        var svg = XDocument.Parse(diagram.Text).Root!;
        Assert.Equal("svg", svg.Name.LocalName);
        Assert.DoesNotContain(svg.DescendantsAndSelf(), node => node.Name.LocalName == "script");
        Assert.NotEqual(diagram.Text, (await api.As("taiping.education").Get($"/api/workflows/{id}/diagram", "en")).Text);
    }

    [Fact]
    public async Task Marks_where_a_task_stands()
    {
        var api = await RunningApi.Shared;
        var task = (await api.As("taiping.education").All("/api/tasks?duty=taiping.education.absence-checks")).First();
        var plain = (await api.As("taiping.education").Get("/api/workflows/daily-checklist/diagram")).Text;
        var marked = await api.As("taiping.education").Get($"/api/workflows/daily-checklist/diagram?task={task.Text("id")}");
        Assert.NotEqual(plain, marked.Text);
        XDocument.Parse(marked.Text);

        (await api.As("taiping.justice").Get($"/api/workflows/daily-checklist/diagram?task={task.Text("id")}")).Refused(404, "not-found");
        (await api.As("taiping.office").Get($"/api/workflows/single-task/diagram?task={task.Text("id")}")).Refused(404, "not-found");
        (await api.As("taiping.office").Get("/api/workflows/daily-checklist/diagram?task=none")).Refused(400, "request.malformed");
    }

    [Fact]
    public async Task Says_where_the_open_tasks_of_a_process_stand_and_draws_it()
    {
        var api = await RunningApi.Shared;
        foreach (var user in new[] { "taiping.office", "taiping.education" })
        {
            var version = Assert.Single((await api.As(user).Get("/api/workflows/standing-duty/standing")).Ok().AsArray())!;
            var step = version["steps"]!.AsArray().First()!;
            Assert.Equal((1, "arrange", "部署落实"), (version.Number("version"), step.Text("step"), step.Text("title")));
            Assert.Equal((await api.As(user).All("/api/tasks?workflow=standing-duty&workflowVersion=1&step=arrange&open=true")).Count, step.Number("open"));
            var diagram = (await api.As(user).Get("/api/workflows/standing-duty/diagram?standing=true")).Text;
            Assert.Contains($"data-open=\"{step.Number("open")}\"", diagram, StringComparison.Ordinal);
            Assert.DoesNotContain("data-open", (await api.As(user).Get("/api/workflows/standing-duty/diagram?version=1")).Text, StringComparison.Ordinal);
        }

        (await api.As("taiping.office").Get("/api/workflows/standing-duty/diagram?version=7")).Refused(404, "not-found");
        (await api.As("taiping.office").Get("/api/workflows/none/standing")).Refused(404, "not-found");
    }

    [Fact]
    public async Task Finds_nothing_wrong_with_what_is_right()
    {
        var api = await RunningApi.Shared;
        var result = (await api.As("taiping.office").Post("/api/workflows/validate", new { yaml = NewChecklist })).Ok();
        Assert.True(result.Flag("ok"), result.ToJsonString());
        Assert.Empty(result["problems"]!.AsArray());
    }

    [Theory]
    [InlineData("id: broken\ntitle: [unclosed", 3)]
    [InlineData("id: daily-checklist\ntitle: a\nenglish: a\nstart: nowhere\nsteps:\n  - { id: done, kind: end, title: a, english: a }", 4)]
    [InlineData("unit: education\nplan: taiping-2020-3\nduties:\n  - id: taiping.education.absence-checks\n    title: a\n    english: a\n    clause: { section: 四、职责分工, quote: 原文没有这句话 }\n    kind: standing\n    process: standing-duty", 7)]
    [InlineData("id: a\nid: b", 2)]
    public async Task Says_where_a_definition_is_wrong_and_what(string yaml, int line)
    {
        var api = await RunningApi.Shared;
        foreach (var language in new[] { "zh-CN", "en" })
        {
            var body = System.Text.Json.JsonSerializer.Serialize(new { yaml });
            var result = (await api.As("taiping.office").PostText("/api/workflows/validate", body, language: language)).Ok();
            Assert.False(result.Flag("ok"));
            var problem = result["problems"]!.AsArray().FirstOrDefault(problem => problem!.Number("line") == line);
            Assert.True(problem is not null, result.ToJsonString());
            Assert.True(problem.Number("column") >= 1);
            Assert.Contains('.', problem.Text("code"));
            Assert.NotEmpty(problem.Text("message"));
            Assert.False(problem.Text("message").StartsWith(problem.Text("code"), StringComparison.Ordinal), $"no words in {language}: {problem.Text("code")}");
        }
    }

    [Fact]
    public async Task A_new_version_holds_for_new_tasks_and_running_ones_keep_theirs()
    {
        await using var api = await RunningApi.Start();
        var office = api.As("taiping.office");
        var running = (await office.All("/api/tasks?duty=taiping.education.absence-checks")).Single();

        var answer = await office.Post("/api/workflows/daily-checklist/versions", new { yaml = NewChecklist });
        Assert.Equal(("daily-checklist", 2), (answer.Ok(201).Text("id"), answer.Json.Number("version")));
        Assert.Equal("/api/workflows/daily-checklist/versions/2", answer.Location);
        Assert.DoesNotContain("逐项检查并签字", (await office.Get("/api/workflows/daily-checklist/versions/1")).Ok().Text("text"), StringComparison.Ordinal);
        Assert.Equal(2, (await office.Get("/api/duties/taiping.education.absence-checks")).Ok().Number("workflowVersion"));

        (await office.Post("/api/exercise/advance", new { by = "PT24H" })).Ok();
        var old = await office.Read(running.Text("id"));
        var fresh = (await office.All("/api/tasks?duty=taiping.education.absence-checks&occurrence=2020-01-24")).Single();
        Assert.Equal((1, false), (old.Number("workflowVersion"), old.Flag("signOffRequired")));
        Assert.Equal((2, true), (fresh.Number("workflowVersion"), fresh.Flag("signOffRequired")));
    }

    [Fact]
    public async Task A_broken_definition_changes_nothing_and_says_why()
    {
        await using var api = await RunningApi.Start();
        var (office, heads) = (api.As("taiping.office"), await api.Heads());
        var problem = (await office.Post("/api/workflows/daily-checklist/versions", new { yaml = "id: daily-checklist\nsteps: [" })).Refused(400, "definition.invalid");
        Assert.All(problem["problems"]!.AsArray(), one => Assert.True(one!.Number("line") > 0 && one!.Number("column") > 0 && one!.Text("code") != "" && one!.Text("message") != ""));
        Assert.NotEmpty(problem["problems"]!.AsArray());
        (await office.Post("/api/workflows/daily-checklist/versions", new { yaml = "" })).Invalid("yaml");
        (await office.Post("/api/workflows/taiping.education/versions", new { yaml = "unit: atlantis\nplan: taiping-2020-3\nduties: []" })).Refused(400, "definition.invalid");

        Assert.Equal(1, (await office.Get("/api/workflows/daily-checklist")).Ok().Number("version"));
        Assert.Equal(heads, await api.Heads());
    }

    [Theory]
    [InlineData("lanxi.all-units")]
    [InlineData("seed.taiping")]
    [InlineData("events")]
    [InlineData("calendars.china")]
    [InlineData("../../etc/passwd")]
    [InlineData("atlantis.education")]
    public async Task Publishes_nothing_that_is_not_the_offices(string id)
    {
        var api = await RunningApi.Shared;
        var answer = await api.As("taiping.office").Post($"/api/workflows/{Uri.EscapeDataString(id)}/versions", new { yaml = NewChecklist });
        Assert.True(answer.Status is 404 or 400, $"{answer.Status} {answer.Text}");
        Assert.NotNull(answer.Code);
    }
}
