using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Reports;

public sealed class DailyReportsOnSqlite() : DailyReportSuite(new SqliteDatabase());

public sealed class DailyReportsOnPostgres() : DailyReportSuite(new PostgresDatabase());

/// <summary>The reports of 兰溪镇's units, and of 太平区's once its office wants them.</summary>
public abstract class DailyReportSuite(ITestDatabase database)
{
    private const string Duty = "lanxi.all-units.daily-report", DistrictDuty = "taiping.gov-office.daily-summary";

    private static readonly Actor Office = People.OfficeOf("lanxi");

    private static readonly DateOnly Today = new(2020, 1, 23);

    [Fact]
    public async Task A_report_counts_from_the_heads_signature()
    {
        await using var system = await TestSystem.Start(database);
        var report = await ReportOf(system, "central-school");
        await system.Submit(report, """{"returneesFromWuhan":3,"suppliesMasks":200}""");
        Assert.Equal((0, 0L), (await Day(system)) is var before ? (before.Received, before.Totals["returneesFromWuhan"]) : default);

        await system.Sign(report);

        var day = await Day(system);
        var row = day.Units.Single(unit => unit.Unit == "central-school");
        Assert.Equal((ReportStatus.Reported, 3, 1, 3L), (row.Status, row.Values!.Value.GetProperty("returneesFromWuhan").GetInt32(), day.Received, day.Totals["returneesFromWuhan"]));
        Assert.Equal((day.Expected - 1, 1.0 / day.Expected), (day.Pending, day.Completeness));
    }

    [Fact]
    public async Task A_unit_that_reports_twice_has_one_report()
    {
        await using var system = await TestSystem.Start(database);
        var report = await ReportOf(system, "central-school");
        await File(system, report, 1);
        var expected = (await Day(system)).Expected;
        var twice = await Assert.ThrowsAsync<RuleBrokenException>(() => system.Submit(report, """{"underObservation":5}"""));
        Assert.Equal("task.wrong-state", twice.Code);

        await system.Send(new ChangeSchedule.Command(Duty, "run-now"), Office);

        Assert.Equal((expected, 1, 1L), (await Day(system)) is var first ? (first.Expected, first.Received, first.Totals["underObservation"]) : default);
        system.Pass(TimeSpan.FromMinutes(1));
        var second = (await system.Tasks(task => task.Duty == Duty && task.LeadUnit == "central-school")).Single(task => task.Id != report).Id;
        await File(system, second, 7);
        var day = await Day(system);
        Assert.Equal((expected, 1, 7L), (day.Expected, day.Received, day.Totals["underObservation"]));
        Assert.Equal(second, day.Units.Single(unit => unit.Unit == "central-school").TaskId);
    }

    [Fact]
    public async Task Missing_is_never_nil_and_nil_never_missing()
    {
        await using var system = await TestSystem.Start(database);
        await FileNil(system, await ReportOf(system, "central-school"));
        system.Pass(TimeSpan.FromHours(9));
        Assert.Equal((0, 1), (await Day(system)) is var evening ? (evening.Missing, evening.Nil) : default);
        Assert.Contains("overdue", (await Day(system)).Units.First(unit => unit.Status == ReportStatus.Pending).Flags);

        system.Pass(TimeSpan.FromHours(20));

        var day = await Day(system, Today);
        Assert.Equal((day.Expected - 1, 1, 1, 0), (day.Missing, day.Nil, day.Received, day.Pending));
        Assert.All(day.Units.Where(unit => unit.Unit != "central-school"), unit => Assert.Equal((ReportStatus.Missing, null), (unit.Status, unit.Values)));
        Assert.Null(day.Units.Single(unit => unit.Unit == "central-school").Values);
        Assert.All(day.Totals.Values, total => Assert.Equal(0, total));

        await system.RunDue();
        Assert.Equal(JsonSerializer.Serialize(day), JsonSerializer.Serialize(await Day(system, Today)));
    }

    [Fact]
    public async Task Filed_after_due_is_late_and_filed_after_the_cut_off_was_missed_besides()
    {
        await using var system = await TestSystem.Start(database);
        var (late, missed) = (await ReportOf(system, "central-school"), await ReportOf(system, "finance"));
        system.Pass(TimeSpan.FromHours(9));
        await File(system, late, 1);
        system.Pass(TimeSpan.FromHours(20));
        await File(system, missed, 2);

        var day = await Day(system, Today);

        Assert.Equal((ReportStatus.Late, ""), Row(day, "central-school"));
        Assert.Equal((ReportStatus.Late, "missed"), Row(day, "finance"));
        Assert.Equal((2, 2, 3L), (day.Late, day.Received, day.Totals["underObservation"]));
    }

    [Fact]
    public async Task Correcting_yesterday_changes_yesterdays_totals_and_leaves_a_trace()
    {
        await using var system = await TestSystem.Start(database);
        var report = await ReportOf(system, "central-school");
        await File(system, report, 1);
        system.Pass(TimeSpan.FromDays(1));
        var corrected = await Correct(system, report, """{"underObservation":4}""");
        Assert.Equal(("漏报三人", 0), (corrected.PendingCorrection!.Reason, corrected.Corrections));
        var waiting = await Day(system, Today);
        Assert.Equal((1L, ReportStatus.Reported, "correctionPending"), (waiting.Totals["underObservation"], Row(waiting, "central-school").Item1, Row(waiting, "central-school").Item2));

        await system.Sign(report);

        var day = await Day(system, Today);
        Assert.Equal((4L, 1, 1), (day.Totals["underObservation"], day.Corrected, day.Received));
        var versions = await system.Send(new GetReportVersions.Query(report), Office);
        Assert.Equal([("report", 1, false), ("correction", 4, true)], versions.Select(version => (version.Kind, version.Values!.Value.GetProperty("underObservation").GetInt32(), version.Counts)));
        Assert.Equal((null, "漏报三人", "central-school.head"), (versions[0].Reason, versions[1].Reason, versions[1].SignedBy));
        Assert.Equal(["submit", "sign", "correct", "sign"], (await system.Send(new GetTaskEvents.Query(report), Office)).Select(entry => entry.Action).Where(action => action is "submit" or "sign" or "correct"));
        Assert.Empty(TaskFields.Differing(await system.TaskOf(report), TaskInstance.Replay(await system.Events(report))));
    }

    [Fact]
    public async Task A_correction_to_suspected_cases_raises_the_event_and_only_once()
    {
        await using var system = await TestSystem.Start(database);
        var report = await ReportOf(system, "central-school");
        await system.Submit(report, """{"suspectedCases":0}""");
        await system.Sign(report);
        foreach (var suspected in new[] { 2, 3, 0, 1 })
        {
            await Correct(system, report, $$"""{"suspectedCases":{{suspected}}}""");
            Assert.Equal(suspected == 2 ? 0 : 1, await Raised(system));
            await system.Sign(report);
            Assert.Equal(1, await Raised(system));
        }

        var told = await system.Read(db => db.RaisedEvents.SingleAsync());
        Assert.Equal(("""{"people":2,"contact":"镇中心学校党总支 central-school、central-school.head"}""", "central-school.head"), (told.Data, told.SignedByPost));
    }

    [Fact]
    public async Task A_suspected_case_is_told_though_the_plan_ended_before_its_report_was_signed()
    {
        await using var system = await TestSystem.Start(database);
        var report = await ReportOf(system, "central-school");
        await system.Submit(report, """{"suspectedCases":1}""");
        await system.Send(new EndPlan.Command("lanxi-2020", "疫情结束"), People.LeaderOf("lanxi"));

        Assert.Equal(TaskState.Closed, (await system.Sign(report)).State);

        Assert.Equal(1, await Raised(system));
    }

    [Fact]
    public async Task Nothing_to_report_stands_beside_no_figure_and_raises_nothing()
    {
        await using var system = await TestSystem.Start(database);
        var report = await ReportOf(system, "central-school");

        var refused = await Assert.ThrowsAsync<ValidationException>(() => system.Submit(report, """{"suspectedCases":1}""", Outcome.NothingToReport));
        Assert.Equal("form.nil-with-figures", refused.Errors.Single().ErrorCode);
        var unable = await Assert.ThrowsAsync<ValidationException>(() => system.Submit(report, """{"underObservation":2}""", Outcome.NotExecutable));
        Assert.Equal("form.unable-with-figures", unable.Errors.Single().ErrorCode);
        var large = await Assert.ThrowsAsync<ValidationException>(() => system.Submit(report, """{"suppliesMasks":9000000000000}"""));
        Assert.Equal("form.figure-too-large", large.Errors.Single().ErrorCode);

        await system.Submit(report, """{"suspectedCases":0}""", Outcome.NothingToReport);
        await system.Sign(report);
        Assert.Equal((1, 0), ((await Day(system)).Nil, await Raised(system)));
    }

    [Fact]
    public async Task A_report_called_off_is_not_expected()
    {
        await using var system = await TestSystem.Start(database);
        var before = (await Day(system)).Expected;

        await system.Send(new MarkNotApplicable.Command(await ReportOf(system, "fishery"), null, "无人员"), Office);
        await system.Terminate(await ReportOf(system, "aquatic-farm"));

        Assert.Equal(before - 2, (await Day(system)).Expected);
    }

    [Fact]
    public async Task A_unit_reads_its_own_row_and_figures_and_an_administrator_none()
    {
        await using var system = await TestSystem.Start(database);
        await File(system, await ReportOf(system, "central-school"), 1);
        await File(system, await ReportOf(system, "finance"), 2);

        var own = await system.Send(new GetDailyReport.Query(null, null, null), People.Liaison("finance", "lanxi"));

        Assert.Equal(("finance", 1, 1, 2L), (Assert.Single(own.Units).Unit, own.Expected, own.Received, own.Totals["underObservation"]));
        Assert.All(await system.Send(new GetReportSeries.Query(null, Today, Today, null), People.Head("finance", "lanxi")), day => Assert.Equal((1, 2L), (day.Expected, day.Totals["underObservation"])));
        Assert.Equal(0, (await system.Send(new GetDailyReport.Query(null, null, null), People.Liaison("finance"))).Expected);
        await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new GetDailyReport.Query("lanxi", null, null), People.Liaison("finance")));
        var administrator = Office with { Roles = [Role.SystemAdministrator] };
        Assert.Equal("report.not-allowed", (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new GetDailyReport.Query(null, null, null), administrator))).Code);
    }

    [Fact]
    public async Task The_series_has_every_day_and_no_more_than_a_year()
    {
        await using var system = await TestSystem.Start(database);
        await File(system, await ReportOf(system, "central-school"), 1);

        var series = await system.Send(new GetReportSeries.Query(null, Today.AddDays(-1), Today.AddDays(1), null), Office);

        Assert.Equal([(0, null), ((await Day(system)).Expected, 1), (0, (int?)null)], series.Select(day => (day.Expected, day.Completeness is null ? (int?)null : day.Received)));
        Assert.Equal(GetReportSeries.Default, (await system.Send(new GetReportSeries.Query(null, null, null, null), Office)).Count);
        foreach (var (from, to) in new[] { (Today, Today.AddDays(-1)), (Today, Today.AddDays(366)) })
        {
            await Assert.ThrowsAsync<ValidationException>(() => system.Send(new GetReportSeries.Query(null, from, to, null), Office));
        }
    }

    [Fact]
    public async Task The_office_urges_who_is_past_due_and_says_why_it_urges_no_other()
    {
        await using var system = await TestSystem.Start(database);
        await File(system, await ReportOf(system, "central-school"), 1);
        Assert.Empty((await system.Send(new UrgeReports.Command(null, null, null, null), Office)).Urged);

        var named = await system.Send(new UrgeReports.Command(null, null, ["财政所", "central-school", "leading-group"], "请抓紧"), Office);
        Assert.Equal("finance", Assert.Single(named.Urged).Unit);
        Assert.Equal([("central-school", "report.already-filed"), ("leading-group", "report.not-expected")], named.Problems.Select(problem => (problem.Unit, problem.Code)));
        system.Pass(TimeSpan.FromHours(9));
        var all = await system.Send(new UrgeReports.Command(null, null, null, null), Office);

        Assert.Equal((await Day(system)).Expected - 1, all.Urged.Count);
        Assert.Equal(2, (await system.Events(await ReportOf(system, "finance"))).OfType<Urged>().Count());
        Assert.Equal("report.not-allowed", (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new UrgeReports.Command(null, null, null, null), People.LeaderOf("lanxi")))).Code);
    }

    [Fact]
    public async Task The_jurisdictions_summary_is_made_once_and_signed_like_any_report()
    {
        await using var system = await TestSystem.Start(database);
        await File(system, await ReportOf(system, "central-school"), 3);
        var made = await system.Send(new SummarizeReports.Command(null, null), Office);
        var again = await system.Send(new SummarizeReports.Command(Today, null), People.Liaison("leading-group-office", "lanxi"));
        Assert.Equal(made.Id, again.Id);
        Assert.Equal(("leading-group-office", "daily-summary", TaskState.InProgress), (made.LeadUnit, made.Form, made.State));
        Assert.Equal(new CoUnit("leading-group", "inform"), Assert.Single(made.CoOwners));

        var figures = await system.Send(new GetSummaryFigures.Query(made.Id), People.Liaison("leading-group-office", "lanxi"));
        Assert.Equal((3, 1), (figures!.Value.GetProperty("underObservation").GetInt32(), figures.Value.GetProperty("received").GetInt32()));
        await system.Submit(made.Id, figures.Value.GetRawText());
        Assert.Equal(TaskState.Closed, (await system.Sign(made.Id)).State);

        Assert.Equal((1, 3L), (await Day(system)) is var day ? (day.Received, day.Totals["underObservation"]) : default);
        Assert.Equal(1, (await system.Send(new GetDailyReport.Query(null, null, "daily-summary"), Office)).Received);
        Assert.Equal("report.not-allowed", (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new SummarizeReports.Command(null, null), People.Liaison("finance", "lanxi")))).Code);
        Assert.Equal("report.not-collected", (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new SummarizeReports.Command(null, null), People.Office))).Code);
    }

    [Fact]
    public async Task A_summary_is_of_a_day_with_reports_and_made_anew_when_it_was_called_off()
    {
        await using var system = await TestSystem.Start(database);
        Assert.Equal("report.none-expected", (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new SummarizeReports.Command(Today.AddYears(1), null), Office))).Code);
        var first = await system.Send(new SummarizeReports.Command(null, null), Office);
        await system.Terminate(first.Id);

        var second = await system.Send(new SummarizeReports.Command(null, null), Office);

        Assert.Equal(("2020-01-23/summary", "2020-01-23/summary#2"), (first.Occurrence, second.Occurrence));
        Assert.Equal(second.Id, (await system.Send(new SummarizeReports.Command(null, null), Office)).Id);
    }

    [Fact]
    public async Task The_days_before_the_plan_ended_are_summed_up_after_it_too()
    {
        await using var system = await TestSystem.Start(database);
        await File(system, await ReportOf(system, "central-school"), 3);
        await system.Send(new EndPlan.Command("lanxi-2020", "解除响应"), People.LeaderOf("lanxi"));
        system.Pass(TimeSpan.FromDays(1));

        var summary = await system.Send(new SummarizeReports.Command(Today, null), Office);

        Assert.Equal("2020-01-23/summary", summary.Occurrence);
        Assert.Equal(3, (await system.Send(new GetSummaryFigures.Query(summary.Id), Office))!.Value.GetProperty("underObservation").GetInt32());
        Assert.Equal("report.not-collected", (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new SummarizeReports.Command(null, null), Office))).Code);
    }

    [Fact]
    public async Task Whom_the_office_urged_just_now_is_not_urged_with_all_and_said_so_alone()
    {
        await using var system = await TestSystem.Start(database);
        system.Pass(TimeSpan.FromHours(9));
        await system.RunDue();
        var all = await system.Send(new UrgeReports.Command(null, null, null, null), Office);
        Assert.True(all.Urged.Count > 10);

        system.Pass(UrgeReports.Pause - TimeSpan.FromSeconds(1));
        Assert.Empty((await system.Send(new UrgeReports.Command(null, null, null, null), Office)).Urged);
        Assert.Empty((await system.Send(new UrgeReports.Command(null, null, null, null), Office)).Problems);
        var alone = await system.Send(new UrgeReports.Command(null, null, ["fishery"], null), Office);
        Assert.Equal([new UrgeReports.NotUrged("fishery", "report.urged-just-now")], alone.Problems);
        Assert.Empty(alone.Urged);

        system.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(all.Urged.Count, (await system.Send(new UrgeReports.Command(null, null, null, null), Office)).Urged.Count);
    }

    [Fact]
    public async Task The_forms_that_units_report_on_are_named()
    {
        await using var system = await TestSystem.Start(database);
        Assert.Equal(["epidemic-daily"], (await Day(system)).Forms.Select(form => form.Id));
        const string yaml = """
            plan: lanxi-2020
            duties:
              - id: lanxi.extra.figures
                title: 汇总表
                english: Summary
                units: { ids: [finance] }
                clause: { section: 四(一)宣传发动, quote: 做好值班 }
                kind: recurring
                process: daily-report
                with: { form: daily-summary }
                schedule: { cron: "0 8 * * *", due: "17:00", basis: text }
            """;

        await system.Send(new App.Workflows.PublishWorkflow.Command("lanxi.extra", yaml), Office);

        Assert.Equal(["daily-summary", "epidemic-daily"], (await Day(system)).Forms.Select(form => form.Id).Order());
    }

    [Fact]
    public async Task The_district_collects_once_its_office_wants_it_and_one_units_case_is_raised_at_once()
    {
        await using var system = await TestSystem.Start(database);
        var returns = await Collecting(system);
        var (health, education) = (returns["health"], returns["education"]);
        Assert.Equal(("epidemic-daily", true), (health.Form, health.SignOffRequired));
        await system.Submit(education.Id, """{"suspectedCases":2,"underObservation":4}""");
        Assert.Equal(0, await Raised(system));

        await system.Sign(education.Id);

        var raised = await system.Read(db => db.RaisedEvents.SingleAsync());
        Assert.Equal(("education", """{"people":2,"contact":"区教育局 education、education.head"}"""), (raised.RaisedByUnit, raised.Data));
        Assert.Equal(("education", "education.head", "taiping.education"), (raised.RaisedByPost, raised.SignedByPost, raised.RaisedBy));
        await system.Submit(health.Id, """{"suspectedCases":1}""");
        await system.Sign(health.Id);
        Assert.Equal(2, await Raised(system));
        await Correct(system, education.Id, """{"suspectedCases":3}""");
        await system.Sign(education.Id);
        Assert.Equal(2, await Raised(system));
    }

    [Fact]
    public async Task Another_unit_that_says_otherwise_than_the_health_bureau_is_in_conflict()
    {
        await using var system = await TestSystem.Start(database);
        var returns = await Collecting(system);
        await Filed(system, returns["health"].Id, """{"suspectedCases":0,"confirmedCases":1}""");
        await Filed(system, returns["education"].Id, """{"suspectedCases":0,"confirmedCases":2,"underObservation":9}""");
        await FileNil(system, returns["publicity"].Id);

        var day = await system.Send(new GetDailyReport.Query(null, null, null), People.Office);

        var conflict = Assert.Single(day.Conflicts);
        Assert.Equal(("confirmedCases", new UnitFigure("health", 1)), (conflict.Field, conflict.Authoritative));
        Assert.Equal([new UnitFigure("education", 2)], conflict.Others);
        Assert.Equal((3L, 1L), (day.Totals["confirmedCases"], day.Authoritative["confirmedCases"]));
        Assert.Equal(day.Expected, (await system.Send(new GetDailyReport.Query(null, null, null), People.Liaison("gov-office"))).Expected);
        Assert.Empty((await system.Send(new GetDailyReport.Query(null, null, null), People.Liaison("education"))).Conflicts);
        var summary = await system.Send(new SummarizeReports.Command(null, null), People.Office);
        Assert.Equal(1, (await system.Send(new GetSummaryFigures.Query(summary.Id), People.Office))!.Value.GetProperty("confirmedCases").GetInt32());
    }

    [Fact]
    public async Task The_governments_offices_summary_follows_and_is_not_summed_up_again()
    {
        await using var system = await TestSystem.Start(database);
        var returns = await Collecting(system);
        foreach (var task in returns.Values)
        {
            await Filed(system, task.Id, """{"underObservation":1}""");
        }

        var summary = Assert.Single(await system.Tasks(task => task.Duty == DistrictDuty && task.Step == "summary"));
        var figures = await system.Send(new GetSummaryFigures.Query(summary.Id), People.Liaison("gov-office"));
        await Filed(system, summary.Id, figures!.Value.GetRawText());

        var day = await system.Send(new GetDailyReport.Query(null, null, null), People.Office);
        Assert.Equal((returns.Count, returns.Count, (long)returns.Count), (day.Expected, day.Received, day.Totals["underObservation"]));
        Assert.Equal(returns.Count, figures.Value.GetProperty("expected").GetInt32());
    }

    [Fact]
    public async Task An_export_is_recorded()
    {
        await using var system = await TestSystem.Start(database);

        await system.Send(new ExportDailyReport.Command(null, null, null), Office);

        Assert.Equal("lanxi.office", (await system.Read(db => db.Audit.SingleAsync(entry => entry.Action == "export"))).Actor);
    }

    /// <summary>The returns of 太平区's units on the day after their office turned them on.</summary>
    private static async Task<Dictionary<string, TaskInstance>> Collecting(TestSystem system)
    {
        await system.Send(new SetAssumptions.Command(DistrictDuty, [new("enabled", "true")]), People.Office);
        system.Clock.Now = new DateTimeOffset(2020, 1, 24, 8, 0, 0, TimeSpan.FromHours(8));
        await system.RunDue();
        return (await system.Tasks(task => task.Duty == DistrictDuty && task.Step == "return")).ToDictionary(task => task.LeadUnit);
    }

    private static async Task<Guid> ReportOf(TestSystem system, string unit) =>
        (await system.Tasks(task => task.Duty == Duty && task.LeadUnit == unit && task.Occurrence == "2020-01-23")).Single().Id;

    private static Task<DailyReportView> Day(TestSystem system, DateOnly? day = null) => system.Send(new GetDailyReport.Query(null, day, null), Office);

    private static (ReportStatus, string) Row(DailyReportView day, string unit) =>
        day.Units.Where(row => row.Unit == unit).Select(row => (row.Status, string.Join(' ', row.Flags))).Single();

    private static Task File(TestSystem system, Guid report, int observed) => Filed(system, report, $$"""{"underObservation":{{observed}}}""");

    private static async Task Filed(TestSystem system, Guid report, string form)
    {
        await system.Submit(report, form);
        await system.Sign(report);
    }

    private static async Task FileNil(TestSystem system, Guid report)
    {
        var task = await system.TaskOf(report);
        await system.Send(new SubmitTask.Command(report, null, "无情况", null, null, Outcome.NothingToReport), People.Liaison(task.LeadUnit, task.Jurisdiction));
        await system.Sign(report);
    }

    private static async Task<TaskView> Correct(TestSystem system, Guid report, string form)
    {
        var task = await system.TaskOf(report);
        return await system.Send(
            new CorrectTask.Command(report, null, JsonDocument.Parse(form).RootElement.Clone(), "漏报三人", null, null), People.Liaison(task.LeadUnit, task.Jurisdiction));
    }

    private static Task<int> Raised(TestSystem system) => system.Read(db => db.RaisedEvents.CountAsync());
}
