using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace TaskMatrix.Benchmarks.Measuring;

/// <summary>
/// Databases with very many tasks, made once by copying the seed's own tasks inside the database and kept for the next run.
/// They have no record: what is measured on them does not read it.
/// </summary>
internal static class DataSets
{
    /// <summary>To be raised when what is in a data set changes; the schema is part of its name as well.</summary>
    private const int Version = 1;

    /// <summary>First moment at which a task of <see cref="Open"/> is due; the others follow second by second.</summary>
    public static readonly DateTimeOffset FirstDue = BenchSystem.Morning.AddDays(1);

    private const string Due = "($due + n * 10000000)";

    /// <summary>Nothing but open tasks.</summary>
    public static Task<string> Open(Workplace place, int tasks) => Get(place, "open", tasks, connection => Multiply(connection, 0, tasks, new()
    {
        ["state"] = "'InProgress'", ["due_at"] = Due, ["due_sort"] = Due, ["red_since"] = Due, ["missed_by"] = $"{Due} + 864000000000",
        ["rungs_from"] = $"{Due} - 1", ["acknowledged_at"] = "issued_at", ["ack_breached_at"] = "NULL",
    }));

    /// <summary>
    /// A history of closed tasks, one in ten of them late, with 2,000 open ones at its end of which 300 are late: what is open
    /// at once does not grow with the years.
    /// </summary>
    public static Task<string> History(Workplace place, int tasks) => Get(place, "history", tasks, connection =>
    {
        const string Before = "(issued_at - 864000000000 * 30 - n * 600000000)";
        Multiply(connection, 0, tasks - 2_000, new()
        {
            ["state"] = "'Closed'", ["issued_at"] = Before, ["created_at"] = Before, ["acknowledged_at"] = Before, ["due_at"] = $"{Before} + 864000000000",
            ["due_sort"] = $"{Before} + 864000000000", ["submitted_at"] = Before, ["left_unit_at"] = Before, ["closed_at"] = Before, ["on_time"] = "n % 10 <> 0",
            ["overdue_since"] = $"CASE n % 10 WHEN 0 THEN {Before} END", ["red_since"] = $"CASE n % 10 WHEN 0 THEN {Before} END",
        });
        Multiply(connection, tasks - 2_000, 1_700, new()
        {
            ["state"] = "'InProgress'", ["due_at"] = Due, ["due_sort"] = Due, ["red_since"] = Due, ["missed_by"] = "NULL", ["acknowledged_at"] = "issued_at",
        });
        Multiply(connection, tasks - 300, 300, new()
        {
            ["state"] = "'InProgress'", ["due_at"] = "issued_at", ["due_sort"] = "issued_at", ["overdue_since"] = "issued_at", ["red_since"] = "issued_at", ["late_from"] = "issued_at",
            ["missed_by"] = "NULL", ["acknowledged_at"] = "issued_at",
        });
    });

    /// <returns>A copy that may be changed.</returns>
    public static string Copy(Workplace place, string kept)
    {
        var folder = place.NewFolder("copy");
        File.Copy(Path.Combine(kept, "taskmatrix.db"), Path.Combine(folder, "taskmatrix.db"));
        return folder;
    }

    private static async Task<string> Get(Workplace place, string name, int tasks, Action<SqliteConnection> fill)
    {
        var seeds = place.NewFolder("seeds");
        await using (var system = await BenchSystem.Start(seeds))
        {
            name = $"{name}-{tasks}-{Version}-{await system.Read(async db => (await db.Database.GetAppliedMigrationsAsync()).Last())}";
        }

        var folder = Path.Combine(place.Kept, name);
        if (Directory.Exists(folder))
        {
            return folder;
        }

        var file = Path.Combine(seeds, "taskmatrix.db");
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            Run(connection, "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000");
            var indexes = Indexes(connection);
            indexes.ForEach(index => Run(connection, $"DROP INDEX \"{index.Name}\""));
            fill(connection);
            indexes.ForEach(index => Run(connection, index.Sql));
            Run(connection, "ANALYZE; PRAGMA journal_mode=WAL");
        }

        Directory.Move(seeds, folder);
        return folder;
    }

    /// <param name="first">Number of the first copy.</param>
    /// <param name="values">Columns that are not copied as they are; <c>n</c> is the number of the copy.</param>
    private static void Multiply(SqliteConnection connection, int first, int count, Dictionary<string, string> values)
    {
        values["id"] = "printf('%08X-%04X-7000-8000-%012X', n >> 16, n & 65535, n)";
        values["number"] = "printf('太平-2019-%07d', n)";
        values["occurrence"] = "'copy' || n";
        values["run"] = "NULL";
        var columns = Columns(connection);
        var run = "BEGIN; CREATE TEMP TABLE seeds AS SELECT ROW_NUMBER() OVER (ORDER BY number) - 1 AS place, * FROM tasks WHERE jurisdiction = 'taiping' AND number LIKE '太平-2020-%' AND duty IS NOT NULL;"
            + "CREATE INDEX temp.seed_places ON seeds (place);"
            + $"INSERT INTO tasks ({string.Join(", ", columns)}) WITH RECURSIVE series (n) AS (SELECT $first UNION ALL SELECT n + 1 FROM series WHERE n + 1 < $first + $count)"
            + $" SELECT {string.Join(", ", columns.Select(column => values.GetValueOrDefault(column, column)))} FROM series JOIN seeds ON place = n % (SELECT COUNT(*) FROM seeds);"
            + "INSERT INTO task_units (task_id, jurisdiction, unit, part) SELECT id, jurisdiction, lead_unit, 'leads' FROM tasks WHERE number >= printf('太平-2019-%07d', $first) AND number < printf('太平-2019-%07d', $first + $count);"
            + "INSERT INTO timers (task_id, jurisdiction, due_at, kind, attempts, set_aside) SELECT id, jurisdiction, red_since, 'due', 0, 0 FROM tasks"
            + " WHERE number >= printf('太平-2019-%07d', $first) AND number < printf('太平-2019-%07d', $first + $count) AND state = 'InProgress' AND late_from IS NULL;"
            + "DROP TABLE temp.seeds; COMMIT";
        Run(connection, run, ("$first", first), ("$count", count), ("$due", FirstDue.UtcTicks));
    }

    private static List<string> Columns(SqliteConnection connection) => Read(connection, "SELECT name FROM pragma_table_info('tasks') ORDER BY cid", row => row.GetString(0));

    /// <summary>Those that were made for the tables by hand; they are made anew at the end, which is much faster.</summary>
    private static List<(string Name, string Sql)> Indexes(SqliteConnection connection) => Read(
        connection, "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('tasks', 'task_units', 'timers')",
        row => (row.GetString(0), row.GetString(1)));

    private static List<T> Read<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> row)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    private static void Run(SqliteConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 600);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
}
