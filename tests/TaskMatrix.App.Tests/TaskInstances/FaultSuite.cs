using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.Workflows;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Tests.TaskInstances;

public sealed class FaultsOnSqlite() : FaultSuite(new SqliteDatabase());

public sealed class FaultsOnPostgres() : FaultSuite(new PostgresDatabase());

/// <summary>The lights go out after each statement in turn, in a command of every kind.</summary>
public abstract class FaultSuite(ITestDatabase database)
{
    /// <summary>Statements at which a command is broken off; all of them with <c>./test --long</c>.</summary>
    private static readonly int Places = Environment.GetEnvironmentVariable("TASKMATRIX_LONG") == "1" ? int.MaxValue : 12;

    private const string Duty = "taiping.education.absence-checks";

    private static readonly Dictionary<string, (bool Activated, Func<TestSystem, Task<Func<Task>>> Prepare)> Acts = new()
    {
        ["acknowledge"] = On("education", (task, _) => new AcknowledgeTask.Command(task.Id, null), () => People.Liaison("education")),
        ["decline"] = On("education", (task, _) => new DeclineTask.Command(task.Id, null, "不属本单位", "health"), () => People.Liaison("education")),
        ["reassign"] = On("education", (task, _) => new ReassignTask.Command(task.Id, null, "health", ["justice"], "改派", null, null), () => People.Office),
        ["terminate"] = On("education", (task, _) => new TerminateTask.Command(task.Id, null, "解除", null), () => People.Leader),
        ["create a task"] = Plain(_ => new CreateTask.Command(null, "核查", null, "education", ["health"], null, "P1D", null, "P3D", null, null, null, null, null, false), People.Office),
        ["raise an event"] = Plain(_ => new RaiseEvent.Command(null, "suspected-case", null, "发热病例", null), People.Office, activated: true),
        ["run a schedule now"] = Plain(_ => new ChangeSchedule.Command(Duty, "run-now"), People.Office, activated: true),
        ["pause a schedule"] = Plain(_ => new ChangeSchedule.Command(Duty, "pause"), People.Office, activated: true),
        ["set assumptions"] = Plain(_ => new SetAssumptions.Command(Duty, [new("schedule.due", "16:00")]), People.Office, activated: true),
        ["publish a workflow"] = Plain(_ => new PublishWorkflow.Command("single-task", Shipped.TextOf("single-task").Replace("review: true", "review: false", StringComparison.Ordinal)), People.Office, activated: true),
        ["make a plan"] = Plain(_ => new CreatePlan.Command(null, "防汛方案", "", new DateOnly(2026, 6, 1), "一、职责\n区应急局组织巡查。\n"), People.Office),
        ["activate a plan"] = Plain(_ => new ActivatePlan.Command("taiping-2020-3", null), People.Office),
        ["end a plan"] = Plain(_ => new EndPlan.Command("taiping-2020-3", "解除响应"), People.Leader, activated: true),
        ["make accounts"] = Plain(_ => new AddDemoAccounts.Command("hash"), null),
        ["upload a file"] = Plain(_ => new UploadAttachment.Command("清单.txt", "清单"u8.ToArray()), People.Liaison("education")),
        ["occurrences"] = (true, system =>
        {
            system.Pass(TimeSpan.FromDays(1));
            return Task.FromResult<Func<Task>>(() => system.Send(new MaterialiseDue.Command([Duty])));
        }),
        ["timers"] = (false, async system =>
        {
            await system.Assign();
            system.Pass(TimeSpan.FromDays(9));
            return () => system.Send(new FireDueTimers.Command(500));
        }),
        ["record an operation"] = Plain(_ => new RecordOperation.Command("back-up", new Dictionary<string, object?>()), null),
    };

    public static TheoryData<string> Commands => [.. Acts.Keys];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Keeps_all_or_nothing_wherever_it_is_broken_off(string command)
    {
        var (armed, statement, failAt) = (false, 0, int.MaxValue);
        await using var system = await TestSystem.Start(database, activate: Acts[command].Activated, besides: Watch.With(_ =>
        {
            if (armed && ++statement == failAt)
            {
                throw new InvalidOperationException("the lights went out");
            }
        }));
        var act = await Acts[command].Prepare(system);
        var before = await Fingerprint(system);

        for (var step = failAt = 1; ; failAt += step)
        {
            (armed, statement) = (true, 0);
            var failure = await Record.ExceptionAsync(act);
            armed = false;
            if (failure is null)
            {
                break;
            }

            Assert.Contains("the lights went out", failure.ToString());
            Assert.Equal(before, await Fingerprint(system));

            // Every one of the first dozen, then further and further apart.
            step = failAt > Places ? failAt / 2 : 1;
        }

        Assert.True(failAt > 1, "no statement was broken off");
        Assert.NotEqual(before, await Fingerprint(system));
        Assert.True((await system.Send(new VerifyRecord.Query())).Ok);
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_not_done()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var task = await system.Assign();
        await system.Tamper(Refusing(system));
        var before = await Fingerprint(system);

        var failure = await Record.ExceptionAsync(() => system.Acknowledge(task.Id));

        Assert.Contains("no more entries", failure!.ToString());
        Assert.Equal(before, await Fingerprint(system));
    }

    private static FormattableString Refusing(TestSystem system) => system.Options.Postgres is null
        ? (FormattableString)$"CREATE TRIGGER audit_full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no more entries'); END"
        : $"""
          CREATE FUNCTION full_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no more entries'; END $$;
          CREATE TRIGGER audit_full BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION full_up();
          """;

    private static (bool, Func<TestSystem, Task<Func<Task>>>) Plain<T>(Func<TestSystem, IRequest<T>> request, Actor? actor, bool activated = false) =>
        (activated, system => Task.FromResult<Func<Task>>(() => system.Send(request(system), actor)));

    private static (bool, Func<TestSystem, Task<Func<Task>>>) On(string unit, Func<TaskView, TestSystem, ITaskCommand> request, Func<Actor> actor) => (false, async system =>
    {
        var task = await system.Assign(unit);
        return () => system.Send(request(task, system), actor());
    });

    /// <summary>Every row of every table.</summary>
    internal static Task<string> Fingerprint(TestSystem system) => system.Read(async db =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await db.Database.OpenConnectionAsync();
        foreach (var table in db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Distinct().Order(StringComparer.Ordinal))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM {table}";
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<string>();
            while (await reader.ReadAsync())
            {
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
            }

            rows.Sort(StringComparer.Ordinal);
            hash.AppendData(Encoding.UTF8.GetBytes(table + '\n' + string.Join('\n', rows)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    });
}
