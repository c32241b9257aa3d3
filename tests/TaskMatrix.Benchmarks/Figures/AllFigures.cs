using TaskMatrix.Benchmarks.Measuring;

namespace TaskMatrix.Benchmarks.Figures;

/// <summary>Every figure, in the order in which they are taken.</summary>
internal static class AllFigures
{
    public static readonly IReadOnlyList<Figure> List =
    [
        new("cold-start", 2.0, AtLeast: false, "s", ColdStart.Prepare),
        new("working-set", 250, AtLeast: false, "MB", WorkingSet.Prepare),
        new("lifecycles", 0.1, AtLeast: true, "1/s", Lifecycles.Prepare),
        new("actions-sqlite", 0.4, AtLeast: true, "1/s", SqliteActions.Prepare),
        new("actions-postgres", 0.3, AtLeast: true, "1/s", PostgresActions.Prepare),
        new("audit-chain", 0.7, AtLeast: true, "1/s", AuditChain.Prepare),
        new("materialise", 50, AtLeast: true, "1/s", Materialising.Prepare),
        new("timers-scale", 0.8, AtLeast: true, "1/s", TimerScale.Prepare),
        new("timers-quartz-sqlite", 5, AtLeast: true, "1/s", QuartzOnSqlite.Prepare),
        new("timers-quartz-postgres", 20, AtLeast: true, "1/s", QuartzOnPostgres.Prepare),
        new("inbox-scale", 2, AtLeast: false, "ms", ListScale.Inbox),
        new("overdue-scale", 2, AtLeast: false, "ms", ListScale.Overdue),
        new("matrix-scale", 2, AtLeast: false, "ms", ListScale.Matrix),
        new("counts-scale", 2, AtLeast: false, "ms", ListScale.Counts),
        new("http-acknowledge", 0.5, AtLeast: true, "1/s", HttpAcknowledge.Prepare),
        new("verify", 50_000, AtLeast: true, "entries/s", Verifying.Prepare),
        new("two-nodes", 0.9, AtLeast: true, "1/s", TwoNodes.Prepare),
    ];
}
