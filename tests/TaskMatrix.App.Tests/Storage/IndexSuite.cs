using System.Data.Common;
using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Statistics;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Tests.Storage;

public sealed class IndexesOnSqlite() : IndexSuite(new SqliteDatabase())
{
    protected override async Task<string> Explain(StoreContext db, Seen seen)
    {
        await using var command = Copy(db, seen, "EXPLAIN QUERY PLAN " + seen.Sql);
        return await Lines(command, column: 3);
    }

    /// <summary>SEARCH goes through an index; SCAN reads all of a table, in whatever order (r0 is what was found of r).</summary>
    protected override bool ReadsAll(string plan, string table, string alias) =>
        plan.Split('\n').Any(line => line == $"SCAN {alias}" || line.StartsWith($"SCAN {alias} ", StringComparison.Ordinal) || line.StartsWith($"SCAN {table}", StringComparison.Ordinal));
}

public sealed class IndexesOnPostgres() : IndexSuite(new PostgresDatabase())
{
    protected override async Task<string> Explain(StoreContext db, Seen seen)
    {
        // Few rows would be scanned whatever indexes there are; with this a scan remains only where no index serves.
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync("SET enable_seqscan = off");
        await using var command = Copy(db, seen, "EXPLAIN " + seen.Sql);
        return await Lines(command, column: 0);
    }

    protected override bool ReadsAll(string plan, string table, string alias) => plan.Contains($"Seq Scan on {table}", StringComparison.Ordinal);
}

/// <summary>The queries that run all day find their rows through an index, however many there are.</summary>
public abstract class IndexSuite(ITestDatabase database)
{
    public static TheoryData<string> Lists => [.. Queries.Keys];

    private static readonly Dictionary<string, Func<TestSystem, Task>> Queries = new()
    {
        ["tasks of a unit"] = system => List(system, new TaskFilter { Unit = "education" }),
        ["tasks in a state"] = system => List(system, new TaskFilter { State = TaskState.PendingAck }),
        ["tasks of a unit in a state"] = system => List(system, new TaskFilter { Unit = "education", State = TaskState.InProgress }),
        ["tasks due before a moment"] = system => List(system, new TaskFilter { DueBefore = TestSystem.Morning.AddDays(1) }),
        ["extensions asked for"] = system => List(system, new TaskFilter { ExtensionAsked = true }),
        ["tasks of a duty"] = system => List(system, new TaskFilter { Duty = "taiping.education.absence-checks" }),
        ["my tasks"] = system => system.Send(new ListTasks.Query(new TaskFilter { OpenOnly = true }, null, Paging.First), People.Liaison("education")),
        ["the second page"] = async system =>
        {
            var first = await List(system, new TaskFilter());
            await system.Send(new ListTasks.Query(new TaskFilter(), null, new Paging(first.NextCursor, null)), People.Office);
        },
        ["what is late"] = system => system.Send(new ListOverdue.Query(new TaskFilter(), null, Paging.First), People.Inspector),
        ["what is late of what a unit leads"] = system => system.Send(new ListOverdue.Query(new TaskFilter { Unit = "education", LeadsOnly = true }, null, Paging.First), People.Inspector),
        ["how much is late"] = system => system.Send(new CountOverdue.Query(new TaskFilter(), null), People.Inspector),
        ["how much of a unit is late"] = system => system.Send(new CountOverdue.Query(new TaskFilter { Unit = "education" }, null), People.Liaison("education")),
        ["how a unit stands before another"] = system => system.Send(new CountTasks.Query(new TaskFilter { Unit = "education", LiveOnly = true }), People.Liaison("health")),
        ["the record"] = system => Record(system, null, null, null),
        ["the record of a unit"] = system => Record(system, "education", null, null),
        ["what somebody did"] = system => Record(system, null, "taiping.office", null),
        ["where something was done"] = system => Record(system, null, null, "export"),
        ["the second page of the record"] = async system =>
        {
            var first = await system.Send(new ListAudit.Query(null, null, null, null, null, null, Paging.First), People.Inspector);
            await system.Send(new ListAudit.Query(null, null, null, null, null, null, new Paging(first.NextCursor, null)), People.Inspector);
        },
        ["the record of a period"] = system => system.Send(new ListAudit.Query(null, null, null, null, TestSystem.Morning.AddHours(-1), TestSystem.Morning.AddHours(1), Paging.First), People.Inspector),
        ["statistics of a month"] = system => system.Send(new GetStatistics.Query(null, null, null, StatisticsBy.Unit), People.Office),
        ["statistics of a unit"] = system => system.Send(new GetStatistics.Query(null, null, null, StatisticsBy.Day), People.Liaison("health")),
        ["the ledger of a unit"] = async system =>
        {
            // Read while the request lasts.
            await using var scope = system.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = People.Office;
            await foreach (var _ in (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ReadLedger.Query(new TaskFilter { Unit = "education" }))).Tasks)
            {
            }
        },
        ["what stands at a step"] = system => List(system, new TaskFilter { Workflow = "standing-duty", WorkflowVersion = 1, Step = "arrange", OpenOnly = true }),
        ["where the tasks of a process stand"] = system => system.Send(new GetWorkflowStanding.Query("standing-duty"), People.Office),
        ["where those of a unit stand"] = system => system.Send(new GetWorkflowStanding.Query("standing-duty"), People.Liaison("education")),
        ["a process with its tasks"] = system => system.Send(new DrawWorkflow.Query("standing-duty", null, false, Standing: true), People.Office),
        ["how everything stands"] = system => system.Send(new GetStanding.Query(), People.Leader),
        ["how a unit stands"] = system => system.Send(new GetStanding.Query(), People.Liaison("education")),
        ["the matrix"] = system => system.Send(new GetMatrix.Query(null, null), People.Office),
        ["the matrix of yesterday"] = system => system.Send(new GetMatrix.Query(null, null, TestSystem.Morning.AddDays(-1)), People.Office),
        ["the matrix of just now"] = async system =>
        {
            system.Pass(TimeSpan.FromHours(1));
            await system.Send(new GetMatrix.Query(null, null, TestSystem.Morning), People.Office);
        },
        ["reports of a day"] = system => system.Send(new GetDailyReport.Query(null, null, null), People.OfficeOf("lanxi")),
        ["reports of a year"] = system => system.Send(new GetReportSeries.Query(null, new DateOnly(2020, 1, 1), new DateOnly(2020, 12, 31), null), People.OfficeOf("lanxi")),
        ["what a unit has to read"] = system => system.Send(new ListReceipts.Query(null, Paging.First), People.Liaison("health")),
        ["what waits to be read"] = system => system.Send(new ListReceipts.Query(null, Paging.First), People.Office),
        ["events of a unit"] = async system =>
        {
            await system.Send(new RaiseEvent.Command(null, "suspected-case", null, "一例", null), People.Liaison("health"));
            await system.Send(new ListEvents.Query(null, null, Paging.First), People.Liaison("health"));
        },
        ["events of a kind"] = system => system.Send(new ListEvents.Query(null, "rumour", Paging.First), People.Office),
        ["instructions of a unit"] = system => system.Send(new ListInstructions.Query(null, Paging.First), People.Liaison("health")),
        ["instructions in a state"] = async system =>
        {
            await system.Send(new IssueInstruction.Command(null, "核查", null, null, null), People.Leader);
            await system.Send(new ListInstructions.Query(InstructionState.Issued, Paging.First), People.Office);
        },
        ["inspections"] = system => system.Send(new ListInspections.Query(null, null, null, Paging.First), People.Inspector),
        ["inspections in a state"] = system => system.Send(new ListInspections.Query(InspectionState.Ordered, null, InspectionKind.Single, Paging.First), People.Leader),
        ["inspections of a unit"] = system => system.Send(new ListInspections.Query(null, "education", null, Paging.First), People.Inspector),
        ["inspections a unit sees"] = system => system.Send(new ListInspections.Query(null, null, null, Paging.First), People.Liaison("education")),
        ["how inspections stand"] = system => system.Send(new CountInspections.Query(), People.Liaison("education")),
        ["inspections of a task"] = async system =>
            await system.Send(new ListInspectedTasks.Query([(await List(system, new TaskFilter())).Items[0].Id]), People.Inspector),
        ["rounds"] = system => system.Send(new ListRounds.Query(Paging.First), People.Inspector),
        ["the overdue desk"] = system => system.Send(new GetOverdueSummary.Query(), People.Inspector),
        ["the overdue desk of a unit"] = system => system.Send(new GetOverdueSummary.Query(), People.Liaison("education")),
        ["meetings of a unit"] = system => system.Send(new ListMeetings.Query(null, Paging.First), People.Liaison("health")),
        ["meetings in a state"] = system => system.Send(new ListMeetings.Query(MeetingState.Called, Paging.First), People.Office),
        ["what the end of a plan terminated"] = system => system.Send(new GetEndReport.Query("taiping-2020-3", Paging.First), People.Office),
        ["what it terminated of a unit"] = system => system.Send(new GetEndReport.Query("taiping-2020-3", Paging.First), People.Liaison("education")),
        ["the inbox of a unit"] = system => system.Send(new ListMessages.Query(false, Paging.First), People.Head("education")),
        ["its unread messages"] = system => system.Send(new ListMessages.Query(true, Paging.First), People.Liaison("education")),
        ["how many are unread"] = system => system.Send(new CountUnread.Query(), People.Office),
        ["the outbox"] = system => system.Send(new TakeOverOutbox.Command(500)),
        ["due deliveries"] = system => system.Send(new ClaimDeliveries.Command(50)),
        ["a calendar of deadlines"] = async system =>
        {
            await system.Send(new AddDemoAccounts.Command(new("hash")));
            var feed = await system.Send(new MakeCalendarFeed.Command(), People.Liaison("education"));
            await system.Send(new GetCalendar.Query(feed.Path.Split('/')[^1][..^4]));
        },
        ["my drafts"] = system => system.Send(new ListDrafts.Query(5), People.Liaison("education")),
        ["my drafts of a page"] = system => system.Send(new FindDrafts.Query("/tasks/new", "/tasks/new?clause=x"), People.Office),
        ["my drafts of the rows of a list"] = system => system.Send(new FindDrafts.Query([.. Enumerable.Range(1, 50).Select(number => $"/tasks/{number}")]), People.Office),
        ["a draft that is saved"] = system => system.Send(
            new SaveDraft.Command("/tasks/new", "f-assign", "nav.assign", "", new Dictionary<string, string[]> { ["title"] = ["x"] }, "none"), People.Office),
        ["standing duties of a unit"] = system => system.Send(new ListStanding.Query(), People.Liaison("education")),
        ["due timers"] = system => system.Send(new FireDueTimers.Command(500)),
        ["due schedules"] = system => system.Send(new MaterialiseDue.Command()),
        ["registers of a day"] = system => system.Send(new ListRegisters.Query(null, null, null, null), People.Office),
        ["lines of a register"] = system => system.Send(
            new ListRegisterLines.Query("taiping.all-units.student-phone-calls", "shuiquan-town", null, null, false, new Paging(null, null)), People.Office),
        ["the week's roster"] = system => system.Send(new ListWatch.Query(null, null, null, null, Paging.First), People.Office),
        ["a unit's roster"] = system => system.Send(new ListWatch.Query(null, null, null, null, Paging.First), People.Liaison("shuiquan-town")),
        ["who is on duty"] = system => system.Send(new GetWatchNow.Query(), People.Office),
        ["gaps in the rosters"] = system => system.Send(new FindWatchGaps.Query(), People.Office),
        ["checklists of a day"] = system => system.Send(new GetChecklists.Query(null, null), People.Office),
        ["jobs that failed"] = system => system.Send(new ListJobs.Query("failed", Paging.First), People.Office),
        ["jobs set aside"] = system => system.Send(new ListJobs.Query("dead", Paging.First), People.Office),
        ["how the queues stand, looked at"] = system => system.Services.GetRequiredService<JobTail>().Look("taiping", CancellationToken.None),
        ["how the queues stand"] = system => system.Send(new GetJobSummary.Query(), People.Office),
        ["tasks by the version they keep"] = system => system.Send(new CountRunning.Query("daily-checklist"), People.Office),
        ["tasks by the version of their duty"] = system => system.Send(new CountRunning.Query("taiping.education"), People.Office),
        ["accounts"] = system => system.Send(new ListAccounts.Query(null, null, null, null, new Paging(null, 20)), People.SystemAdministrator),
        ["accounts of a unit"] = system => system.Send(new ListAccounts.Query("education", null, null, null, Paging.First), People.SystemAdministrator),
        ["accounts that act for a unit"] = system => system.Send(new ListMembers.Query("education"), People.Office),
        ["accounts by name"] = system => system.Send(new FindPeople.Query(["taiping.education"]), People.Office),
        ["messages of a kind"] = system => system.Send(new ListMessages.Query(false, Paging.First, "task-issued"), People.Liaison("education")),
        ["events of a task"] = async system => await system.Send(new GetTaskEvents.Query((await List(system, new TaskFilter())).Items[0].Id), People.Office),
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Is_found_through_an_index(string query)
    {
        var seen = new List<Seen>();
        await using var system = await TestSystem.Start(database, besides: Watch.With(command =>
        {
            if (command.CommandText.StartsWith("SELECT", StringComparison.Ordinal))
            {
                seen.Add(Seen.Of(command));
            }
        }));

        await Queries[query](system);

        Assert.NotEmpty(seen);
        foreach (var command in seen)
        {
            var plan = await system.Read(async db => await Explain(db, command));
            var checkedTables = new[]
            {
                ("tasks", "t"), ("tasks", "t0"), ("task_units", "t"), ("task_units", "t0"), ("timers", "t"), ("schedules", "s"), ("audit", "a"),
                ("raised_events", "r"), ("instructions", "i"), ("meetings", "m"), ("register_lines", "r"), ("register_results", "r0"), ("watch_shifts", "w"),
                ("response_terminations", "r"), ("messages", "m"), ("message_reads", "m0"), ("deliveries", "d"), ("calendar_feeds", "c"), ("drafts", "d"), ("inspections", "i"), ("inspections", "i0"), ("inspection_rounds", "i"), ("inspection_tasks", "i"),
            };
            // Elsewhere all accounts may be wanted.
            checkedTables = query.StartsWith("accounts", StringComparison.Ordinal) ? [.. checkedTables, ("accounts", "a")] : checkedTables;
            Assert.All(checkedTables.Where(one => Uses(command, one)), one =>
                Assert.False(ReadsAll(plan, one.Item1, one.Item2), $"{command.Sql}\n\n{plan}"));
        }
    }

    protected abstract Task<string> Explain(StoreContext db, Seen seen);

    protected abstract bool ReadsAll(string plan, string table, string alias);

    protected static DbCommand Copy(StoreContext db, Seen seen, string text)
    {
        db.Database.OpenConnection();
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in seen.Parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    protected static async Task<string> Lines(DbCommand command, int column)
    {
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)!);
        }

        return string.Join('\n', lines);
    }

    private static bool Uses(Seen command, (string Table, string Alias) one) =>
        command.Sql.Contains($"\"{one.Table}\" AS \"{one.Alias}\"", StringComparison.Ordinal) || command.Sql.Contains($"{one.Table} AS {one.Alias}", StringComparison.Ordinal);

    /// <summary>A query as it went to the database.</summary>
    protected sealed record Seen(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters)
    {
        public static Seen Of(DbCommand command) =>
            new(command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]);
    }

    private static Task Record(TestSystem system, string? unit, string? actor, string? action) =>
        system.Send(new ListAudit.Query(null, unit, actor, action, null, null, Paging.First), People.Inspector);

    private static Task<ListPage<TaskView>> List(TestSystem system, TaskFilter filter) => system.Send(new ListTasks.Query(filter, null, Paging.First), People.Office);
}
