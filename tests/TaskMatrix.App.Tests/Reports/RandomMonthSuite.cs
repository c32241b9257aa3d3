using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Reports;

public sealed class RandomMonthOnSqlite() : RandomMonthSuite(new SqliteDatabase());

public sealed class RandomMonthOnPostgres() : RandomMonthSuite(new PostgresDatabase());

/// <summary>A made-up jurisdiction of 26 units reports for 30 days, in every way there is; the sums are kept beside it.</summary>
public abstract class RandomMonthSuite(ITestDatabase database)
{
    private const int Days = 30;

    private static readonly DateOnly First = new(2020, 2, 1);

    private static readonly string[] Units = [.. Enumerable.Range(1, 26).Select(n => $"unit-{n}")];

    [Fact]
    public async Task Sums_up_as_an_independent_calculation_says()
    {
        await using var system = await TestSystem.Start(database, activate: false, at: At(First.AddDays(-1), 20));
        await Found(system);
        var random = new Random(20200201);
        var ledger = Units.ToDictionary(unit => unit, _ => new Kept?[Days]);
        var (corrections, called) = (new List<(Guid Task, string Unit, int Day)>(), new int[Days]);
        for (var n = 0; n < Days; n++)
        {
            system.Clock.Now = At(First.AddDays(n), 8);
            await system.RunDue();
            await CorrectYesterday(system, corrections, ledger, random);
            var tasks = (await system.Tasks(First.AddDays(n))).ToDictionary(task => task.LeadUnit);
            var fates = Units.ToDictionary(unit => unit, _ => random.Next(6));
            system.Clock.Now = At(First.AddDays(n), 10);
            foreach (var unit in Units)
            {
                ledger[unit][n] = await Morning(system, tasks[unit].Id, unit, fates[unit], random);
                Suspect(ledger[unit][n], unit, n);
                called[n] += fates[unit] == 5 ? 1 : 0;
                corrections.AddRange(fates[unit] is 3 or 4 ? [(tasks[unit].Id, unit, n)] : []);
            }

            system.Clock.Now = At(First.AddDays(n), 21);
            foreach (var unit in Units.Where(unit => fates[unit] == 2))
            {
                ledger[unit][n] = await File(system, tasks[unit].Id, unit, random) with { Late = true };
                Suspect(ledger[unit][n], unit, n);
            }
        }

        system.Clock.Now = At(First.AddDays(Days), 12);
        await CorrectYesterday(system, corrections, ledger, random);

        var series = await system.Send(new GetReportSeries.Query(null, First, First.AddDays(Days - 1), null), Office);
        var checkedDays = 0;
        foreach (var (n, day) in series.Index())
        {
            var kept = Units.Select(unit => ledger[unit][n]).ToList();
            var filed = kept.OfType<Kept>().ToList();
            Assert.Equal(26 - called[n], day.Expected);
            Assert.Equal(filed.Count, day.Received);
            Assert.Equal(filed.Sum(one => one.Observed), day.Totals["underObservation"]);
            Assert.Equal(filed.Sum(one => one.Suspected), day.Totals["suspectedCases"]);
            Assert.Equal(filed.Sum(one => one.Masks), day.Totals["suppliesMasks"]);
            Assert.Equal(day.Expected - filed.Count, day.Missing);
            Assert.Equal(filed.Count(one => one.Corrected), day.Corrected);
            Assert.Equal(filed.Count(one => one is { Corrected: false, Late: true }), day.Late);
            Assert.Equal(filed.Count(one => one is { Corrected: false, Late: false, Nil: true }), day.Nil);
            Assert.Equal((double)filed.Count / day.Expected, day.Completeness);
            var single = await system.Send(new GetDailyReport.Query(null, day.Date, null), Office);
            Assert.Equal(day.Totals, single.Totals);
            checkedDays++;
        }

        Assert.Equal(Days, checkedDays);
        Assert.All([series.Sum(day => day.Nil), series.Sum(day => day.Late), series.Sum(day => day.Missing), series.Sum(day => day.Corrected)], count => Assert.True(count > 20));
        var raised = await system.Read(db => db.RaisedEvents.ToListAsync());
        Assert.True(suspicions.Count > 20);
        Assert.Equal(suspicions.Select(one => one.Unit).Order(), raised.Select(one => one.RaisedByUnit).Order());
        Assert.All(raised, one => Assert.Equal(("suspected-case", "synthetic", one.RaisedByUnit + ".head"), (one.Kind, one.Jurisdiction, one.SignedByPost)));
        Assert.True((await system.Send(new VerifyRecord.Query())).Ok);
    }

    /// <summary>Reports of which a version that counted told of a suspected case: each raises the event once.</summary>
    private readonly HashSet<(string Unit, int Day)> suspicions = [];

    private void Suspect(Kept? said, string unit, int day) => _ = said?.Suspected > 0 && suspicions.Add((unit, day));

    /// <summary>What a unit really said on a day; null: nothing.</summary>
    private sealed record Kept(long Observed, long Masks, long Suspected, bool Nil, bool Late = false, bool Corrected = false);

    private static Actor Office => People.OfficeOf("synthetic");

    /// <summary>0 nothing · 1 nil · 2 late, in the evening · 3 figures · 4 nil, to be corrected · 5 called off.</summary>
    private static async Task<Kept?> Morning(TestSystem system, Guid task, string unit, int fate, Random random)
    {
        switch (fate)
        {
            case 1 or 4:
                await system.Send(new SubmitTask.Command(task, null, "无情况", null, null, Outcome.NothingToReport), People.Liaison(unit, "synthetic"));
                await system.Send(new SignTask.Command(task, null, null), People.Head(unit, "synthetic"));
                return new Kept(0, 0, 0, Nil: true);
            case 3:
                return await File(system, task, unit, random);
            case 5:
                await system.Send(new MarkNotApplicable.Command(task, null, "撤并"), Office);
                return null;
            default:
                return null;
        }
    }

    private static async Task<Kept> File(TestSystem system, Guid task, string unit, Random random)
    {
        var (form, kept) = Figures(random);
        await system.Send(new SubmitTask.Command(task, null, "如表", form, null, null), People.Liaison(unit, "synthetic"));
        await system.Send(new SignTask.Command(task, null, null), People.Head(unit, "synthetic"));
        return kept;
    }

    /// <summary>Half of those that can be; of these one in three stays without its signature and so changes nothing.</summary>
    private async Task CorrectYesterday(TestSystem system, List<(Guid Task, string Unit, int Day)> waiting, Dictionary<string, Kept?[]> ledger, Random random)
    {
        foreach (var (task, unit, day) in waiting.Where(_ => random.Next(2) == 0).ToList())
        {
            var (form, kept) = Figures(random);
            await system.Send(new CorrectTask.Command(task, null, form, "核实更正", null, null), People.Liaison(unit, "synthetic"));
            if (random.Next(3) > 0)
            {
                await system.Send(new SignTask.Command(task, null, null), People.Head(unit, "synthetic"));
                ledger[unit][day] = kept with { Corrected = true };
                Suspect(kept, unit, day);
            }
        }

        waiting.Clear();
    }

    private static (JsonElement Form, Kept Kept) Figures(Random random)
    {
        var (observed, masks, suspected) = (random.Next(0, 30), random.Next(0, 5000), random.Next(4) == 0 ? random.Next(1, 4) : 0);
        return (
            JsonSerializer.SerializeToElement(new { underObservation = observed, suppliesMasks = masks, suspectedCases = suspected }), new Kept(observed, masks, suspected, Nil: false));
    }

    private static DateTimeOffset At(DateOnly day, int hour) => new(day, new TimeOnly(hour, 0), TimeSpan.FromHours(8));

    /// <summary>The jurisdiction, its plan of one sentence and its one duty, published as if they had been shipped.</summary>
    private static async Task Found(TestSystem system)
    {
        const string Sentence = "各单位落实日报告和零报告制度";
        var units = string.Join('\n', Units.Select(unit =>
            $"  - {{ id: {unit}, name: {unit}局, english: {unit}, aliases: [], classes: [all-units], posts: [{{ id: head, title: {unit}局长, english: Head, role: head, assumption: 虚构 }}] }}"));
        var seed = $$"""
            jurisdiction: { id: synthetic, name: 虚构区, english: Synthetic District, zone: Asia/Shanghai, calendar: china, numberPrefix: 虚构 }
            plan: { id: synthetic-2020, title: 虚构方案, english: Synthetic Plan, number: "", issuedOn: 2020-01-31, document: documents/synthetic.txt, sections: [{ id: 一、报告, text: 一、报告, duties: true }] }
            units:
              - { id: leading-group, name: 领导小组, english: Leading Group, aliases: [], classes: [], posts: [{ id: head, title: 组长, english: Leader, role: head, assumption: 虚构 }] }
              - { id: leading-group-office, name: 办公室, english: Office, aliases: [], classes: [], posts: [{ id: head, title: 主任, english: Head, role: head, assumption: 虚构 }] }
            {{units}}
            """;
        const string Duty = $$"""
            plan: synthetic-2020
            duties:
              - id: synthetic.all-units.daily-report
                title: 日报告
                english: Daily report
                clause: { section: 一、报告, quote: {{Sentence}} }
                kind: recurring
                process: daily-report
                with: { form: epidemic-daily }
                schedule: { cron: "0 8 * * *", due: "17:00", basis: text }
                units: { class: all-units }
            """;
        var now = system.Clock.Now;
        await using (var scope = system.Services.CreateAsyncScope())
        {
            var (session, publisher) = (scope.ServiceProvider.GetRequiredService<Session>(), scope.ServiceProvider.GetRequiredService<DefinitionPublisher>());
            await scope.ServiceProvider.GetRequiredService<IWriteGate>().Run(
                async (db, ct) =>
                {
                    using var writing = session.Write(db);
                    publisher.Add(DefinitionPublisher.DocumentPrefix + "documents/synthetic.txt", 1, $"一、报告\n{Sentence}。\n", "test", shipped: true, now);
                    publisher.Add("seed.synthetic", 1, seed, "test", shipped: true, now);
                    publisher.Add("synthetic.all-units", 1, Duty, "test", shipped: true, now);
                    await db.SaveChangesAsync(ct);
                    await publisher.Apply(ct);
                    return true;
                },
                CancellationToken.None);
        }

        await system.Send(new ActivatePlan.Command("synthetic-2020", null), Office);
    }
}

/// <summary>The report tasks of one day.</summary>
internal static class ReportTasks
{
    public static Task<List<TaskInstance>> Tasks(this TestSystem system, DateOnly day)
    {
        var occurrence = $"{day:yyyy-MM-dd}";
        return TaskInstances.TaskMoves.Tasks(system, task => task.Jurisdiction == "synthetic" && task.Occurrence == occurrence);
    }
}
