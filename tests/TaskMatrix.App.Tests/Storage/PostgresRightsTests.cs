using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Tests.TaskInstances;

namespace TaskMatrix.App.Tests.Storage;

/// <summary>An owner migrates and has restored a backup; the servers come as a role that owns nothing.</summary>
public sealed class PostgresRightsTests
{
    public static TheoryData<string> Forbidden =>
    [
        "UPDATE audit SET actor = 'nobody'", "DELETE FROM audit", "TRUNCATE audit", "TRUNCATE audit_default", "UPDATE audit_2020_01 SET actor = 'nobody'", "DELETE FROM audit_2020_01",
        "INSERT INTO audit_2020_01 SELECT * FROM audit LIMIT 1", "DROP TRIGGER audit_no_change ON audit", "ALTER TABLE audit DISABLE TRIGGER ALL", "ALTER TABLE audit ADD COLUMN x int", "DROP TABLE audit",
        "ALTER TABLE audit DETACH PARTITION audit_2020_01", "DELETE FROM chain_heads", "TRUNCATE chain_heads", "ALTER TABLE chain_heads DISABLE TRIGGER ALL", "CREATE TABLE mine (x int)", "DROP FUNCTION make_audit_partition",
        "SET session_replication_role = replica", "DELETE FROM \"__EFMigrationsHistory\"", "ALTER TABLE tasks DROP COLUMN title", "TRUNCATE tasks",
        "CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    ];

    private static readonly Lazy<Task<(AppOptions Options, string Application)>> Separated = new(Separate);

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task The_application_may_not(string sql)
    {
        var (_, application) = await Separated.Value;
        await using var connection = new NpgsqlConnection(application);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task The_application_does_all_of_its_work_and_finds_nothing_to_migrate()
    {
        var (options, application) = await Separated.Value;
        var served = new AppOptions { DataFolder = options.DataFolder, ContentFolder = options.ContentFolder, Postgres = application };
        await Schema.Apply(served, CancellationToken.None);
        await using var system = await TestSystem.Attach(served, TestSystem.Morning);

        await system.Finish((await system.Assign()).Id);
        system.Pass(TimeSpan.FromDays(40));
        await system.RunDue();

        Assert.True((await system.Send(new VerifyRecord.Query())).Ok);
        var backUp = await Assert.ThrowsAsync<PostgresException>(() => system.Tamper($"UPDATE chain_heads SET sequence = sequence - 1"));
        Assert.Contains("only goes up", backUp.MessageText);
    }

    [Fact]
    public async Task The_application_refuses_to_start_on_a_schema_that_only_the_owner_can_bring_up()
    {
        var (owner, application) = await Roles();
        var folder = Directory.CreateTempSubdirectory("taskmatrix-").FullName;

        var refused = await Assert.ThrowsAsync<StoreRefusedException>(
            () => Schema.Apply(new AppOptions { DataFolder = folder, ContentFolder = "", Postgres = application }, CancellationToken.None));

        Assert.Equal("store.not-migrated", refused.Code);
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        Directory.Delete(folder);
    }

    [Fact]
    public async Task Each_month_has_a_table_of_its_own_and_the_record_is_one()
    {
        await using var system = await TestSystem.Start(new PostgresDatabase());
        await system.RunDue();
        foreach (var days in new[] { 10, 20, 30, 400 })
        {
            system.Pass(TimeSpan.FromDays(days));
            await system.Assign();
        }

        var tables = await system.Read(db => db.Database.SqlQueryRaw<string>("SELECT tableoid::regclass::text AS \"Value\" FROM audit GROUP BY tableoid ORDER BY 1").ToListAsync());
        Assert.Equal(["audit_2020_01", "audit_2020_02", "audit_2020_03", "audit_default"], tables);
        Assert.Equal(0, await system.Read(db => db.Database.SqlQueryRaw<int>(
            """
            SELECT count(*)::int AS "Value" FROM audit_2020_02
            WHERE at < (date '2020-02-01' - date '0001-01-01') * 864000000000 OR at >= (date '2020-03-01' - date '0001-01-01') * 864000000000
            """).SingleAsync()));
        var verified = await system.Send(new VerifyRecord.Query());
        Assert.True(verified.Ok, $"{verified.FirstBroken}");
    }

    [Fact]
    public async Task The_months_ahead_are_made_in_time_and_a_month_with_entries_elsewhere_does_no_harm()
    {
        await using var system = await TestSystem.Start(new PostgresDatabase());
        system.Pass(TimeSpan.FromDays(200));
        await system.Assign();
        await using var later = await TestSystem.Attach(system.Options, system.Clock.Now);

        await later.Beat();
        await later.Beat();

        var months = await later.Read(db => db.Database.SqlQueryRaw<string>("SELECT relname::text AS \"Value\" FROM pg_class WHERE relname LIKE 'audit\\_2020\\_%' AND relkind = 'r' ORDER BY 1").ToListAsync());
        // August has an entry in audit_default already.
        Assert.Equal(["audit_2020_01", "audit_2020_02", "audit_2020_03", "audit_2020_04", "audit_2020_09", "audit_2020_10", "audit_2020_11"], months);
        Assert.True((await later.Send(new VerifyRecord.Query())).Ok);
    }

    [Fact]
    public async Task Entries_made_before_the_months_keep_their_places_and_hashes()
    {
        await using var system = await TestSystem.Start(new PostgresDatabase());
        await system.Assign();
        var before = await Entries(system);
        await using (var db = new PostgresStore(new DbContextOptionsBuilder<PostgresStore>().UseNpgsql(system.Options.Postgres).Options))
        {
            var migrator = db.GetService<IMigrator>();
            await migrator.MigrateAsync((await db.Database.GetAppliedMigrationsAsync()).First());
            Assert.Equal(before, await Entries(system));
            await db.Database.MigrateAsync();
        }

        Assert.Equal(before, await Entries(system));
        await system.Assign();
        Assert.True((await system.Send(new VerifyRecord.Query())).Ok);
    }

    private static Task<List<string>> Entries(TestSystem system) =>
        system.Read(db => db.Audit.OrderBy(entry => entry.Id).Select(entry => entry.Id + entry.Unit + entry.Sequence + entry.Hash).ToListAsync());

    private static async Task<(AppOptions, string)> Separate()
    {
        var (owner, application) = await Roles();
        var folder = Directory.CreateTempSubdirectory("taskmatrix-").FullName;
        var options = new AppOptions { DataFolder = folder, ContentFolder = AppContext.BaseDirectory, Postgres = application, PostgresOwner = owner };
        await using (var system = await TestSystem.Attach(options, TestSystem.Morning, prepare: true))
        {
            await system.Assign();
        }

        // What holds after a restore holds before one, too: Schema.Apply grants by the same words.
        var backup = Path.Combine(folder, "rights.backup");
        await using (var source = NpgsqlDataSource.Create(application))
        {
            await new BackupStore(options, new PostgresWriteGate(source, []), TimeProvider.System).Run(backup, force: false, CancellationToken.None);
        }

        await new RestoreStore(options, TimeProvider.System).Run(backup, force: true, CancellationToken.None);

        Directory.CreateDirectory(folder);
        return (options, application);
    }

    /// <summary>As docs/operations.md says: a role that owns the database, one that may only connect.</summary>
    private static async Task<(string Owner, string Application)> Roles()
    {
        var database = new NpgsqlConnectionStringBuilder((await new PostgresDatabase().Empty(""))!);
        var (owner, application) = (database.Database + "_owner", database.Database + "_app");
        await using var connection = new NpgsqlConnection(database.ToString());
        await connection.OpenAsync();
        await using var make = new NpgsqlCommand(
            $"CREATE ROLE {owner} LOGIN PASSWORD 'x'; CREATE ROLE {application} LOGIN PASSWORD 'y'; ALTER DATABASE {database.Database} OWNER TO {owner}", connection);
        await make.ExecuteNonQueryAsync();
        return (new NpgsqlConnectionStringBuilder(database.ToString()) { Username = owner }.ToString(), new NpgsqlConnectionStringBuilder(database.ToString()) { Username = application }.ToString());
    }
}
