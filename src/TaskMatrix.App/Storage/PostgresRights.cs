using Npgsql;

namespace TaskMatrix.App.Storage;

/// <summary>
/// What the application role may do on PostgreSQL: read and write rows, nothing else; of the record read and add. It owns
/// nothing, so it can neither drop a trigger nor change a table.
/// </summary>
internal static class PostgresRights
{
    /// <summary>In this schema, whatever the session looked in before: names of tables and what may be done with them go by it.</summary>
    private const string Sql = """
        SET LOCAL search_path = public;
        DO $$
        DECLARE role text := current_setting('taskmatrix.role'); name text;
        BEGIN
            EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', role);
            FOR name IN SELECT c.oid::regclass::text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') LOOP
                EXECUTE format('REVOKE ALL ON TABLE %s FROM %I', name, role);
                IF name = 'audit' THEN
                    EXECUTE format('GRANT SELECT, INSERT ON TABLE %s TO %I', name, role);
                ELSIF name = 'chain_heads' THEN
                    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON TABLE %s TO %I', name, role);
                ELSIF name = '"__EFMigrationsHistory"' THEN
                    EXECUTE format('GRANT SELECT ON TABLE %s TO %I', name, role);
                ELSIF name NOT LIKE 'audit\_%' THEN
                    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE %s TO %I', name, role);
                END IF;
            END LOOP;
            EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO %I', role);
            EXECUTE format('GRANT EXECUTE ON FUNCTION make_audit_partition(bigint) TO %I', role);
        END $$;
        """;

    /// <returns>What grants them, to be run in a transaction; null when both are the same role.</returns>
    public static string? Script(string owner, string application)
    {
        var role = new NpgsqlConnectionStringBuilder(application).Username!;
        return role == new NpgsqlConnectionStringBuilder(owner).Username ? null : $"SELECT set_config('taskmatrix.role', '{role.Replace("'", "''", StringComparison.Ordinal)}', true);\n{Sql}";
    }

    /// <param name="owner">Connection of the role that owns the tables.</param>
    /// <param name="application">Connection of the role that the servers use; when it is the same, nothing is to be granted.</param>
    public static async Task Grant(string owner, string application, CancellationToken ct)
    {
        if (Script(owner, application) is not { } script)
        {
            return;
        }

        await using var connection = new NpgsqlConnection(PostgresSession.Once(owner));
        await connection.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var grant = new NpgsqlCommand(script, connection, transaction);
        await grant.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
