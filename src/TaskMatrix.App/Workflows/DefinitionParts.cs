using TaskMatrix.App.Duties;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Schedules;
using TaskMatrix.Engine.Plans;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>Reads one definition and puts what it says into a set, in place of its older version.</summary>
internal static class DefinitionParts
{
    /// <returns>Null, with the problem told, when nothing could be read that others could refer to.</returns>
    public static DefinitionSet? Put(DefinitionSet set, DefinitionFile file, int version, Func<string, string> document, ProblemList problems)
    {
        var put = DefinitionKinds.Of(file.Id) == DefinitionKind.Form
            ? PutForm(set, file, problems)
            : YamlText.Parse(file.Text, problems) is { } root ? Put(set, root, file.Id, version, document) : null;
        return put is null ? null : put with { Versions = put.Versions.SetItem(file.Id, version) };
    }

    private static DefinitionSet? Put(DefinitionSet set, YamlMap root, string id, int version, Func<string, string> document)
    {
        var name = DefinitionKinds.NameIn(id);
        return DefinitionKinds.Of(id) switch
        {
            DefinitionKind.Calendar => set with { Calendars = set.Calendars.SetItem(name, CalendarReader.Read(root, name)) },
            DefinitionKind.Ladder => set with { Ladders = set.Ladders.SetItem(name, LadderReader.Read(root, name)) },
            DefinitionKind.Events => set with { EventKinds = [.. EventCatalogueReader.Read(root, set)] },
            DefinitionKind.Seed => SeedReader.Read(root, set, document),
            DefinitionKind.Process => PutProcess(set, ProcessReader.Read(root, id, version, set)),
            DefinitionKind.NoDuties => PutNoDuties(set, DutyFileReader.ReadNoDuties(root, id, set)),
            _ => PutDuties(set with { Duties = set.Duties.RemoveAll(duty => duty.Definition == id) }, root, id, version),
        };
    }

    private static DefinitionSet? PutForm(DefinitionSet set, DefinitionFile file, ProblemList problems)
    {
        var name = DefinitionKinds.NameIn(file.Id);
        return FormReader.Read(name, file.Text, problems) is { } form ? set with { Forms = set.Forms.SetItem(name, form) } : null;
    }

    /// <summary>Duties go on with the newest version of their process; tasks already issued keep theirs.</summary>
    private static DefinitionSet PutProcess(DefinitionSet set, ProcessDefinition process) => set with
    {
        Processes = set.Processes.SetItem(process.Id, process),
        Duties = set.Duties.ConvertAll(duty => duty.Process == process.Id ? duty with { ProcessVersion = process.Version } : duty),
    };

    private static DefinitionSet PutNoDuties(DefinitionSet set, (string Plan, IReadOnlyList<NoDuty> Clauses)? read) =>
        read is var (plan, clauses) ? set with { NoDuties = set.NoDuties.SetItem(plan, [.. clauses]) } : set;

    private static DefinitionSet PutDuties(DefinitionSet others, YamlMap root, string id, int version)
    {
        var plans = others.Plans.ConvertAll(plan => plan.Id);
        var duties = others.Duties.AddRange(DutyFileReader.Read(root, id, version, others));
        return others with
        {
            Duties = [.. duties.OrderBy(duty => plans.IndexOf(duty.Plan)).ThenBy(duty => duty.Clause.Start).ThenBy(duty => duty.Id, StringComparer.Ordinal)],
        };
    }
}
