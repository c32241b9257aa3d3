using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Schedules;

/// <summary>值班: one shift of a unit's roster. Several may overlap: two people can be on duty together.</summary>
public sealed class WatchShift
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public const int LongestName = 40, LongestPost = 100, LongestPhone = 20;

    public required Guid Id { get; init; }

    public required string Jurisdiction { get; init; }

    public required string Unit { get; init; }

    /// <summary>白班, 夜班 and so on.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Who is on duty, by post.</summary>
    public required string Post { get; init; }

    public string? Phone { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    public required string AddedBy { get; init; }

    public DateTimeOffset? HandedOverAt { get; private set; }

    public string? HandedOverBy { get; private set; }

    /// <summary>What whoever comes next has to know.</summary>
    public string? HandOverNote { get; private set; }

    public string? HandOverProblems { get; private set; }

    public DateTimeOffset? CancelledAt { get; private set; }

    public string? CancelledBy { get; private set; }

    public string? CancelReason { get; private set; }

    public int Version { get; private set; } = 1;

    /// <returns>Null when the times make a shift, else watch.end-before-start or watch.too-long.</returns>
    public static string? ProblemOf(DateTimeOffset startsAt, DateTimeOffset endsAt) =>
        endsAt <= startsAt ? "watch.end-before-start" : endsAt - startsAt > Longest ? "watch.too-long" : null;

    /// <summary>交接班: the unit leaves a note for the next shift.</summary>
    /// <exception cref="RuleBrokenException">watch.not-allowed (403) · watch.cancelled, watch.not-begun, watch.handed-over (409)</exception>
    public void HandOver(Actor actor, string note, string? problems, DateTimeOffset now)
    {
        Allow(actor, Unit);
        Require(CancelledAt is null, "watch.cancelled");
        Require(now >= StartsAt, "watch.not-begun");
        Require(HandedOverAt is null, "watch.handed-over");
        (HandedOverAt, HandedOverBy, HandOverNote, HandOverProblems) = (now, actor.UserName, note, problems);
        Version++;
    }

    /// <exception cref="RuleBrokenException">watch.not-allowed (403) · watch.cancelled, watch.handed-over, watch.over (409)</exception>
    public void Cancel(Actor actor, string reason, DateTimeOffset now)
    {
        Allow(actor, Unit);
        Require(CancelledAt is null, "watch.cancelled");
        Require(HandedOverAt is null, "watch.handed-over");
        Require(EndsAt > now, "watch.over");
        (CancelledAt, CancelledBy, CancelReason) = (now, actor.UserName, reason);
        Version++;
    }

    /// <summary>A unit writes its own roster.</summary>
    /// <exception cref="RuleBrokenException">watch.not-allowed (403)</exception>
    public static void Allow(Actor actor, string unit)
    {
        if (!actor.ActsFor(unit))
        {
            throw new RuleBrokenException("watch.not-allowed", RuleKind.Forbidden);
        }
    }

    private static void Require(bool holds, string code)
    {
        if (!holds)
        {
            throw new RuleBrokenException(code, RuleKind.Conflict);
        }
    }
}
