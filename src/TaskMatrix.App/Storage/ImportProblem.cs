namespace TaskMatrix.App.Storage;

/// <summary>Something wrong in a file of rows.</summary>
/// <param name="Line">1-based line of the file on which the row begins; 0 for the file as a whole.</param>
/// <param name="Column">Id of the column, or a heading that is none; null for the row or file.</param>
/// <param name="Code">Dotted and stable. Texts are looked up by it, with column and value as arguments.</param>
/// <param name="Value">What stands there, shortened; empty for the row or file.</param>
public sealed record ImportProblem(int Line, string? Column, string Code, string Value = "")
{
    private const int Shown = 60;

    public static ImportProblem At(int line, string? column, string code, string value) =>
        new(line, column, code, value.Length > Shown ? value[..Shown] + "…" : value);
}

/// <summary>A file that was not taken in: every problem of it is listed, and nothing has been imported.</summary>
public sealed class ImportRefusedException(IReadOnlyList<ImportProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems.Select(problem => $"{problem.Line} {problem.Column} {problem.Code}")))
{
    public IReadOnlyList<ImportProblem> Problems { get; } = problems;
}
