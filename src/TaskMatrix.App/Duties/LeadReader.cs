using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;

namespace TaskMatrix.App.Duties;

/// <summary>Reads who leads a duty and who answers, is asked and is told.</summary>
internal static class LeadReader
{
    /// <returns>The unit of the file, or of a collective duty its units in the order of the jurisdiction, and their class.</returns>
    public static (IReadOnlyList<string> Units, string? Class) Read(YamlMap duty, DutyContext context)
    {
        if (duty.OptionalMap("units")?.Only("class", "ids") is not { } units)
        {
            return (OfFile(duty, context), null);
        }

        if (context.Unit is not null)
        {
            duty.Problem("units", "definition.misplaced-member", "units", "unit");
        }

        if (units.Has("ids") && units.Scalars("ids").Count == 0)
        {
            units.Problem("ids", "yaml.missing", "ids");
        }

        return units.Has("ids")
            ? (context.UnitsListed(units, "ids"), null)
            : (context.UnitsOfClass(units, "class"), units.OptionalText("class"));
    }

    /// <summary>As given, else the default by the owners.</summary>
    public static Raci Raci(YamlMap duty, DutyContext context, IReadOnlyList<string> leads, IReadOnlyList<CoOwner> coOwners)
    {
        var byOwners = DutyDefaults.RaciOf(leads, coOwners);
        if (duty.OptionalMap("raci")?.Only("responsible", "accountable", "consulted", "informed") is not { } raci)
        {
            return byOwners;
        }

        IReadOnlyList<string> Given(string member, IReadOnlyList<string> otherwise) => raci.Has(member) ? context.UnitsListed(raci, member) : otherwise;
        return new Raci(
            Given("responsible", byOwners.Responsible), Given("accountable", byOwners.Accountable),
            Given("consulted", byOwners.Consulted), Given("informed", byOwners.Informed));
    }

    private static IReadOnlyList<string> OfFile(YamlMap duty, DutyContext context)
    {
        if (context.Unit is { } unit)
        {
            return [unit];
        }

        duty.Problem("units", "yaml.missing", "units");
        return [];
    }
}
