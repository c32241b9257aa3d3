using System.Text.RegularExpressions;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Engine.Plans;

/// <summary>Cuts a document into clauses. The same text always gives the same clauses, so they need not be stored.</summary>
public static partial class ClauseReader
{
    private const string Ends = "。；;!！?？\n\r";

    /// <param name="headings">Section headings in order of the text; null: every numbered heading line is a section.</param>
    public static PlanDocument Read(string text, IReadOnlyList<(string Id, string Text, bool Duties)>? headings, IReadOnlyList<OrganisationUnit> units)
    {
        var sections = Locate(text, headings ?? Detect(text));
        var clauses = new List<Clause>();
        string? unit = null;
        var lineStart = 0;
        foreach (var line in text.Split('\n'))
        {
            unit = LabelledUnit(line, units) ?? (line.Trim().Length == 0 || Numbered().IsMatch(line) ? null : unit);
            AddLine(text, lineStart, lineStart + line.Length, unit, sections, clauses);
            lineStart += line.Length + 1;
        }

        return new PlanDocument(text, sections, clauses);
    }

    private static void AddLine(string text, int start, int end, string? unit, IReadOnlyList<PlanSection> sections, List<Clause> clauses)
    {
        for (var from = start; from < end;)
        {
            var to = from;
            while (to < end && !Ends.Contains(text[to]))
            {
                to++;
            }

            to = Math.Min(to + 1, end);
            var (left, right) = Trim(text, from, to);
            if (right > left && text[left..right].Any(char.IsLetterOrDigit))
            {
                var section = sections.LastOrDefault(candidate => candidate.Start <= left);
                var heading = section is not null && section.Start == left && text[left..right] == section.Text;
                var ordinal = clauses.Count + 1;
                clauses.Add(new Clause($"c{ordinal:000}", ordinal, section?.Id, unit, left, right, text[left..right], heading));
            }

            from = to;
        }
    }

    private static (int Left, int Right) Trim(string text, int left, int right)
    {
        while (left < right && char.IsWhiteSpace(text[left]))
        {
            left++;
        }

        while (right > left && char.IsWhiteSpace(text[right - 1]))
        {
            right--;
        }

        return (left, right);
    }

    /// <summary>A paragraph that begins with a unit's name and a colon is that unit's.</summary>
    private static string? LabelledUnit(string line, IReadOnlyList<OrganisationUnit> units)
    {
        var label = line.TrimStart().Split([':', '：'], 2);
        return label.Length == 2 ? units.FirstOrDefault(unit => unit.Answers(label[0].Trim()))?.Id : null;
    }

    private static List<PlanSection> Locate(string text, IReadOnlyList<(string Id, string Text, bool Duties)> headings)
    {
        var sections = new List<PlanSection>();
        var from = 0;
        foreach (var (id, heading, duties) in headings)
        {
            var start = text.IndexOf(heading, from, StringComparison.Ordinal);
            if (start < 0)
            {
                throw new TaskInstances.RuleBrokenException("plan.section-not-found", TaskInstances.RuleKind.Invalid, heading);
            }

            sections.Add(new PlanSection(id, heading, duties, start, text.Length));
            from = start + heading.Length;
        }

        return [.. sections.Select((section, i) => section with { End = i + 1 < sections.Count ? sections[i + 1].Start : text.Length })];
    }

    private static List<(string Id, string Text, bool Duties)> Detect(string text)
    {
        var found = text.Split('\n').Select(line => line.Trim()).Where(line => Numbered().IsMatch(line))
            .Select(line => line.Split('。')[0]).Select(heading => (heading, heading, true)).ToList();
        var first = text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "";
        return found.Count > 0 ? found : [(first, first, true)];
    }

    [GeneratedRegex(@"^\s*([一二三四五六七八九十百零〇]+、|[(（][一二三四五六七八九十百零〇]+[)）])")]
    private static partial Regex Numbered();
}
