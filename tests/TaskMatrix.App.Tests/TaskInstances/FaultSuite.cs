using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Tests.Storage;

namespace TaskMatrix.App.Tests.TaskInstances;

public sealed class FaultsOnSqlite() : FaultSuite(new SqliteDatabase());

public sealed class FaultsOnPostgres() : FaultSuite(new PostgresDatabase());

public sealed class FaultCoverageTests
{
    [Fact]
    public void Every_command_is_broken_off() => Assert.Empty(FaultActs.Commands.Except(FaultActs.All.Keys).Select(FaultActs.Name));
}

/// <summary>The lights go out after each statement in turn, in every command.</summary>
public abstract class FaultSuite(ITestDatabase database)
{
    /// <summary>Statements in a row behind which a command is broken off, then further and further apart; all of them with <c>./test --long</c>.</summary>
    private static readonly int Places = Environment.GetEnvironmentVariable("TASKMATRIX_LONG") == "1" ? int.MaxValue : 4;

    public static TheoryData<string> Commands => [.. FaultActs.All.Keys.Select(FaultActs.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Keeps_all_or_nothing_wherever_it_is_broken_off(string command)
    {
        var (lights, known) = (new Lights(), FaultActs.All.Single(one => FaultActs.Name(one.Key) == command).Value);
        await using var system = await TestSystem.Start(database, activate: known.Activated, besides: lights.Register);
        var act = await known.Prepare(system);
        var before = await Fingerprint(system);

        var broken = 0;
        for (var failAt = 1; await BreakOff(lights, failAt, act); failAt += failAt > Places ? failAt / 2 : 1, broken++)
        {
            Assert.Equal(before, await Fingerprint(system));
        }

        Assert.True(broken > 0, "no statement was broken off");
        Assert.NotEqual(before, await Fingerprint(system));
        Assert.True((await system.Send(new VerifyRecord.Query())).Ok);
    }

    /// <returns>False when it was done before it came so far.</returns>
    private static async Task<bool> BreakOff(Lights lights, int statement, Func<Task> act)
    {
        lights.GoOutAfter(statement);
        var failure = await Record.ExceptionAsync(act);
        lights.GoOutAfter(0);
        Assert.True(failure is null || Lights.WentOut(failure), failure?.ToString());
        return failure is not null;
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
