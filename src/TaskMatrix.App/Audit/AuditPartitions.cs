using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Audit;

/// <summary>
/// PostgreSQL keeps the record in one table a month (by <c>at</c>, UTC). The months are made ahead by a function that belongs
/// to the owner, so the application needs no right to make tables; an entry of a month without a table of its own goes to
/// <c>audit_default</c> and is as safe there.
/// </summary>
/// <remarks>
/// A unique key of a partitioned table must hold the partition's column, so the database no longer refuses a second entry with
/// the same place in a chain by itself. What does: every writer locks the chain's head, which may only go up
/// (<c>chain_heads_go_up</c>); and <c>verify</c> finds it.
/// </remarks>
public sealed class AuditPartitions(DomainClock clock, IWriteGate gate)
{
    /// <summary>Months made ahead of the running one.</summary>
    private const int Ahead = 3;

    private string? _made;

    /// <summary>Does nothing on SQLite, and nothing more than once a month.</summary>
    public async Task MakeAhead(CancellationToken ct)
    {
        var now = clock.Now.UtcDateTime;
        if (_made == now.ToString("yyyy-MM", CultureInfo.InvariantCulture))
        {
            return;
        }

        var first = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        await gate.Run(
            async (db, inside) =>
            {
                for (var month = 0; db is PostgresStore && month <= Ahead; month++)
                {
                    await db.Database.ExecuteSqlAsync($"SELECT make_audit_partition({first.AddMonths(month).UtcTicks})", inside);
                }

                return true;
            },
            ct);
        _made = now.ToString("yyyy-MM", CultureInfo.InvariantCulture);
    }

    /// <summary>Of the migration: the table becomes one of partitions; its entries stay as they are.</summary>
    internal const string Up = """
        SET LOCAL client_min_messages = warning;
        ALTER TABLE audit RENAME TO audit_whole;
        DROP TRIGGER audit_no_change ON audit_whole;
        DROP TRIGGER audit_no_truncate ON audit_whole;
        ALTER TABLE audit_whole ALTER COLUMN id DROP IDENTITY;
        ALTER TABLE audit_whole DROP CONSTRAINT "PK_audit";
        DROP INDEX "IX_audit_jurisdiction_at";
        DROP INDEX "IX_audit_jurisdiction_unit_sequence";
        DROP INDEX "IX_audit_task_id_task_sequence";

        CREATE SEQUENCE audit_id_seq;
        CREATE TABLE audit (LIKE audit_whole INCLUDING DEFAULTS) PARTITION BY RANGE (at);
        ALTER TABLE audit ALTER COLUMN id SET DEFAULT nextval('audit_id_seq');
        ALTER SEQUENCE audit_id_seq OWNED BY audit.id;
        ALTER TABLE audit ADD CONSTRAINT "PK_audit" PRIMARY KEY (id, at);
        CREATE UNIQUE INDEX "IX_audit_jurisdiction_unit_sequence" ON audit (jurisdiction, unit, sequence, at);
        CREATE UNIQUE INDEX "IX_audit_task_id_task_sequence" ON audit (task_id, task_sequence, at);
        CREATE INDEX "IX_audit_jurisdiction_at" ON audit (jurisdiction, at);
        CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
        CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
        CREATE TABLE audit_default PARTITION OF audit DEFAULT;
        CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_default FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

        -- Runs with the rights of its owner and can do nothing but this: make the table of one month, where entries do not lie already.
        CREATE FUNCTION make_audit_partition(moment bigint) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS
        $$
        DECLARE
            day CONSTANT numeric := 864000000000;
            month date := date_trunc('month', date '0001-01-01' + (moment / day)::int);
            first bigint := (month - date '0001-01-01') * day;
            last bigint := ((month + interval '1 month')::date - date '0001-01-01') * day;
            name text := 'audit_' || to_char(month, 'YYYY_MM');
        BEGIN
            IF to_regclass(name) IS NOT NULL THEN
                RETURN false;
            END IF;
            PERFORM pg_advisory_xact_lock(hashtext('make_audit_partition'));
            IF to_regclass(name) IS NOT NULL OR EXISTS (SELECT 1 FROM audit_default WHERE at >= first AND at < last) THEN
                RETURN false;
            END IF;
            PERFORM set_config('lock_timeout', '5s', true);
            EXECUTE format('CREATE TABLE %I (LIKE audit INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
            EXECUTE format('ALTER TABLE audit ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', name, first, last);
            EXECUTE format('CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()', name);
            RETURN true;
        END
        $$;
        REVOKE ALL ON FUNCTION make_audit_partition(bigint) FROM PUBLIC;

        DO $$
        DECLARE month bigint;
        BEGIN
            FOR month IN SELECT DISTINCT (date_trunc('month', date '0001-01-01' + (at / 864000000000)::int)::date - date '0001-01-01') * 864000000000 FROM audit_whole LOOP
                PERFORM make_audit_partition(month);
            END LOOP;
        END $$;
        INSERT INTO audit SELECT * FROM audit_whole ORDER BY id;
        SELECT setval('audit_id_seq', greatest(1, (SELECT max(id) FROM audit)), EXISTS (SELECT 1 FROM audit));
        DROP TABLE audit_whole;

        CREATE FUNCTION chain_head_goes_up() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            IF TG_OP = 'DELETE' OR NEW.sequence <= OLD.sequence OR NEW.jurisdiction <> OLD.jurisdiction OR NEW.unit <> OLD.unit THEN
                RAISE EXCEPTION 'the head of a chain only goes up';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER chain_heads_go_up BEFORE UPDATE OR DELETE ON chain_heads FOR EACH ROW EXECUTE FUNCTION chain_head_goes_up();
        """;

    internal const string Down = """
        DROP TRIGGER chain_heads_go_up ON chain_heads;
        DROP FUNCTION chain_head_goes_up();
        DROP FUNCTION make_audit_partition(bigint);
        ALTER TABLE audit RENAME TO audit_parts;
        ALTER TABLE audit_parts ALTER COLUMN id DROP DEFAULT;
        DROP SEQUENCE audit_id_seq;
        ALTER TABLE audit_parts RENAME CONSTRAINT "PK_audit" TO "PK_audit_parts";
        ALTER INDEX "IX_audit_jurisdiction_unit_sequence" RENAME TO audit_parts_sequence;
        ALTER INDEX "IX_audit_task_id_task_sequence" RENAME TO audit_parts_task;
        ALTER INDEX "IX_audit_jurisdiction_at" RENAME TO audit_parts_at;
        CREATE TABLE audit (LIKE audit_parts);
        INSERT INTO audit SELECT * FROM audit_parts ORDER BY id;
        DROP TABLE audit_parts;
        ALTER TABLE audit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY;
        SELECT setval(pg_get_serial_sequence('audit', 'id'), greatest(1, (SELECT max(id) FROM audit)), EXISTS (SELECT 1 FROM audit));
        ALTER TABLE audit ADD CONSTRAINT "PK_audit" PRIMARY KEY (id);
        CREATE INDEX "IX_audit_jurisdiction_at" ON audit (jurisdiction, at);
        CREATE UNIQUE INDEX "IX_audit_jurisdiction_unit_sequence" ON audit (jurisdiction, unit, sequence);
        CREATE UNIQUE INDEX "IX_audit_task_id_task_sequence" ON audit (task_id, task_sequence);
        CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
        CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
        """;
}
