using TaskMatrix.App.Duties;
using TaskMatrix.App.Plans;

namespace TaskMatrix.Web.Plans;

/// <summary>A stretch of text between two borders of clauses or quotations.</summary>
/// <param name="Clause">Id of the clause that begins here; null elsewhere.</param>
/// <param name="Gives">Some duty quotes it.</param>
public sealed record PlanStretch(string Text, string? Clause, bool Gives);

/// <summary>A line of the document with the duties that rest on it.</summary>
/// <param name="Section">Id of the section that begins with this line; null elsewhere.</param>
public sealed record PlanParagraph(string? Section, bool Heading, IReadOnlyList<PlanStretch> Stretches, IReadOnlyList<DutyView> Duties);

/// <summary>Cuts a document for reading: every character of it appears once and in order.</summary>
internal static class PlanParagraphs
{
    public static IReadOnlyList<PlanParagraph> Of(string document, IReadOnlyList<ClauseView> clauses, IReadOnlyList<DutyView> duties)
    {
        var paragraphs = new List<PlanParagraph>();
        string? section = null;
        for (var start = 0; start < document.Length;)
        {
            var end = document.IndexOf('\n', start) is var at and >= 0 ? at : document.Length;
            if (document[start..end].Trim().Length > 0)
            {
                var within = clauses.Where(clause => clause.Start >= start && clause.Start < end).ToList();
                var begins = within.FirstOrDefault(clause => clause.Section is not null && clause.Section != section)?.Section;
                section = begins ?? section;
                paragraphs.Add(new PlanParagraph(
                    begins, within is [{ Role: "heading" }, ..], [.. Stretches(document, start, end, within, duties)],
                    [.. duties.Where(duty => duty.Clause.Start >= start && duty.Clause.Start < end).OrderBy(duty => duty.Clause.Start)]));
            }

            start = end + 1;
        }

        return paragraphs;
    }

    private static IEnumerable<PlanStretch> Stretches(string document, int start, int end, List<ClauseView> clauses, IReadOnlyList<DutyView> duties)
    {
        var quotes = duties.Select(duty => duty.Clause).Where(quote => quote.Start < end && quote.End > start).ToList();
        var borders = clauses.SelectMany(clause => new[] { clause.Start, clause.End }).Concat(quotes.SelectMany(quote => new[] { quote.Start, quote.End }))
            .Append(start).Append(end).Where(border => border >= start && border <= end).Distinct().Order().ToList();
        return borders.Zip(borders.Skip(1), (from, to) => new PlanStretch(
            document[from..to], clauses.FirstOrDefault(clause => clause.Start == from)?.Id, quotes.Any(quote => quote.Start <= from && quote.End >= to)));
    }
}
