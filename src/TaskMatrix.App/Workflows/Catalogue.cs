using System.Collections.Concurrent;
using TaskMatrix.App.Plans;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Overdue;
using TaskMatrix.Engine.Plans;
using TaskMatrix.Engine.Schedules;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>What is in force at one moment: the published definitions, with the office's assumptions in the duties.</summary>
/// <param name="set">Its duties are the effective ones.</param>
/// <param name="older">Reads a published version of a process that is not the newest.</param>
public sealed class Catalogue(DefinitionSet set, string stamp, Func<string, int, ProcessDefinition> older)
{
    private readonly ConcurrentDictionary<(string, int), ProcessDefinition> _older = new();
    private readonly ConcurrentDictionary<string, Reckoning> _reckonings = new();
    private readonly ConcurrentDictionary<string, Coverage> _coverages = new();
    private readonly Dictionary<string, Duty> _duties = set.Duties.ToDictionary(duty => duty.Id);

    public DefinitionSet Set { get; } = set;

    /// <summary>Changes with every publication, on every node.</summary>
    public string Stamp { get; } = stamp;

    public Duty? Duty(string id) => _duties.GetValueOrDefault(id);

    public IEnumerable<Duty> DutiesOn(string jurisdiction, string eventKind) =>
        Set.Duties.Where(duty => duty.Jurisdiction == jurisdiction && duty.Event == eventKind && duty.Enabled);

    /// <summary>A running task keeps the version it began with.</summary>
    public ProcessDefinition Process(string id, int version) =>
        Set.Processes.TryGetValue(id, out var newest) && newest.Version == version
            ? newest
            : _older.GetOrAdd((id, version), key => older(key.Item1, key.Item2));

    public ProcessDefinition ProcessOf(Duty duty) => Set.Processes[duty.Process];

    public EscalationLadder? Ladder(string? id) => id is null ? null : Set.Ladders.GetValueOrDefault(id);

    /// <summary>Deadlines of a jurisdiction, in its zone and calendar.</summary>
    public Reckoning Reckoning(string jurisdiction) => _reckonings.GetOrAdd(jurisdiction, id =>
    {
        var place = Set.Jurisdiction(id) ?? throw new Organisations.NotFoundException("jurisdiction", id);
        return new Reckoning(TimeZoneInfo.FindSystemTimeZoneById(place.Zone), Set.Calendars[place.Calendar]);
    });

    /// <summary>Worked out once for each plan: every reader of its text asks for it.</summary>
    /// <param name="plan">Of <see cref="Set"/>.</param>
    public Coverage CoverageOf(PlanContent plan) => _coverages.GetOrAdd(plan.Id, (_, of) => Set.CoverageOf(of), plan);

    public string? AccountablePost(string jurisdiction, string unit) => Set.Unit(jurisdiction, unit)?.AccountablePost?.Title;

    public IReadOnlyList<string> UnitsOfClass(string jurisdiction, string unitClass) =>
        [.. Set.UnitsOf(jurisdiction).Where(unit => unit.ClosedAt is null && unit.Classes.Contains(unitClass)).Select(unit => unit.Id)];
}
