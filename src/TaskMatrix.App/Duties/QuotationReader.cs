using TaskMatrix.App.Plans;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;

namespace TaskMatrix.App.Duties;

/// <summary>Finds a quotation in its section of the document: exactly once, or not at all.</summary>
internal static class QuotationReader
{
    /// <param name="map">Has the members <c>section</c> and <c>quote</c>.</param>
    /// <returns>Offsets 0 to 0, with the problem told, when it does not stand exactly once.</returns>
    public static Quotation Read(YamlMap map, PlanContent plan)
    {
        var (section, quote) = (map.Text("section"), map.Text("quote"));
        if (section.Length == 0 || quote.Length == 0)
        {
            return new Quotation(section, quote, "", 0, 0);
        }

        if (plan.Document.Section(section) is not { } found)
        {
            map.Problem("section", "definition.unknown-section", section, plan.Id);
            return new Quotation(section, quote, "", 0, 0);
        }

        var starts = plan.Document.Find(found, quote);
        if (starts is [var start])
        {
            return new Quotation(section, quote, plan.Document.At(start)?.Id ?? "", start, start + quote.Length);
        }

        map.Problem("quote", starts.Count == 0 ? "definition.quote-not-found" : "definition.quote-ambiguous", quote, section, starts.Count);
        return new Quotation(section, quote, "", 0, 0);
    }
}
