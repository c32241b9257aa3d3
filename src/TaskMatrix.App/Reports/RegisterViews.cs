using TaskMatrix.Engine.Reports;

namespace TaskMatrix.App.Reports;

/// <summary>A register and its figures on one day.</summary>
/// <param name="Title">Of the duty.</param>
/// <param name="Coverage">Lines with a result that day, 0–1; null without lines, and where no daily result is asked for.</param>
/// <param name="Results">By id of the result.</param>
/// <param name="MayWrite">Whether the caller's unit keeps it.</param>
public sealed record RegisterView(
    string Duty, string Title, string EnglishTitle, string Unit, string Name, string English, bool Daily, DateOnly Date,
    int Lines, int Answered, double? Coverage, IReadOnlyList<RegisterPlace> ByPlace, IReadOnlyDictionary<string, int> Results,
    RegisterFigures Figures, IReadOnlyList<RegisterColumnView> Columns, IReadOnlyList<RegisterResultKind> ResultKinds, bool MayWrite)
{
    internal static RegisterView Of(RegisterBook book, DateOnly date, RegisterDay day) => new(
        book.Duty.Id, book.Duty.Title, book.Duty.English, book.Unit, book.Definition.Name, book.Definition.English, book.Definition.Daily, date,
        day.All.Lines, day.All.Answered, book.Definition.Daily ? day.All.Coverage : null,
        [.. day.ByPlace.Select(place => place with { Place = place.Place is null ? null : Masking.Words(place.Place), Coverage = book.Definition.Daily ? place.Coverage : null })],
        day.Results, day.Figures, [.. book.Columns.Select(column => new RegisterColumnView(column.Id, column.Title, column.English, column.Kind, column.Personal, column.Longest))],
        book.Definition.Results, book.Right == RegisterRight.Keeps);
}

public sealed record RegisterColumnView(string Id, string Title, string English, RegisterColumnKind Kind, bool Personal, int Longest);

/// <summary>A line as one person sees it.</summary>
/// <param name="Values">By column id; masked unless <paramref name="Clear"/>.</param>
/// <param name="Result">Of the day asked for; null where none has been recorded.</param>
public sealed record RegisterLineView(
    string Code, IReadOnlyDictionary<string, string> Values, bool Clear, DateTimeOffset AddedAt, DateTimeOffset? StruckAt, string? StrikeReason,
    int Version, RegisterResultView? Result)
{
    internal static RegisterLineView Of(RegisterBook book, RegisterLine line, RegisterResult? result, bool clear) => new(
        line.Code, clear ? line.Values : book.Masked(line.Values), clear, line.AddedAt, line.StruckAt,
        clear || line.StrikeReason is null ? line.StrikeReason : Masking.Words(line.StrikeReason), line.Version,
        result is null ? null : new RegisterResultView(result.Result, clear || result.Note is null ? result.Note : Masking.Words(result.Note), result.RecordedAt));
}

public sealed record RegisterResultView(string Result, string? Note, DateTimeOffset RecordedAt);
