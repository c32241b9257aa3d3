using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Organisations;

/// <summary>A way to reach somebody that the plan itself gives.</summary>
/// <param name="Unit">Whose it is.</param>
/// <param name="Quote">The exact words of the document, masked where they are masked there.</param>
/// <param name="Events">Kinds of events it is given for; none: the document gives it for all.</param>
public sealed record PlanContact(string Unit, string Quote, IReadOnlyList<string> Events);

internal static class PlanContacts
{
    /// <summary>Reads them from a seed; each quotation stands in the document.</summary>
    public static IReadOnlyList<PlanContact> Read(YamlMap root, string document, IReadOnlyList<OrganisationUnit> units)
    {
        var contacts = new List<PlanContact>();
        foreach (var map in root.OptionalMaps("contacts").Select(map => map.Only("unit", "quote", "events")))
        {
            var contact = new PlanContact(map.Text("unit"), map.Text("quote"), map.Texts("events"));
            if (!document.Contains(contact.Quote, StringComparison.Ordinal))
            {
                map.Problem("quote", "seed.contact-not-in-text", contact.Quote);
            }

            if (units.All(unit => unit.Id != contact.Unit))
            {
                map.Problem("unit", "definition.unknown-unit", contact.Unit, units.Select(unit => unit.Jurisdiction).FirstOrDefault() ?? "");
            }

            contacts.Add(contact);
        }

        return contacts;
    }

    /// <summary>Of the plans of a jurisdiction, for one kind of event.</summary>
    public static IEnumerable<PlanContact> For(string kind, string jurisdiction, Catalogue catalogue) =>
        catalogue.Set.Plans.Where(plan => plan.Definition.Jurisdiction == jurisdiction).SelectMany(plan => plan.Definition.Contacts)
            .Where(contact => contact.Events.Count == 0 || contact.Events.Contains(kind));
}
