using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Engine.Plans;

/// <summary>A stretch of text that gives nobody a duty, and why.</summary>
public sealed record NoDuty(string Section, string Quote, string Reason, int Start, int End);

/// <summary>Text of a duty section that no duty quotes and no reason explains.</summary>
public sealed record Gap(string ClauseId, int Start, int End, string Text);

/// <param name="Clause">Id of the clause in which the name first stands; null when it stands nowhere.</param>
public sealed record NamedWithoutDuty(string Name, string? Clause, string Why);

/// <summary>Whether every sentence of the duty sections has become a duty. Checked character by character.</summary>
/// <param name="Clauses">All clauses of the document.</param>
/// <param name="Assigning">Clauses of duty sections that give somebody a duty, or should.</param>
/// <param name="Covered">Assigning clauses without a gap.</param>
/// <param name="NoDuties">Stretches that give nobody a duty, with the reason.</param>
/// <param name="AssigningClauses">Ids of the assigning clauses.</param>
public sealed record Coverage(
    int Clauses, int Assigning, int Covered, IReadOnlyList<Gap> Uncovered,
    IReadOnlyList<NamedWithoutDuty> NamedWithoutDuty, IReadOnlyList<string> DutiesWithoutClause, IReadOnlyList<NoDuty> NoDuties,
    IReadOnlyList<string> AssigningClauses)
{
    /// <param name="names">Names in the text that belong to no unit.</param>
    public static Coverage Of(
        PlanDocument document, IReadOnlyList<Duty> duties, IReadOnlyList<NoDuty> exempt,
        IReadOnlyList<OrganisationUnit> units, IReadOnlyList<(string Name, string Why)> names)
    {
        var quoted = new bool[document.Text.Length];
        Mark(quoted, duties.Select(duty => (duty.Clause.Start, duty.Clause.End)));
        var explained = (bool[])quoted.Clone();
        Mark(explained, exempt.Select(none => (none.Start, none.End)));

        var relevant = document.Clauses.Where(clause => !clause.Heading && (InDutySection(document, clause) || Touches(quoted, clause))).ToList();
        var gaps = relevant.Where(clause => InDutySection(document, clause)).SelectMany(clause => Gaps(document, clause, explained, units)).ToList();
        var assigning = relevant.Where(clause => Touches(quoted, clause) || gaps.Any(gap => gap.ClauseId == clause.Id)).ToList();
        return new Coverage(
            document.Clauses.Count, assigning.Count, assigning.Count(clause => gaps.All(gap => gap.ClauseId != clause.Id)), gaps,
            [.. WithoutDuty(document, duties, units, names)],
            [.. duties.Where(duty => !Stands(document, duty.Clause)).Select(duty => duty.Id)], exempt, [.. assigning.Select(clause => clause.Id)]);
    }

    /// <summary>A quotation stands when the text between its offsets is the quotation.</summary>
    private static bool Stands(PlanDocument document, Quotation clause) =>
        clause.End <= document.Text.Length && clause.Start >= 0 && document.Text[clause.Start..clause.End] == clause.Quote;

    private static bool InDutySection(PlanDocument document, Clause clause) =>
        clause.Section is { } id && document.Section(id) is { Duties: true };

    private static void Mark(bool[] covered, IEnumerable<(int Start, int End)> stretches)
    {
        foreach (var (start, end) in stretches)
        {
            Array.Fill(covered, true, start, end - start);
        }
    }

    private static bool Touches(bool[] covered, Clause clause) => Enumerable.Range(clause.Start, clause.End - clause.Start).Any(i => covered[i]);

    private static IEnumerable<Gap> Gaps(PlanDocument document, Clause clause, bool[] covered, IReadOnlyList<OrganisationUnit> units)
    {
        for (var at = AfterLabel(document, clause, units); at < clause.End; at++)
        {
            var start = at;
            while (at < clause.End && !covered[at])
            {
                at++;
            }

            var text = document.Text[start..at];
            if (text.Any(char.IsLetterOrDigit))
            {
                yield return new Gap(clause.Id, start, at, text);
            }
        }
    }

    /// <summary>A heading or a unit's name with a colon in front of a clause is a label and no duty.</summary>
    private static int AfterLabel(PlanDocument document, Clause clause, IReadOnlyList<OrganisationUnit> units)
    {
        var start = clause.Start;
        if (document.Sections.FirstOrDefault(section => section.Start == start) is { } section)
        {
            start += section.Text.Length;
        }

        var colon = document.Text.IndexOfAny([':', '：'], start, Math.Max(0, clause.End - start));
        return colon >= 0 && document.Text[start..colon].Split('、', '和').All(name => units.Any(unit => unit.Answers(name.Trim()))) ? colon + 1 : start;
    }

    private static IEnumerable<NamedWithoutDuty> WithoutDuty(
        PlanDocument document, IReadOnlyList<Duty> duties, IReadOnlyList<OrganisationUnit> units, IReadOnlyList<(string Name, string Why)> names)
    {
        string? ClauseOf(string name) => Standing(document.Text, name) is var at and >= 0 ? document.At(at)?.Id : null;
        var busy = duties.SelectMany(duty => duty.LeadUnits.Concat(duty.CoOwners.Select(co => co.Unit))).ToHashSet();
        return names.Select(name => new NamedWithoutDuty(name.Name, ClauseOf(name.Name), name.Why))
            .Concat(units.Where(unit => !busy.Contains(unit.Id)).Select(unit => new NamedWithoutDuty(unit.Name, ClauseOf(unit.Name), "")).Where(named => named.Clause is not null));
    }

    /// <summary>Where a name stands in a list (…、宣传、…), for some are common words too; else where it stands first; −1: nowhere.</summary>
    private static int Standing(string text, string name) =>
        text.IndexOf("、" + name + "、", StringComparison.Ordinal) is var listed and >= 0 ? listed + 1 : text.IndexOf(name, StringComparison.Ordinal);
}
