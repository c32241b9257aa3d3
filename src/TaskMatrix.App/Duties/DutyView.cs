using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Reports;

namespace TaskMatrix.App.Duties;

/// <summary>A duty as the API and the pages show it.</summary>
public sealed record DutyView(
    string Id, string Jurisdiction, string Plan, DutyClause Clause, string Title, string English, DutyKind Kind, IReadOnlyList<string> LeadUnits,
    string? UnitClass, IReadOnlyList<CoOwner> CoOwners, Raci Raci, string Workflow, int WorkflowVersion, int Version, string Definition,
    IReadOnlyDictionary<string, IReadOnlyList<string>> With, DutySchedule? Schedule, string? Event, string Acknowledge, string Due,
    string Calendar, string? Ladder, string? Phase, bool Enabled, IReadOnlyList<Assumption> Assumptions,
    IReadOnlyList<int> Levels, string? DerivedFrom, RegisterDefinition? Register = null, bool RaiserOnly = false)
{
    public static DutyView Of(Duty duty) => new(
        duty.Id, duty.Jurisdiction, duty.Plan, new DutyClause(duty.Clause.ClauseId, duty.Clause.Section, duty.Clause.Quote, duty.Clause.Start, duty.Clause.End),
        duty.Title, duty.English, duty.Kind, duty.LeadUnits, duty.UnitClass, duty.CoOwners, duty.Raci, duty.Process, duty.ProcessVersion,
        duty.Version, duty.Definition, duty.With, duty.Schedule, duty.Event, duty.AcknowledgeWithin, duty.Due, duty.Calendar, duty.Ladder,
        duty.Phase, duty.Enabled, duty.Assumptions, duty.Levels, duty.DerivedFrom, duty.Register, duty.RaiserOnly);
}

/// <param name="Start">Offset of the quotation in the document; <paramref name="End"/> is one past its last character.</param>
public sealed record DutyClause(string Id, string Section, string Quote, int Start, int End);
