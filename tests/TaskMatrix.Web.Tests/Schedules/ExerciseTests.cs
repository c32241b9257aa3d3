using TaskMatrix.Web.Tests.Hosting;
using TaskMatrix.Web.Tests.TaskInstances;

namespace TaskMatrix.Web.Tests.Schedules;

public sealed class ExerciseTests
{
    [Fact]
    public async Task Moves_by_a_duration_or_to_a_moment_and_says_what_happened_on_the_way()
    {
        await using var api = await RunningApi.Start();
        var office = api.As("taiping.office");
        Assert.Equal(RunningApi.Morning, (await office.Get("/api/exercise/clock")).Ok().Moment("now"));

        var moved = (await office.Post("/api/exercise/advance", new { by = "PT2H" })).Ok();
        Assert.Equal(RunningApi.Morning.AddHours(2), moved.Moment("now"));
        moved = (await api.As("taiping.leader").Post("/api/exercise/advance", new { to = "2020-01-24T08:30:00+08:00" })).Ok();
        Assert.Equal(RunningApi.Morning.AddHours(23.5), moved.Moment("now"));
        Assert.All(new[] { "occurrences", "timers", "escalations" }, member => Assert.True(moved["fired"]!.Number(member) > 0));
        Assert.Equal(RunningApi.Morning.AddHours(23.5), (await api.As("lanxi.finance").Get("/api/exercise/clock")).Ok().Moment("now"));

        var none = (await api.As("taiping.sysadmin").Post("/api/exercise/advance", new { to = "2020-01-24T08:30:00+08:00" })).Ok();
        Assert.Equal((0, 0, 0), (none["fired"]!.Number("occurrences"), none["fired"]!.Number("timers"), none["fired"]!.Number("escalations")));
    }

    [Fact]
    public async Task Everything_on_the_way_happens_at_its_own_moment()
    {
        await using var api = await RunningApi.Start();
        var id = await api.Task("justice", new { ackWithin = "PT1H", dueIn = "PT3H" });
        (await api.As("taiping.office").Post("/api/exercise/advance", new { by = "PT28H" })).Ok();
        var events = (await api.As("taiping.office").Get($"/api/tasks/{id}/events")).Ok().AsArray();
        Assert.Equal(
            [("issue", 0), ("ack-breach", 1), ("overdue", 3), ("escalate", 3), ("escalate", 27)],
            events.Select(one => (one!.Text("action"), (one!.Moment("at") - RunningApi.Morning).TotalHours)));
        var task = await api.As("taiping.office").Read(id);
        Assert.Equal((RunningApi.Morning.AddHours(1), RunningApi.Morning.AddHours(3), "red"), (task.Moment("ackBreachedAt"), task.Moment("overdueSince"), task.Text("light")));
        Assert.True(task.Number("escalationLevel") > 0);
    }

    [Theory]
    [InlineData("""{"to":"2019-01-01T00:00:00Z"}""", 409, "exercise.back-in-time")]
    [InlineData("""{"by":"-PT1H"}""", 400, "validation.failed")]
    [InlineData("""{"by":"PT0S"}""", 400, "validation.failed")]
    [InlineData("""{"by":"P1M"}""", 400, "validation.failed")]
    [InlineData("""{"by":""}""", 400, "validation.failed")]
    [InlineData("""{"by":"soon"}""", 400, "validation.failed")]
    [InlineData("""{"by":2}""", 400, "request.malformed")]
    [InlineData("{}", 400, "validation.failed")]
    [InlineData("""{"by":"PT1H","to":"2020-01-24T00:00:00Z"}""", 400, "validation.failed")]
    [InlineData("""{"to":"2020-01-24T00:00:00"}""", 400, "request.malformed")]
    public async Task Never_moves_back_or_by_what_is_no_duration(string body, int status, string code)
    {
        var api = await RunningApi.Shared;
        (await api.As("taiping.office").PostText("/api/exercise/advance", body)).Refused(status, code);
        Assert.Equal(RunningApi.Morning, (await api.As("taiping.office").Get("/api/exercise/clock")).Ok().Moment("now"));
    }

    [Fact]
    public async Task Goes_on_where_it_stood_after_a_restart()
    {
        var api = await RunningApi.Start();
        (await api.As("taiping.office").Post("/api/exercise/advance", new { by = "PT5H" })).Ok();
        await api.Stop();
        await using var again = await RunningApi.On(api.Folder);
        Assert.Equal(RunningApi.Morning.AddHours(5), (await again.As("taiping.office").Get("/api/exercise/clock")).Ok().Moment("now"));
    }

    [Fact]
    public async Task Outside_an_exercise_there_is_no_clock_to_move()
    {
        await using var api = await RunningApi.Start(exercise: false);
        (await api.As("taiping.office").Get("/api/exercise/clock")).Refused(404, "not-found");
        (await api.As("taiping.office").Post("/api/exercise/advance", new { by = "PT1H" })).Refused(404, "not-found");
        (await api.As("taiping.education").Post("/api/exercise/advance", new { by = "PT1H" })).Refused(404, "not-found");
    }
}
