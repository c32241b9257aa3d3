using TaskMatrix.App.Duties;
using TaskMatrix.App.Plans;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Web.Plans;

/// <summary>A duty and how its tasks stand, of those the reader may see.</summary>
public sealed record PlanDuty(DutyView Duty, Standing Standing)
{
    /// <summary>Null: it has no task yet.</summary>
    public Light? Light => Standing.HasLight ? Standing.Light : null;
}

/// <summary>A stretch of text between two borders of clauses or quotations.</summary>
/// <param name="Clause">Id of the clause that begins here; null elsewhere.</param>
/// <param name="Gives">Some duty quotes it.</param>
/// <param name="Light">The worst of the duties that quote it; null where none of them has a task.</param>
/// <param name="Ends">Numbers of the duties, within their paragraph, whose sentence ends here.</param>
public sealed record PlanStretch(string Text, string? Clause, bool Gives, Light? Light, IReadOnlyList<int> Ends);

/// <summary>A line of the document with the duties that rest on it.</summary>
/// <param name="Begins">Id of the section that begins with this line; null elsewhere.</param>
/// <param name="Section">Id of the section it stands in; null before the first one.</param>
public sealed record PlanParagraph(string? Begins, string? Section, bool Heading, IReadOnlyList<PlanStretch> Stretches, IReadOnlyList<PlanDuty> Duties);

/// <summary>Cuts a document for reading: every character of it appears once and in order. Goes through it once, however long it is.</summary>
internal sealed class PlanParagraphs
{
    private readonly string _document;
    private readonly Queue<ClauseView> _clauses;
    private readonly Queue<PlanDuty> _duties;
    private List<PlanDuty> _quoted = [];

    private PlanParagraphs(string document, IReadOnlyList<ClauseView> clauses, IReadOnlyList<PlanDuty> duties) =>
        (_document, _clauses, _duties) = (document, new(clauses.OrderBy(clause => clause.Start)), new(duties.OrderBy(duty => duty.Duty.Clause.Start)));

    public static IReadOnlyList<PlanParagraph> Of(string document, IReadOnlyList<ClauseView> clauses, IReadOnlyList<PlanDuty> duties) =>
        [.. new PlanParagraphs(document, clauses, duties).Read()];

    private IEnumerable<PlanParagraph> Read()
    {
        string? section = null;
        for (var start = 0; start < _document.Length;)
        {
            var end = _document.IndexOf('\n', start) is var at and >= 0 ? at : _document.Length;
            var within = Take(_clauses, clause => clause.Start < end);
            var duties = Take(_duties, duty => duty.Duty.Clause.Start < end);
            _quoted = [.. _quoted.Where(duty => duty.Duty.Clause.End > start), .. duties];
            if (!_document.AsSpan(start, end - start).IsWhiteSpace())
            {
                var begins = within.FirstOrDefault(clause => clause.Section is not null && clause.Section != section)?.Section;
                section = begins ?? section;
                yield return new PlanParagraph(begins, section, within is [{ Role: "heading" }, ..], [.. Stretches(start, end, within, duties)], duties);
            }

            start = end + 1;
        }
    }

    private static List<T> Take<T>(Queue<T> coming, Func<T, bool> begins)
    {
        var taken = new List<T>();
        while (coming.TryPeek(out var next) && begins(next))
        {
            taken.Add(coming.Dequeue());
        }

        return taken;
    }

    private IEnumerable<PlanStretch> Stretches(int start, int end, List<ClauseView> clauses, List<PlanDuty> duties)
    {
        var begun = clauses.ToLookup(clause => clause.Start, clause => clause.Id);
        var borders = clauses.SelectMany(clause => new[] { clause.Start, clause.End })
            .Concat(_quoted.SelectMany(duty => new[] { duty.Duty.Clause.Start, duty.Duty.Clause.End }))
            .Append(start).Append(end).Where(border => border >= start && border <= end).Distinct().Order().ToList();
        return borders.Zip(borders.Skip(1), (from, to) =>
        {
            var over = _quoted.Where(duty => duty.Duty.Clause.Start <= from && duty.Duty.Clause.End >= to).ToList();
            return new PlanStretch(_document[from..to], begun[from].FirstOrDefault(), over.Count > 0, over.Max(duty => duty.Light),
                [.. duties.Index().Where(duty => Math.Min(duty.Item.Duty.Clause.End, end) == to).Select(duty => duty.Index + 1)]);
        });
    }
}
