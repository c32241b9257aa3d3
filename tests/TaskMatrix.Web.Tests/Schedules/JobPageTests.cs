using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Schedules;

/// <summary>Jobs and the exercise clock as pages, on a server of their own.</summary>
public sealed class JobPageTests(PagesServer server) : IClassFixture<PagesServer>
{
    [Fact]
    public async Task What_was_set_aside_is_counted_and_tried_again_all_at_once_by_the_office_alone()
    {
        await SetAside(3);
        var (office, system) = (await server.Visit("taiping.office"), await server.Visit("taiping.sysadmin"));

        var page = await office.Get("/jobs?state=dead");
        Assert.Equal("3", page.Text(".figures a[href='/jobs?state=dead'] strong"));
        Assert.Contains("broken", page.Text("table"), StringComparison.Ordinal);
        Assert.Equal("0", (await (await server.Visit("lanxi.office")).Get("/jobs")).Text(".figures a[href='/jobs?state=dead'] strong"));

        // Timers are the office's: the system administrator's own try leaves them where they are.
        var tried = await system.Send((await system.Get("/jobs?state=dead")).Form("/jobs/retry"));
        Assert.Equal("3", tried.Text(".figures a[href='/jobs?state=dead'] strong"));
        var done = await office.Send(page.Form("/jobs/retry"));
        Assert.Contains("3", done.Text(".told"), StringComparison.Ordinal);
        Assert.Equal("0", done.Text(".figures a[href='/jobs?state=dead'] strong"));
        Assert.DoesNotContain("/jobs/retry", (await (await server.Visit("taiping.inspector")).Get("/jobs?state=failed")).FormActions);
    }

    [Fact]
    public async Task The_exercise_goes_to_the_end_of_the_day_and_the_heartbeat_is_seen()
    {
        var office = await server.Visit("lanxi.office");
        var page = await office.Get("/jobs");
        Assert.Contains("17:00", page.Text("aside.exercise"), StringComparison.Ordinal);
        var moved = await office.Send(page.Form("/exercise/advance"), ("by", "17h00"));
        Assert.Matches(@"推进：生成任务 \d+ 期，处理到期事项 \d+ 个，升级处置 \d+ 次", moved.Text(".told"));
        Assert.EndsWith("T09:00:00", moved.Document.QuerySelector("aside.exercise time")!.GetAttribute("datetime")![..19], StringComparison.Ordinal);

        var system = await server.Visit("lanxi.sysadmin");
        Assert.NotEmpty((await system.Get("/jobs")).Document.QuerySelectorAll("details table tbody tr"));
        Assert.Empty((await office.Get("/jobs")).Document.QuerySelectorAll("details table"));
    }

    [Fact]
    public async Task A_timer_is_told_by_its_task_and_what_its_rung_does_and_the_system_administrator_sees_no_task()
    {
        var jobs = await server.Send("taiping.office", new App.Overdue.ListJobs.Query(null, new Paging(null, 20)));
        var timer = jobs.Items.First(job => job.Rung is not null);

        var row = (await (await server.Visit("taiping.office")).Get("/jobs")).Document.QuerySelector($"a[href='/tasks/{timer.TaskId}']")!;
        Assert.Equal(timer.Task!.Title, row.TextContent);
        Assert.Contains(timer.Task.Number, row.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Matches("催办阶梯：(提醒|催办|报领导)（(承办单位|领导)）", row.ParentElement.ParentElement!.TextContent);

        var system = await (await server.Visit("taiping.sysadmin")).Get("/jobs");
        Assert.NotEmpty(system.Document.QuerySelectorAll("table.cards tbody tr"));
        Assert.DoesNotContain(timer.Task.Number, system.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(timer.Task.Title, system.Html, StringComparison.Ordinal);
    }

    private Task<int> SetAside(int count) => server.Services.GetRequiredService<IWriteGate>().Run(
        async (db, ct) =>
        {
            foreach (var timer in await db.Timers.AsTracking().Where(timer => timer.Jurisdiction == "taiping").OrderBy(timer => timer.TaskId).Take(count).ToListAsync(ct))
            {
                (timer.SetAside, timer.Attempts, timer.LastError) = (true, 5, "broken");
            }

            return await db.SaveChangesAsync(ct);
        },
        CancellationToken.None);
}
