using TaskMatrix.Engine.Duties;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Duties;

/// <summary>How tasks stand together, in one sentence.</summary>
internal static class StandingWords
{
    /// <summary>What was not reported is overdue and not open, and is told where there is any.</summary>
    public static string Stands(this Texts texts, Standing standing) => standing.Missed > 0
        ? texts["matrix.cell-missed", standing.Open, standing.Overdue, standing.Closed, standing.Missed]
        : texts["matrix.cell", standing.Open, standing.Overdue, standing.Closed];
}
