using TaskMatrix.Engine.Organisations;
using static TaskMatrix.Engine.Inspections.InspectionState;

namespace TaskMatrix.Engine.Inspections;

/// <summary>One row of the table of an inspection: who may do what from which states, and where it may lead.</summary>
/// <param name="Who">In words, for the documentation.</param>
/// <param name="To">The same as <paramref name="From"/> where the state stays.</param>
public sealed record InspectionRule(
    string Action, string Who, Func<Inspection, Actor, DateTimeOffset, bool> Allows, IReadOnlyList<InspectionState> From, IReadOnlyList<InspectionState> To);

/// <summary>The table of an inspection; guards, allowed actions and <c>docs/inspection-states.md</c> all read this one list.</summary>
public static class InspectionActions
{
    public const string IssueOrder = "issue-order", Explain = "explain", Find = "find", RequireRectification = "require-rectification",
        Recheck = "recheck", Propose = "propose", DecideMeasure = "decide-measure", Close = "close";

    private const string Inspector = "inspector";

    public static readonly IReadOnlyList<InspectionRule> Rules =
    [
        new(IssueOrder, "inspector, or a rung of a ladder", IsInspectorOrSystem, [Open, Ordered, Explained], [Ordered]),
        new(Explain, "the inspected unit", (inspection, actor, _) => actor.ReadsFor(inspection.Unit), [Ordered, Explained], [Explained]),
        new(Find, "inspector, or the team while its round runs", IsInspectorOrTeam, [Ordered, Explained], [Found]),
        new(RequireRectification, Inspector, IsInspector, [Found, Rectifying], [Rectifying]),
        new(Recheck, Inspector, IsInspector, [Rectifying], [Rechecked, Rectifying]),
        new(Propose, Inspector, IsInspector, [Found, Rectifying, Rechecked], [Found, Rectifying, Rechecked]),
        new(DecideMeasure, "leader", (_, actor, _) => actor.Is(Role.Leader), [Found, Rectifying, Rechecked, Closed], [Found, Rectifying, Rechecked, Closed]),
        new(Close, Inspector, IsInspector, [Found, Rechecked], [Closed]),
    ];

    private static readonly Dictionary<string, InspectionRule> ByName = Rules.ToDictionary(rule => rule.Action);

    public static InspectionRule Rule(string action) => ByName[action];

    private static bool IsInspector(Inspection inspection, Actor actor, DateTimeOffset now) => actor.Is(Role.Inspector);

    private static bool IsInspectorOrSystem(Inspection inspection, Actor actor, DateTimeOffset now) => actor.Is(Role.Inspector) || actor.Is(Role.Scheduler);

    private static bool IsInspectorOrTeam(Inspection inspection, Actor actor, DateTimeOffset now) => actor.Is(Role.Inspector) || inspection.HasOnTeam(actor, now);
}
