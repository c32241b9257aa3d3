using System.Collections.Immutable;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Reports;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Overdue;
using TaskMatrix.Engine.Plans;
using TaskMatrix.Engine.Schedules;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>All that the system runs on, checked against each other. Never changes; a change makes a new set.</summary>
public sealed record DefinitionSet
{
    public static readonly DefinitionSet Empty = new();

    public ImmutableList<Jurisdiction> Jurisdictions { get; init; } = [];

    /// <summary>By jurisdiction, then in the order of its seed.</summary>
    public ImmutableList<OrganisationUnit> Units { get; init; } = [];

    public ImmutableList<PlanContent> Plans { get; init; } = [];

    /// <summary>By plan, then in the order of its text.</summary>
    public ImmutableList<Duty> Duties { get; init; } = [];

    /// <summary>By plan id: the stretches of its text that give nobody a duty.</summary>
    public ImmutableDictionary<string, ImmutableList<NoDuty>> NoDuties { get; init; } = ImmutableDictionary<string, ImmutableList<NoDuty>>.Empty;

    /// <summary>The newest version of each process.</summary>
    public ImmutableDictionary<string, ProcessDefinition> Processes { get; init; } = ImmutableDictionary<string, ProcessDefinition>.Empty;

    public ImmutableDictionary<string, EscalationLadder> Ladders { get; init; } = ImmutableDictionary<string, EscalationLadder>.Empty;

    public ImmutableDictionary<string, WorkingCalendar> Calendars { get; init; } = ImmutableDictionary<string, WorkingCalendar>.Empty;

    /// <summary>In the order of the catalogue.</summary>
    public ImmutableList<EventKind> EventKinds { get; init; } = [];

    public ImmutableDictionary<string, FormDefinition> Forms { get; init; } = ImmutableDictionary<string, FormDefinition>.Empty;

    /// <summary>Version of every definition in the set, by its id.</summary>
    public ImmutableDictionary<string, int> Versions { get; init; } = ImmutableDictionary<string, int>.Empty;

    public Jurisdiction? Jurisdiction(string id) => Jurisdictions.Find(jurisdiction => jurisdiction.Id == id);

    public IReadOnlyList<OrganisationUnit> UnitsOf(string jurisdiction) => Units.FindAll(unit => unit.Jurisdiction == jurisdiction);

    public OrganisationUnit? Unit(string jurisdiction, string id) => Units.Find(unit => unit.Jurisdiction == jurisdiction && unit.Id == id);

    /// <summary>Whether a unit may get tasks: it was not closed.</summary>
    public bool Works(string jurisdiction, string unit) => Unit(jurisdiction, unit) is null or { ClosedAt: null };

    /// <summary>The own area of a unit; null where it has none.</summary>
    public Jurisdiction? AreaOf(string jurisdiction, string unit) => Jurisdictions.Find(place => place.Parent == jurisdiction && place.ParentUnit == unit);

    public PlanContent? Plan(string id) => Plans.Find(plan => plan.Id == id);

    public Duty? Duty(string id) => Duties.Find(duty => duty.Id == id);

    public EventKind? EventKind(string id) => EventKinds.Find(kind => kind.Id == id);

    public IReadOnlyList<Duty> DutiesOf(string plan) => Duties.FindAll(duty => duty.Plan == plan);

    /// <summary>Whether every sentence of a plan has become a duty.</summary>
    public Coverage CoverageOf(PlanContent plan) =>
        plan.CoverageBy(DutiesOf(plan.Id), NoDuties.GetValueOrDefault(plan.Id, []), UnitsOf(plan.Definition.Jurisdiction));

    /// <summary>Adds a plan, or replaces the one of that id; its duties come as definitions.</summary>
    /// <exception cref="Engine.TaskInstances.RuleBrokenException">plan.section-not-found (400)</exception>
    public DefinitionSet WithPlan(PlanDefinition plan) => this with
    {
        Plans = Plans.RemoveAll(known => known.Id == plan.Id).Add(PlanContent.Read(plan, UnitsOf(plan.Jurisdiction))),
    };
}
