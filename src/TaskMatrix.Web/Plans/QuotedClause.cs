using TaskMatrix.App.Duties;

namespace TaskMatrix.Web.Plans;

/// <summary>A quotation with the words of its paragraph around it.</summary>
/// <param name="Before">Shortened from the front where the paragraph is long.</param>
public sealed record QuotedClause(string Section, string ClauseId, string Before, string Quote, string After)
{
    /// <summary>Characters of context on each side.</summary>
    private const int Most = 160;

    public static QuotedClause Of(string document, DutyClause clause)
    {
        var from = document.LastIndexOf('\n', Math.Max(0, clause.Start - 1)) + 1;
        var to = document.IndexOf('\n', clause.End) is var end and >= 0 ? end : document.Length;
        var before = document[Math.Min(from, clause.Start)..clause.Start].TrimStart();
        var after = document[clause.End..to].TrimEnd();
        return new QuotedClause(
            clause.Section, clause.Id, before.Length > Most ? "…" + before[^Most..] : before, clause.Quote,
            after.Length > Most ? after[..Most] + "…" : after);
    }
}
