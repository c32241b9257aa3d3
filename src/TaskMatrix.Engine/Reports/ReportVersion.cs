using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Reports;

/// <summary>One version of a report: as it was handed in, or a correction beside it.</summary>
/// <param name="Version">1-based, in the order they were written.</param>
/// <param name="Reason">Why it was corrected; null for a submission.</param>
/// <param name="Counts">It is the one that counts now.</param>
public sealed record ReportVersion(
    int Version, bool IsCorrection, string? Form, Outcome Outcome, string Text, string? Reason, string By, DateTimeOffset At,
    string? SignedBy, DateTimeOffset? SignedAt, bool Counts)
{
    /// <summary>Read off the events of a task, oldest first. No version is ever changed: a later one counts instead.</summary>
    public static IReadOnlyList<ReportVersion> Of(IEnumerable<TaskEvent> events, bool signOffRequired)
    {
        var versions = new List<ReportVersion>();
        foreach (var happened in events)
        {
            switch (happened)
            {
                case Submitted e:
                    versions.Add(new(versions.Count + 1, false, e.Form, e.Outcome, e.Text, null, e.Person, e.At, null, null, false));
                    Count(versions, !signOffRequired);
                    break;
                case Corrected e:
                    versions.Add(new(versions.Count + 1, true, e.Form, e.Outcome, e.Text, e.Reason, e.Person, e.At, null, null, false));
                    Count(versions, !e.Waits);
                    break;
                case Signed e when versions is [.., var newest]:
                    versions[^1] = newest with { SignedBy = e.Person, SignedAt = e.At };
                    Count(versions, true);
                    break;
                case ReturnedForRework or Reopened:
                    versions = versions.ConvertAll(version => version with { Counts = false });
                    break;
            }
        }

        return versions;
    }

    private static void Count(List<ReportVersion> versions, bool newest)
    {
        for (var i = 0; newest && i < versions.Count; i++)
        {
            versions[i] = versions[i] with { Counts = i == versions.Count - 1 };
        }
    }
}
