namespace TaskMatrix.Engine.Reports;

/// <summary>登记册: the register that a duty asks each of its units to keep.</summary>
/// <param name="Columns">Ids of the columns of a line, in their order; the first is <see cref="RegisterColumn.Code"/>.</param>
/// <param name="Daily">Whether each line has a result a day.</param>
/// <param name="Results">What a line's day may come to; empty unless <paramref name="Daily"/>.</param>
public sealed record RegisterDefinition(
    string Name, string English, IReadOnlyList<string> Columns, bool Daily, IReadOnlyList<RegisterResultKind> Results);

/// <param name="Id">camelCase; <c>notReached</c> and <c>unwell</c> also count in the daily form.</param>
public sealed record RegisterResultKind(string Id, string Title, string English)
{
    public const string NotReached = "notReached", Unwell = "unwell";
}
