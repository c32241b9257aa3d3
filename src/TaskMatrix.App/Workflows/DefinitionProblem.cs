namespace TaskMatrix.App.Workflows;

/// <summary>Something wrong in a definition, and where.</summary>
/// <param name="Line">1-based, as is <paramref name="Column"/>.</param>
/// <param name="Code">Dotted and stable: <c>definition.unknown-unit</c>. Texts are looked up by it.</param>
/// <param name="Arguments">Values for the text, in the order the text names them.</param>
public sealed record DefinitionProblem(string File, int Line, int Column, string Code, IReadOnlyList<object> Arguments)
{
    /// <summary>The duty above that was copied, where the fault lies in a copy of it; null where nothing was copied.</summary>
    public string? Duty { get; init; }

    public override string ToString() => $"{File}:{Line}:{Column} {Code} ({string.Join(", ", Arguments)})";
}

/// <summary>Definitions that cannot be used. Nothing has been replaced when it is thrown.</summary>
public sealed class DefinitionException(IReadOnlyList<DefinitionProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<DefinitionProblem> Problems { get; } = problems;
}
