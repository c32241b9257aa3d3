using TaskMatrix.Benchmarks.Measuring;

namespace TaskMatrix.Benchmarks.Figures;

/// <summary>Every figure, in the order in which they are taken.</summary>
internal static class AllFigures
{
    public static readonly IReadOnlyList<Figure> List =
    [
        new("lifecycles", 0.1, AtLeast: true, "1/s", Lifecycles.Prepare),
        new("actions-sqlite", 0.4, AtLeast: true, "1/s", SqliteActions.Prepare),
    ];
}
