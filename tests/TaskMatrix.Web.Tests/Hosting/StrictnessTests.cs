using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Tests.TaskInstances;

namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>What is nearly right is refused or told apart, never guessed at.</summary>
public sealed class StrictnessTests
{
    [Theory]
    [InlineData("""{"title":"A","leadUnit":"education","dueAt":"2020-03-30"}""", "request.malformed")]
    [InlineData("""{"title":"A","leadUnit":"education","dueIn":"P1D","dueAt":"2020-03-30T00:00:00Z"}""", "validation.failed")]
    [InlineData("""{"title":"A","leadUnit":"education","dueIn":"P1D","ackWithin":"PT1H","ackBy":"2020-03-30T00:00:00Z"}""", "validation.failed")]
    public async Task A_deadline_is_one_moment_given_once(string body, string code) =>
        (await (await RunningApi.Shared).As("taiping.office").PostText("/api/tasks", body)).Refused(400, code);

    [Fact]
    public async Task A_date_as_a_deadline_in_words_is_the_end_of_that_day()
    {
        var task = (await (await RunningApi.Shared).As("taiping.office").Post("/api/tasks", new { title = "A", leadUnit = "education", dueIn = "2020-12-30" })).Ok(201);

        Assert.Equal(new DateTimeOffset(2020, 12, 31, 0, 0, 0, TimeSpan.FromHours(8)), task.Moment("dueAt"));
        Assert.EndsWith("+00:00", task.Text("dueAt"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/tasks?limit=x", 400, "request.malformed", "The request is wrong", "请求有误")]
    [InlineData("/api/tasks/nope", 404, "not-found", "Not found", "找不到")]
    [InlineData("/api/nothing", 404, "not-found", "Not found", "找不到")]
    [InlineData("/api/audit/heads", 403, "audit.not-allowed", "Not allowed", "没有权限")]
    public async Task A_refusal_has_a_title_to_read_and_a_type_to_compare(string path, int status, string code, string english, string chinese)
    {
        var caller = (await RunningApi.Shared).As("taiping.education");
        foreach (var (language, title) in new[] { ("en", english), ("zh-CN", chinese) })
        {
            var problem = (await caller.Get(path, language)).Refused(status, code);
            Assert.Equal((title, "urn:taskmatrix:problem:" + code), (problem.Text("title"), problem.Text("type")));
        }
    }

    [Theory]
    [InlineData("""{"title":"A","leadUnit":"education","dueIn":"P1D","owner":"x"}""", "There is no member $.owner; see the description of the call.")]
    [InlineData("""{"title":"A","leadUnit":"education","dueIn":"P1D","reviewRequired":"yes"}""", "The value of $.reviewRequired cannot be read; see the description of the call.")]
    public async Task A_body_that_cannot_be_read_is_refused_with_the_place(string body, string place)
    {
        var problem = (await (await RunningApi.Shared).As("taiping.office").PostText("/api/tasks", body, language: "en")).Refused(400, "request.malformed");

        Assert.EndsWith(place, problem.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/tasks?limit=x", "?limit")]
    [InlineData("/api/tasks?overdue=maybe", "?overdue")]
    [InlineData("/api/tasks?dueBefore=soon", "?dueBefore")]
    [InlineData("/api/tasks?Limit=1&limit=2", "?limit")]
    [InlineData("/api/workflows/daily-checklist/diagram?task=none", "?task")]
    [InlineData("/api/statistics?from=today", "?from")]
    public async Task A_query_that_cannot_be_read_is_refused_with_the_place(string path, string place)
    {
        var problem = (await (await RunningApi.Shared).As("taiping.office").Get(path, "en")).Refused(400, "request.malformed");

        Assert.EndsWith($"The value of {place} cannot be read; see the description of the call.", problem.Text("detail"), StringComparison.Ordinal);
    }

    /// <summary>What the check does not know, a route would refuse without a word.</summary>
    [Fact]
    public async Task Every_parameter_of_a_query_that_is_no_text_is_of_a_type_the_check_knows()
    {
        var parameters = (await RunningApi.Shared).Services.GetRequiredService<EndpointDataSource>().Endpoints
            .SelectMany(endpoint => endpoint.Metadata.OfType<IParameterBindingMetadata>()).Where(parameter => parameter.HasTryParse).ToList();

        Assert.NotEmpty(parameters);
        Assert.Empty(parameters.Select(QueryCheck.TypeOf).Where(type => type != typeof(string) && !QueryCheck.Types.ContainsKey(type)).Distinct());
    }

    [Fact]
    public async Task The_clock_of_an_exercise_moves_a_year_at_most()
    {
        await using var api = await RunningApi.Start();

        (await api.As("taiping.office").Post("/api/exercise/advance", new { by = "P367D" })).Refused(400, "exercise.too-far");
    }

    [Theory]
    [InlineData("/api/schedules/taiping.education.ventilation/pause")]
    [InlineData("/api/jobs/00000000-0000-0000-0000-000000000000/retry")]
    public async Task A_call_without_members_takes_none(string path) =>
        (await (await RunningApi.Shared).As("taiping.office").PostText(path, """{"x":1}""")).Refused(400, "request.malformed");

    [Fact]
    public async Task An_id_that_is_none_is_one_task_of_a_bulk_call_that_does_not_exist()
    {
        var api = await RunningApi.Shared;
        var task = await api.Task();

        var results = (await api.As("taiping.education").Post("/api/tasks/bulk", new { action = "acknowledge", taskIds = new[] { "nope", task } })).Ok()["results"]!.AsArray();

        Assert.Equal([false, true], results.Select(result => result!.Flag("ok")));
        Assert.Equal("not-found", results[0]!["problem"]!.Text("code"));
    }

    [Fact]
    public async Task A_process_of_another_jurisdictions_office_and_the_shared_events_are_not_ones_to_publish()
    {
        await using var api = await RunningApi.Start();
        const string yaml = """
            id: own-check
            title: 自查
            english: Own check
            start: check
            steps:
              - { id: check, kind: task, title: 自查, english: Check, next: done }
              - { id: done, kind: end, title: 办结, english: Closed }
            """;
        (await api.As("taiping.office").Post("/api/workflows/own-check/versions", new { yaml })).Ok(201);

        (await api.As("lanxi.office").Post("/api/workflows/own-check/versions", new { yaml })).Refused(404, "not-found");
        (await api.As("lanxi.office").Post("/api/workflows/events/versions", new { yaml = "kinds: []" })).Refused(404, "not-found");
    }

    [Fact]
    public async Task A_missing_field_is_told_in_the_language_of_the_caller_without_names_of_ours()
    {
        var refused = (await (await RunningApi.Shared).As("taiping.office").Post("/api/tasks", new { leadUnit = "education", dueIn = "P1D" })).Refused(400, "validation.failed");

        Assert.DoesNotContain("Title", refused["errors"]!["title"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
