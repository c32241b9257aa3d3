namespace TaskMatrix.App.Storage;

/// <summary>
/// The data cannot be used as it lies there, and nothing was changed or made anew. Codes: store.in-use · store.vanished ·
/// store.restore-broken-off · store.damaged · store.log-damaged · store.newer · store.migration-missing · store.not-migrated ·
/// store.behind-heads.
/// </summary>
/// <param name="arguments">What the words for the code name: file, found fault, chain …</param>
public sealed class StoreRefusedException(string code, params string[] arguments) : Exception($"{code}: {string.Join(' ', arguments)}")
{
    public string Code { get; } = code;

    public IReadOnlyList<string> Arguments { get; } = arguments;
}
