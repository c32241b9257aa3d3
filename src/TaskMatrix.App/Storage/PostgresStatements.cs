using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TaskMatrix.App.Storage;

/// <summary>All changes of a step in one round trip; the driver keeps the statements prepared on each connection of its pool.</summary>
internal sealed class PostgresStatements(NpgsqlConnection connection, CommandWatch watch) : Statements
{
    public override async Task<List<T>> Read<T>(Change query, Func<DbDataReader, T> row, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(query.Statement.Sql, connection);
        Bind(command.Parameters, query);
        List<T> rows;
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            rows = await Rows(reader, row, ct);
        }

        await watch.Ran(command, ct);
        return rows;
    }

    public override async Task<List<T>> ReadAnd<T>(Change query, Func<DbDataReader, T> row, Change next, CancellationToken ct)
    {
        if (watch.IsWatched)
        {
            return await Read(query, row, ct);
        }

        await using var batch = BatchOf([query, next]);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var rows = await Rows(reader, row, ct);
        await reader.NextResultAsync(ct);
        Keep(next.Statement, await Rows(reader, text => text.GetString(0), ct));
        return rows;
    }

    public override async Task Write(IReadOnlyList<Change> changes, CancellationToken ct)
    {
        if (changes.Count == 0)
        {
            return;
        }

        if (watch.IsWatched)
        {
            await WriteOneByOne(changes, ct);
            return;
        }

        await using var batch = BatchOf(changes);
        await batch.ExecuteNonQueryAsync(ct);
        for (var i = 0; i < changes.Count; i++)
        {
            Check(changes[i], (int)batch.BatchCommands[i].Rows);
        }
    }

    /// <summary>Whoever watches sees each command by itself.</summary>
    private async Task WriteOneByOne(IReadOnlyList<Change> changes, CancellationToken ct)
    {
        foreach (var change in changes)
        {
            await using var command = new NpgsqlCommand(change.Statement.Sql, connection);
            Bind(command.Parameters, change);
            Check(change, await command.ExecuteNonQueryAsync(ct));
            await watch.Ran(command, ct);
        }
    }

    private NpgsqlBatch BatchOf(IReadOnlyList<Change> changes)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var change in changes)
        {
            var command = new NpgsqlBatchCommand(change.Statement.Sql);
            Bind(command.Parameters, change);
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    private static async Task<List<T>> Rows<T>(NpgsqlDataReader reader, Func<DbDataReader, T> row, CancellationToken ct)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    private static void Check(Change change, int rows)
    {
        if (rows != 1 && change.Statement.One)
        {
            throw new DbUpdateConcurrencyException("The row is not as it was read.");
        }
    }

    private static void Bind(NpgsqlParameterCollection parameters, Change change)
    {
        for (var i = 0; i < change.Values.Length; i++)
        {
            parameters.Add(new NpgsqlParameter { Value = change.Values[i] ?? DBNull.Value, NpgsqlDbType = change.Statement.PostgresTypes[i] });
        }
    }
}
