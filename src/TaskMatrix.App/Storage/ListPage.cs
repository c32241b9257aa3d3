using System.Globalization;
using System.Text;
using FluentValidation;
using FluentValidation.Results;

namespace TaskMatrix.App.Storage;

/// <summary>One page of a list, by keyset and never by offset.</summary>
/// <param name="NextCursor">Null on the last page.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>How much of a list, from where.</summary>
/// <param name="Limit">1–200, 50 when null.</param>
public sealed record Paging(string? Cursor, int? Limit)
{
    public static readonly Paging First = new(null, null);

    public const int Default = 50, Most = 200;

    public int Size => Limit ?? Default;

    /// <exception cref="ValidationException">paging.limit, paging.cursor (400)</exception>
    public (long Moment, string Key)? After()
    {
        if (Limit is < 1 or > Most)
        {
            throw Invalid("limit", "paging.limit");
        }

        if (Cursor is null)
        {
            return null;
        }

        try
        {
            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(Cursor.Replace('-', '+').Replace('_', '/'))).Split('|', 2);
            return (MomentOf(parts[0]), parts[1]);
        }
        catch (Exception e) when (e is FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw Invalid("cursor", "paging.cursor");
        }
    }

    /// <summary>Cuts a list that was read one longer than asked for.</summary>
    public ListPage<TView> Cut<T, TView>(IReadOnlyList<T> rows, Func<T, TView> view, Func<T, (long Moment, string Key)> cursor) =>
        new([.. rows.Take(Size).Select(view)], rows.Count > Size ? Write(cursor(rows[Size - 1])) : null);

    private static long MomentOf(string text) =>
        long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) is var ticks && ticks <= DateTimeOffset.MaxValue.UtcTicks ? ticks : throw new OverflowException();

    private static string Write((long Moment, string Key) at) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{at.Moment}|{at.Key}")).Replace('+', '-').Replace('/', '_');

    private static ValidationException Invalid(string field, string code) =>
        new([new ValidationFailure(field, code) { ErrorCode = code }]);
}
