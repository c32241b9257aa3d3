using System.Security.Cryptography;
using System.Text;

namespace TaskMatrix.Engine.Plans;

/// <summary>A section of a plan, from its heading to the next listed one.</summary>
/// <param name="Text">The heading, an exact substring of the document.</param>
/// <param name="Duties">Every sentence must give a duty or be listed as giving none.</param>
public sealed record PlanSection(string Id, string Text, bool Duties, int Start, int End);

/// <summary>A phase of a plan; its days are offsets from the day of issue and shift with the activation.</summary>
/// <param name="Quote">The words of the document that make it a phase.</param>
public sealed record PlanPhase(string Id, string Title, string English, int? FromDay, int? UntilDay, string Quote = "");

/// <summary>A sentence, or a part of one up to a semicolon.</summary>
/// <param name="Unit">The unit whose paragraph it stands in; null where there is none.</param>
/// <param name="Start">Offset of its first character; <paramref name="End"/> is one past the last.</param>
public sealed record Clause(string Id, int Ordinal, string? Section, string? Unit, int Start, int End, string Text, bool Heading);

/// <summary>The text of a plan, kept exactly as given.</summary>
public sealed class PlanDocument(string text, IReadOnlyList<PlanSection> sections, IReadOnlyList<Clause> clauses)
{
    public string Text { get; } = text;

    public IReadOnlyList<PlanSection> Sections { get; } = sections;

    public IReadOnlyList<Clause> Clauses { get; } = clauses;

    /// <summary>Lower-case hex over the UTF-8 bytes of the text as stored.</summary>
    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The clause that holds this offset, else the next one.</summary>
    public Clause? At(int offset) => Clauses.FirstOrDefault(clause => offset < clause.End);

    public PlanSection? Section(string id) => Sections.FirstOrDefault(section => section.Id == id);

    /// <summary>Offsets at which a quotation stands in a section; the caller refuses none and refuses several.</summary>
    public IReadOnlyList<int> Find(PlanSection section, string quote)
    {
        var found = new List<int>();
        for (var at = Text.IndexOf(quote, section.Start, section.End - section.Start, StringComparison.Ordinal);
             at >= 0;
             at = Text.IndexOf(quote, at + 1, section.End - at - 1, StringComparison.Ordinal))
        {
            found.Add(at);
        }

        return found;
    }
}
