using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace TaskMatrix.Benchmarks.Measuring;

/// <summary>The limit of the disk: rows of 100 bytes, each in a durable commit of its own, by one prepared command.</summary>
internal sealed class RawSqlite : IDisposable
{
    private readonly SqliteConnection _connection;

    private readonly SqliteCommand _insert;

    public RawSqlite(string folder)
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(folder, "raw.db")};Pooling=False");
        _connection.Open();
        using var create = _connection.CreateCommand();
        create.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE raw (id INTEGER PRIMARY KEY, text TEXT NOT NULL)";
        create.ExecuteNonQuery();
        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO raw (text) VALUES ($text)";
        _insert.Parameters.AddWithValue("$text", new string('x', 100));
        _insert.Prepare();
    }

    /// <returns>Commits a second.</returns>
    public double Commits(TimeSpan time)
    {
        var (watch, count) = (Stopwatch.StartNew(), 0);
        for (; watch.Elapsed < time; count++)
        {
            Commit();
        }

        return count / watch.Elapsed.TotalSeconds;
    }

    public void Commit() => _insert.ExecuteNonQuery();

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }
}
