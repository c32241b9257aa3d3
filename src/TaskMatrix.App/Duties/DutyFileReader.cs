using TaskMatrix.App.Plans;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Plans;

namespace TaskMatrix.App.Duties;

/// <summary>Reads a file of duties, or of the text that gives nobody a duty.</summary>
internal static class DutyFileReader
{
    /// <param name="known">Without the duties of the version that this file replaces.</param>
    public static IReadOnlyList<Duty> Read(YamlMap root, string id, int version, DefinitionSet known)
    {
        root.Only("unit", "plan", "duties");
        if (Plan(root, id, known) is not { } plan)
        {
            return [];
        }

        var context = new DutyContext(known, plan, id, version, null);
        context = context with { Unit = root.Has("unit") ? context.UnitNamed(root, "unit") ?? root.OptionalText("unit") : null };
        var duties = new List<Duty>();
        foreach (var map in root.Maps("duties"))
        {
            var duty = DutyReader.Read(map, context, duties.Count + 1);
            if ((known.Duty(duty.Id) ?? duties.Find(other => other.Id == duty.Id)) is { } other)
            {
                map.Problem("id", "definition.duplicate-duty", duty.Id, other.Definition);
            }

            duties.Add(duty);
        }

        return duties;
    }

    /// <returns>The plan and what is listed; null, with the problem told, when there is no such plan.</returns>
    public static (string Plan, IReadOnlyList<NoDuty> Clauses)? ReadNoDuties(YamlMap root, string id, DefinitionSet known)
    {
        root.Only("plan", "clauses");
        if (Plan(root, id, known) is not { } plan)
        {
            return null;
        }

        var clauses = root.Maps("clauses").Select(map => map.Only("section", "quote", "reason"))
            .Select(map => (Quotation: QuotationReader.Read(map, plan), Reason: map.Text("reason")))
            .Select(one => new NoDuty(one.Quotation.Section, one.Quotation.Quote, one.Reason, one.Quotation.Start, one.Quotation.End));
        return (plan.Id, [.. clauses]);
    }

    /// <summary>The plan a file speaks of; it belongs to the jurisdiction in whose folder the file stands.</summary>
    private static PlanContent? Plan(YamlMap root, string id, DefinitionSet known)
    {
        var name = root.Text("plan");
        var plan = known.Plan(name);
        if (plan is null && name.Length > 0)
        {
            root.Problem("plan", "definition.unknown-plan", name);
        }
        else if (plan is not null && !id.StartsWith(plan.Definition.Jurisdiction + ".", StringComparison.Ordinal))
        {
            root.Problem("plan", "definition.wrong-jurisdiction", name, plan.Definition.Jurisdiction);
        }

        return plan;
    }
}
