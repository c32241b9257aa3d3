namespace TaskMatrix.Engine.TaskInstances;

/// <summary>How a broken rule is answered: not this person (403), not now (409), or not with these values (400).</summary>
public enum RuleKind
{
    Forbidden,
    Conflict,
    Invalid,
}

/// <summary>An action that the rules do not allow. Nothing has changed when it is thrown.</summary>
/// <param name="code">Dotted and stable: <c>task.not-owner</c>, <c>task.wrong-state</c>. Texts are looked up by it.</param>
/// <param name="arguments">Values for the text, in the order the text names them.</param>
public sealed class RuleBrokenException(string code, RuleKind kind, params object[] arguments)
    : Exception($"{code} ({string.Join(", ", arguments)})")
{
    public string Code { get; } = code;

    public RuleKind Kind { get; } = kind;

    public IReadOnlyList<object> Arguments { get; } = arguments;
}
