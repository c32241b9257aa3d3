using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Tests.Hosting;
using TaskMatrix.Web.Tests.TaskInstances;

namespace TaskMatrix.Web.Tests.Schedules;

public sealed class ScheduleTests
{
    private const string Checks = "taiping.education.absence-checks";

    [Fact]
    public async Task Tells_when_each_recurring_duty_occurs_next()
    {
        var api = await RunningApi.Shared;
        var rows = (await api.As("taiping.inspector").Get("/api/schedules?jurisdiction=taiping")).Ok().AsArray();
        var checks = rows.Single(row => row!.Text("dutyId") == Checks)!;
        Assert.Equal(("0 8 * * *", "Asia/Shanghai", "natural", false), (checks.Text("cron"), checks.Text("zone"), checks.Text("calendar"), checks.Flag("paused")));
        Assert.Equal(RunningApi.Morning.AddHours(23), checks.Moment("next"));
        Assert.All(new[] { "policy", "last", "lastResult" }, member => Assert.True(checks.AsObject().ContainsKey(member)));
        var kinds = (await api.As("taiping.office").All("/api/duties")).ToDictionary(duty => duty.Text("id"), duty => duty.Text("kind"));
        Assert.All(rows, row => Assert.Contains(kinds[row!.Text("dutyId")], new[] { "recurring", "standing" }));
    }

    [Fact]
    public async Task A_paused_duty_makes_no_tasks_until_it_is_resumed()
    {
        await using var api = await RunningApi.Start();
        var office = api.As("taiping.office");
        var paused = (await office.Post($"/api/schedules/{Checks}/pause")).Ok();
        Assert.True(paused.Flag("paused"));
        Assert.Null(paused["next"]);
        (await office.Post($"/api/schedules/{Checks}/pause")).Refused(409, "schedule.paused");
        (await office.Post("/api/exercise/advance", new { by = "PT24H" })).Ok();
        Assert.Empty(await office.All($"/api/tasks?duty={Checks}&occurrence=2020-01-24"));

        var resumed = (await office.Post($"/api/schedules/{Checks}/resume")).Ok();
        Assert.Equal(RunningApi.Morning.AddHours(47), resumed.Moment("next"));
        (await office.Post($"/api/schedules/{Checks}/resume")).Refused(409, "schedule.not-paused");
        (await office.Post("/api/exercise/advance", new { by = "PT24H" })).Ok();
        Assert.Single(await office.All($"/api/tasks?duty={Checks}&occurrence=2020-01-25"));
        Assert.Empty(await office.All($"/api/tasks?duty={Checks}&occurrence=2020-01-24"));
    }

    [Fact]
    public async Task A_run_by_hand_is_an_occurrence_of_its_own()
    {
        await using var api = await RunningApi.Start();
        var office = api.As("taiping.office");
        (await office.Post($"/api/schedules/{Checks}/run-now")).Ok();
        (await office.Post($"/api/schedules/{Checks}/run-now")).Ok();
        Assert.Equal(
            ["2020-01-23", "2020-01-23#manual-1", "2020-01-23#manual-2"],
            (await office.All($"/api/tasks?duty={Checks}")).Select(task => task.Text("occurrence")).Order(StringComparer.Ordinal));
        (await office.Post("/api/exercise/advance", new { by = "PT24H" })).Ok();
        Assert.Single(await office.All($"/api/tasks?duty={Checks}&occurrence=2020-01-24"));
    }

    [Fact]
    public async Task Jobs_are_the_timers_that_wait_failed_or_were_set_aside()
    {
        await using var api = await RunningApi.Start();
        var office = api.As("taiping.office");
        var id = Guid.Parse(await api.Task("justice", new { dueIn = "PT6H" }));
        await Change(api, id, timer => (timer.Attempts, timer.LastError) = (2, "broken"));
        var failed = Assert.Single(await office.All("/api/jobs?state=failed"));
        Assert.Equal((id.ToString(), "broken", 2, "failed"), (failed.Text("id"), failed.Text("lastError"), failed.Number("attempts"), failed.Text("state")));

        await Change(api, id, timer => timer.SetAside = true);
        Assert.Equal(id.ToString(), Assert.Single(await office.All("/api/jobs?state=dead")).Text("id"));
        Assert.Empty(await office.All("/api/jobs?state=failed"));
        (await api.As("taiping.inspector").Post($"/api/jobs/{id}/retry")).Refused(403, "schedule.not-allowed");
        (await api.As("lanxi.office").Post($"/api/jobs/{id}/retry")).Refused(404, "not-found");

        Assert.Equal("due", (await office.Post($"/api/jobs/{id}/retry")).Ok().Text("state"));
        Assert.Empty(await office.All("/api/jobs?state=dead"));
        Assert.Empty(await api.As("lanxi.office").All("/api/jobs?state=failed"));
    }

    [Fact]
    public async Task Jobs_of_one_moment_are_paged_exactly_once()
    {
        await using var api = await RunningApi.Start();
        await Change(api, null, timer => (timer.DueAt, timer.SetAside) = (RunningApi.Morning, true));
        var office = api.As("taiping.office");
        var whole = (await office.All("/api/jobs?state=dead")).Select(job => job.Text("id")).ToList();
        Assert.True(whole.Count > 100);
        Assert.Equal(whole, (await office.All("/api/jobs?state=dead", 30)).Select(job => job.Text("id")));
    }

    private static Task Change(RunningApi api, Guid? task, Action<StoredTimer> change) =>
        api.Services.GetRequiredService<IWriteGate>().Run(
            async (db, ct) =>
            {
                foreach (var timer in db.Timers.AsTracking().Where(timer => task == null || timer.TaskId == task))
                {
                    change(timer);
                }

                return await db.SaveChangesAsync(ct);
            },
            CancellationToken.None);
}
