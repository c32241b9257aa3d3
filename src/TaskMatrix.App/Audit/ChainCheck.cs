namespace TaskMatrix.App.Audit;

/// <summary>Walks the entries of one chain after another and compares each with the one before it.</summary>
/// <param name="heads">Rows of the newest entries.</param>
/// <param name="exported">Places whose hashes are known from outside the database.</param>
internal sealed class ChainCheck(IReadOnlyList<ChainHead> heads, IReadOnlyList<ExportedHead> exported)
{
    private readonly Dictionary<string, ChainHead> _heads = heads.ToDictionary(head => Name(head.Jurisdiction, head.Unit));
    private readonly ILookup<(string, long), string> _exported = exported.ToLookup(head => (head.Chain, head.Sequence), head => head.Hash);
    private readonly Dictionary<string, (long Sequence, string Hash)> _ends = [];

    private (string Jurisdiction, string Unit, string Name) _current = ("", "", "/");

    public long Entries { get; private set; }

    public int Chains => _ends.Count;

    public static string Name(string jurisdiction, string unit) => $"{jurisdiction}/{unit}";

    /// <returns>Null when the entry is as it was written.</returns>
    public BrokenEntry? Next(StoredEntry entry)
    {
        var chain = NameOf(entry);
        var (sequence, hash) = _ends.GetValueOrDefault(chain, (0, ChainHead.Genesis));
        if (entry.Sequence != sequence + 1)
        {
            return entry.Sequence <= sequence ? new BrokenEntry(chain, entry.Sequence, "place is taken twice") : new BrokenEntry(chain, sequence + 1, "entry is missing");
        }

        (Entries, _ends[chain]) = (Entries + 1, (entry.Sequence, entry.Hash));
        return Fault(entry, chain, hash) is { } why ? new BrokenEntry(chain, entry.Sequence, why) : null;
    }

    /// <summary>What only shows when every entry has been seen: removed ends.</summary>
    public BrokenEntry? End()
    {
        foreach (var (chain, (sequence, hash)) in _ends)
        {
            if (!_heads.TryGetValue(chain, out var head))
            {
                return new BrokenEntry(chain, sequence, "chain has no head");
            }

            if (head.Sequence != sequence || head.Hash != hash)
            {
                return new BrokenEntry(chain, Math.Min(sequence, head.Sequence) + 1, "entries and head do not end at the same place");
            }
        }

        if (_heads.Keys.FirstOrDefault(chain => !_ends.ContainsKey(chain)) is { } empty)
        {
            return new BrokenEntry(empty, 1, "entry is missing");
        }

        return exported.Where(head => _ends.GetValueOrDefault(head.Chain).Sequence < head.Sequence).MinBy(head => head.Sequence) is { } lost
            ? new BrokenEntry(lost.Chain, lost.Sequence, "entry of an exported head is missing")
            : null;
    }

    /// <summary>Entries come chain by chain, so the name is made once a chain.</summary>
    private string NameOf(StoredEntry entry)
    {
        if (entry.Jurisdiction != _current.Jurisdiction || entry.Unit != _current.Unit)
        {
            _current = (entry.Jurisdiction, entry.Unit, Name(entry.Jurisdiction, entry.Unit));
        }

        return _current.Name;
    }

    private string? Fault(StoredEntry entry, string chain, string previousHash) => PayloadCheck.Fault(entry, chain, previousHash)
        ?? (_exported[(chain, entry.Sequence)].Any(hash => hash != entry.Hash) ? "hash is not the exported one" : null);
}
