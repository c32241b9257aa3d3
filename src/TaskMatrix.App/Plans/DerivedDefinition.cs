using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Plans;

namespace TaskMatrix.App.Plans;

/// <summary>
/// Writes a plan made from the plan above and the file of its duties, as the office itself would publish it: from then on both
/// are changed through the usual calls.
/// </summary>
internal sealed class DerivedDefinition(DerivePlan.Command command, Plan above, Jurisdiction place, IReadOnlyList<OrganisationUnit> units, DefinitionSet set)
{
    /// <returns>The plan, the YAML of its duties and their ids.</returns>
    /// <exception cref="FluentValidation.ValidationException">plan.lead-unknown (400)</exception>
    public (Plan Plan, string Yaml, IReadOnlyList<string> Duties) Write()
    {
        var taken = command.Duties.Distinct().Select(one => (Duty: set.Duty(one.From)!, Unit: UnitOf(one)))
            .OrderBy(one => one.Unit.Ordinal).ThenBy(one => one.Duty.Clause.Start).ToList();
        var sentences = taken.ConvertAll(one => new TakenOver(one.Unit.Name, one.Duty.Clause.Section, one.Duty.Clause.Quote));
        var text = string.IsNullOrWhiteSpace(command.Text) ? DerivedText.Write(command.Title, above.Title, above.Number, sentences) : command.Text;
        var id = $"{place.Id}-{command.IssuedOn:yyyyMMdd}-{Guid.CreateVersion7().ToString("N")[^6..]}";
        var definition = new PlanDefinition(id, place.Id, command.Title, "", command.Number ?? "", command.IssuedOn, text, null, [], []);
        var document = PlanContent.Read(definition, units).Document;

        var yaml = new DutyYaml(id);
        var ids = new List<string>();
        for (var i = 0; i < taken.Count; i++)
        {
            var (duty, unit) = taken[i];
            ids.Add(IdOf(duty, unit, ids));
            var section = string.IsNullOrWhiteSpace(command.Text) ? DerivedText.Heading(i, sentences[i]) : SectionOf(document, duty.Clause.Quote);
            yaml.Add(Copy(duty, ids[i], unit, section, text));
        }

        return (Plan.Of(definition, above.Id), yaml.ToString(), ids);
    }

    private CopiedDuty Copy(Duty duty, string id, OrganisationUnit unit, string section, string text)
    {
        var (with, mapped) = new AreaParameters(units, above.Jurisdiction, set).Of(duty);
        return new CopiedDuty(duty, id, unit, section, with, Owners(duty, unit, text), [.. Reasons(duty, unit, text), .. mapped]);
    }

    private OrganisationUnit UnitOf(DerivePlan.Taken taken) =>
        units.FirstOrDefault(unit => unit.Id == taken.LeadUnit) ?? throw DerivePlan.Invalid("duties", "plan.lead-unknown", $"{taken.LeadUnit} ({taken.From})");

    /// <summary>area.unit.slug, with a number where the slug is taken already.</summary>
    private string IdOf(Duty duty, OrganisationUnit unit, List<string> taken)
    {
        var id = $"{place.Id}.{unit.Id}.{duty.Id.Split('.')[^1]}";
        return taken.Contains(id) ? Enumerable.Range(2, taken.Count + 1).Select(n => $"{id}-{n}").First(free => !taken.Contains(free)) : id;
    }

    /// <summary>The section of a given text in which the sentence stands once; the first one where there is none, and reading the file tells it.</summary>
    private static string SectionOf(PlanDocument document, string quote) =>
        (document.Sections.FirstOrDefault(section => document.Find(section, quote).Count == 1) ?? document.Sections[0]).Id;

    private IEnumerable<CoOwner> Kept(Duty duty, OrganisationUnit lead) => duty.CoOwners.Where(co => co.Unit != lead.Id && units.Any(unit => unit.Id == co.Unit));

    /// <summary>Words that the new text does not have cannot be quoted from it.</summary>
    private List<CoOwner> Owners(Duty duty, OrganisationUnit lead, string text) =>
        [.. Kept(duty, lead).DistinctBy(co => co.Unit).Select(co => text.Contains(co.Wording, StringComparison.Ordinal) ? co : co with { Wording = "" })];

    private IEnumerable<Assumption> Reasons(Duty duty, OrganisationUnit lead, string text)
    {
        yield return new Assumption("clause", null, $"参照《{above.Title}》复制自 {duty.Id}（{duty.Title}），由{lead.Name}承担");
        var gone = duty.CoOwners.Select(co => co.Unit).Distinct().Where(unit => units.All(known => known.Id != unit)).ToList();
        if (gone.Count > 0)
        {
            var names = gone.Select(unit => set.Unit(above.Jurisdiction, unit)?.Name ?? unit);
            yield return new Assumption("coOwners", null, $"上级方案的配合单位{string.Join('、', names)}不属本行政区域，未列入");
        }

        if (Kept(duty, lead).Any(co => co.Wording.Length > 0 && !text.Contains(co.Wording, StringComparison.Ordinal)))
        {
            yield return new Assumption("coOwners", null, "配合单位依上级方案，本方案文本没有相应字句");
        }

        if (duty.Phase is not null)
        {
            yield return new Assumption("phase", null, "上级方案的工作阶段未带入，按整个方案期间执行");
        }
    }
}
