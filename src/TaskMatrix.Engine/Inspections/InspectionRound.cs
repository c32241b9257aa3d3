using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using static TaskMatrix.Engine.Workflows.Guards;

namespace TaskMatrix.Engine.Inspections;

/// <summary>What a round is planned with.</summary>
public sealed record RoundPlan(
    Guid Id, string Jurisdiction, string Number, InspectionKind Kind, string Title, string Reason, DateTimeOffset From, DateTimeOffset? Until, IReadOnlyList<TeamMember> Team);

/// <summary>适时组成督导组: a team goes to several units for a time; each unit has an inspection of its own in it.</summary>
public sealed class InspectionRound
{
    private InspectionRound()
    {
    }

    public Guid Id { get; private set; }

    public string Key { get; private set; } = "";

    public string Jurisdiction { get; private set; } = "";

    /// <summary>督导-2020-0001, by jurisdiction and year.</summary>
    public string Number { get; private set; } = "";

    /// <summary>Round or Joint.</summary>
    public InspectionKind Kind { get; private set; }

    public string Title { get; private set; } = "";

    public string Reason { get; private set; } = "";

    public DateTimeOffset From { get; private set; }

    /// <summary>Null: until its inspections are closed.</summary>
    public DateTimeOffset? Until { get; private set; }

    public IReadOnlyList<TeamMember> Team { get; private set; } = [];

    /// <summary>User names of the team, each between bars, for the lists of its members.</summary>
    public string TeamNames { get; private set; } = "|";

    /// <summary>Post.</summary>
    public string PlannedBy { get; private set; } = "";

    public DateTimeOffset PlannedAt { get; private set; }

    public int Version { get; private set; }

    /// <exception cref="RuleBrokenException">inspection.not-allowed (403) · inspection.round-ends-early, inspection.joint-needs-units (400)</exception>
    public static InspectionRound Plan(RoundPlan plan, Actor actor, DateTimeOffset now)
    {
        Allow(actor.Is(Role.Inspector) && actor.Jurisdiction == plan.Jurisdiction, "inspection.not-allowed");
        Valid(plan.Until is null || (plan.Until > plan.From && plan.Until > now), "inspection.round-ends-early", plan.Until ?? now);
        RequireSeveral(plan.Kind, plan.Team);
        var round = new InspectionRound
        {
            Id = plan.Id, Key = plan.Id.ToString(), Jurisdiction = plan.Jurisdiction, Number = plan.Number, Kind = plan.Kind, Title = plan.Title,
            Reason = plan.Reason, From = plan.From, Until = plan.Until, PlannedBy = actor.Post, PlannedAt = now, Version = 1,
        };
        round.Take(plan.Team);
        return round;
    }

    /// <summary>Another team from now on; the rights of those no longer on it end with this.</summary>
    /// <exception cref="RuleBrokenException">inspection.not-allowed (403) · inspection.round-over (409) · inspection.joint-needs-units (400)</exception>
    public void SetTeam(Actor actor, IReadOnlyList<TeamMember> team, DateTimeOffset now)
    {
        Allow(MayPlan(actor), "inspection.not-allowed");
        Require(Until is null || now < Until, "inspection.round-over");
        RequireSeveral(Kind, team);
        Take(team);
        Version++;
    }

    /// <summary>Inspectors and leaders, and the team while the round runs.</summary>
    public bool VisibleTo(Actor actor, DateTimeOffset now) =>
        actor.Jurisdiction == Jurisdiction
        && (actor.Is(Role.Inspector) || actor.Is(Role.Leader) || (InspectionTeam.RunsAt(now) && Team.Any(member => member.UserName == actor.UserName)));

    public bool MayPlan(Actor actor) => actor.Is(Role.Inspector) && actor.Jurisdiction == Jurisdiction;

    /// <summary>As its inspections carry it.</summary>
    public InspectionTeam InspectionTeam => new(Team, From, Until);

    /// <summary>联合: a team that is named comes from two units at least.</summary>
    private static void RequireSeveral(InspectionKind kind, IReadOnlyList<TeamMember> team) =>
        Valid(kind is not InspectionKind.Joint || team.Count == 0 || team.Select(member => member.Unit).Distinct().Count() > 1, "inspection.joint-needs-units");

    private void Take(IReadOnlyList<TeamMember> team) =>
        (Team, TeamNames) = (team, $"|{string.Join('|', team.Select(member => member.UserName))}|");
}
