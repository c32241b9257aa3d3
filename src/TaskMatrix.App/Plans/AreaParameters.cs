using TaskMatrix.App.Duties;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Plans;

/// <summary>
/// What a duty gives to its process, where it names a class or a unit that the area does not have: the nearest the area has, or
/// nothing, each as an assumption of the copy.
/// </summary>
internal sealed class AreaParameters(IReadOnlyList<OrganisationUnit> units, string above, DefinitionSet set)
{
    private const string Class = "class";

    public (IReadOnlyDictionary<string, IReadOnlyList<string>> With, IReadOnlyList<Assumption> Mapped) Of(Duty duty)
    {
        var (with, mapped) = (duty.With.ToDictionary(), new List<Assumption>());
        if (with.TryGetValue(Class, out var classes) && classes.Any(name => !units.Any(unit => unit.Classes.Contains(name))))
        {
            with[Class] = [AreaUnits.Own];
            mapped.Add(new Assumption("with.class", null, $"本行政区域没有“{string.Join('、', classes)}”类单位，按本区域各单位执行"));
        }

        if (with.TryGetValue(CollectingDuties.Authoritative, out var holders) && holders.Any(holder => !units.Any(unit => unit.Id == holder)))
        {
            with.Remove(CollectingDuties.Authoritative);
            with.Remove(CollectingDuties.AuthoritativeFields);
            var names = string.Join('、', holders.Select(holder => set.Unit(above, holder)?.Name ?? holder));
            // The copy has no such parameter any more, so what is assumed is of its process.
            mapped.Add(new Assumption("process", null, $"上级方案以{names}报告为准，该单位不属本行政区域，未带入"));
        }

        return (with, mapped);
    }
}
