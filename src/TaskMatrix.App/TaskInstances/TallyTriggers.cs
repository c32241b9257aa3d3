namespace TaskMatrix.App.TaskInstances;

/// <summary>
/// What keeps <see cref="TaskTally"/> right, in the database itself: an older program that runs beside a newer one, or a hand
/// that changes a row, is counted like anybody else. Used by a migration, so what stands here does not change.
/// </summary>
internal static class TallyTriggers
{
    private const string Finished = "('Closed', 'NotApplicable', 'Terminated')";

    private const string Columns = "INSERT INTO task_tallies (jurisdiction, unit, part, plan, duty, lead_unit, state, light, count)";

    private const string Conflict =
        "ON CONFLICT (jurisdiction, unit, part, plan, duty, lead_unit, state, light) DO UPDATE SET count = task_tallies.count + excluded.count";

    /// <summary>What a count depends on; anything else of a task may change without one.</summary>
    private static readonly string[] Counted = ["jurisdiction", "plan", "duty", "lead_unit", "state", "ack_breached_at", "overdue_since", "missed_at"];

    /// <summary>Counts what is finished already.</summary>
    public static readonly string Fill =
        $"{Columns} SELECT {Key("tasks", "task_units")}, COUNT(*) FROM tasks JOIN task_units ON task_units.task_id = tasks.id WHERE tasks.state IN {Finished} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;";

    public static readonly string[] Sqlite =
    [
        $"CREATE TRIGGER tasks_counted AFTER INSERT ON tasks WHEN NEW.state IN {Finished} BEGIN {OfTask("NEW", 1)} END;",
        $"CREATE TRIGGER tasks_recounted AFTER UPDATE OF {string.Join(", ", Counted)} ON tasks WHEN OLD.state IN {Finished} OR NEW.state IN {Finished} BEGIN {OfTask("OLD", -1)} {OfTask("NEW", 1)} END;",
        $"CREATE TRIGGER tasks_uncounted AFTER DELETE ON tasks WHEN OLD.state IN {Finished} BEGIN {OfTask("OLD", -1)} END;",
        $"CREATE TRIGGER task_units_counted AFTER INSERT ON task_units BEGIN {OfUnit("NEW", 1)} END;",
        $"CREATE TRIGGER task_units_recounted AFTER UPDATE OF task_id, unit, part ON task_units BEGIN {OfUnit("OLD", -1)} {OfUnit("NEW", 1)} END;",
        $"CREATE TRIGGER task_units_uncounted AFTER DELETE ON task_units BEGIN {OfUnit("OLD", -1)} END;",
    ];

    /// <summary>They act with the rights of the owner: an older program's role need not know the table.</summary>
    public static readonly string[] Postgres =
    [
        Function("count_task", $"""
            IF TG_OP <> 'INSERT' THEN IF OLD.state IN {Finished} THEN {OfTask("OLD", -1)} END IF; END IF;
            IF TG_OP <> 'DELETE' THEN IF NEW.state IN {Finished} THEN {OfTask("NEW", 1)} END IF; END IF;
            """),
        Function("count_task_unit", $"""
            IF TG_OP <> 'INSERT' THEN {OfUnit("OLD", -1)} END IF;
            IF TG_OP <> 'DELETE' THEN {OfUnit("NEW", 1)} END IF;
            """),
        $"CREATE TRIGGER tasks_counted AFTER INSERT ON tasks FOR EACH ROW WHEN (NEW.state IN {Finished}) EXECUTE FUNCTION count_task();",
        $"CREATE TRIGGER tasks_recounted AFTER UPDATE OF {string.Join(", ", Counted)} ON tasks FOR EACH ROW WHEN (OLD.state IN {Finished} OR NEW.state IN {Finished}) EXECUTE FUNCTION count_task();",
        $"CREATE TRIGGER tasks_uncounted AFTER DELETE ON tasks FOR EACH ROW WHEN (OLD.state IN {Finished}) EXECUTE FUNCTION count_task();",
        "CREATE TRIGGER task_units_counted AFTER INSERT OR DELETE ON task_units FOR EACH ROW EXECUTE FUNCTION count_task_unit();",
        "CREATE TRIGGER task_units_recounted AFTER UPDATE OF task_id, unit, part ON task_units FOR EACH ROW EXECUTE FUNCTION count_task_unit();",
    ];

    public static readonly string[] SqliteDown =
        [.. new[] { "tasks_counted", "tasks_recounted", "tasks_uncounted", "task_units_counted", "task_units_recounted", "task_units_uncounted" }.Select(name => $"DROP TRIGGER {name};")];

    public static readonly string[] PostgresDown = ["DROP FUNCTION count_task() CASCADE;", "DROP FUNCTION count_task_unit() CASCADE;"];

    private static string Function(string name, string body) =>
        $"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
        BEGIN
        {body}
        RETURN NULL;
        END $$;
        """;

    /// <summary>In a fixed order, so that two nodes do not wait for each other.</summary>
    private static string OfTask(string task, int by) =>
        $"{Columns} SELECT {Key(task, "task_units")}, {by} FROM task_units WHERE task_units.task_id = {task}.id AND {task}.state IN {Finished} ORDER BY 2 {Conflict};";

    private static string OfUnit(string unit, int by) =>
        $"{Columns} SELECT {Key("tasks", unit)}, {by} FROM tasks WHERE tasks.id = {unit}.task_id AND tasks.state IN {Finished} {Conflict};";

    private static string Key(string task, string unit) =>
        $"{task}.jurisdiction, {unit}.unit, {unit}.part, COALESCE({task}.plan, ''), COALESCE({task}.duty, ''), {task}.lead_unit, {task}.state, "
        + $"CASE WHEN COALESCE({task}.ack_breached_at, {task}.overdue_since, {task}.missed_at) IS NOT NULL THEN 'Red' WHEN {task}.state = 'Closed' THEN 'Green' ELSE 'Grey' END";
}
