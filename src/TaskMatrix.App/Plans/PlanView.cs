using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Plans;

namespace TaskMatrix.App.Plans;

/// <summary>A plan as the API shows it.</summary>
/// <param name="Level">Of the response, 1 (一级) to 4 (四级); null: none is declared.</param>
/// <param name="Phases">As the document has them; empty where it has none.</param>
/// <param name="ParentPlan">The plan above that it was made from.</param>
public sealed record PlanView(
    string Id, string Jurisdiction, string Title, string English, string Number, DateOnly IssuedOn, PlanStatus Status,
    DateOnly? ActiveFrom, DateTimeOffset? EndedAt, string DocumentSha256, int? Level, IReadOnlyList<PhaseView> Phases, string? ParentPlan)
{
    /// <summary>The plan above, how it stands included; null where it was made from none, and in the answers to commands.</summary>
    public RelatedPlan? DerivedFrom { get; init; }

    /// <summary>Plans that were made from it, as far as the caller may know of them; empty in the answers to commands.</summary>
    public IReadOnlyList<RelatedPlan> DerivedPlans { get; init; } = [];

    public static PlanView Of(Plan plan, Catalogue catalogue, DateTimeOffset now)
    {
        var today = catalogue.Reckoning(plan.Jurisdiction).LocalDate(now);
        // The published text says more of a phase than the row of an older installation.
        var phases = catalogue.Set.Plan(plan.Id)?.Definition.Phases ?? plan.Phases;
        return new PlanView(
            plan.Id, plan.Jurisdiction, plan.Title, plan.English, plan.Number, plan.IssuedOn, plan.Status, plan.ActiveFrom, plan.EndedAt, plan.DocumentSha256,
            plan.Level, [.. phases.Select(phase => PhaseView.Of(phase, plan, today))], plan.ParentPlan);
    }
}

/// <summary>A plan above or below, in short.</summary>
public sealed record RelatedPlan(string Id, string Title, PlanStatus Status);

/// <summary>A phase with its days as they shift with the activation.</summary>
/// <param name="From">First day; null: from the beginning. <paramref name="Until"/> is its last; null: to the end of the plan.</param>
/// <param name="Current">Today is one of its days, and the plan is in force.</param>
/// <param name="Quote">The words of the document.</param>
public sealed record PhaseView(string Id, string Title, string English, DateOnly? From, DateOnly? Until, bool Current, string Quote)
{
    internal static PhaseView Of(PlanPhase phase, Plan plan, DateOnly today)
    {
        DateOnly? Day(int? offset) => offset is { } days ? plan.IssuedOn.AddDays(plan.ShiftDays + days) : null;
        var (from, until) = (Day(phase.FromDay), Day(phase.UntilDay));
        var current = plan is { Status: PlanStatus.Active, ActiveFrom: { } begun } && today >= begun && !(today < from) && !(today > until);
        return new PhaseView(phase.Id, phase.Title, phase.English, from, until, current, phase.Quote);
    }
}
