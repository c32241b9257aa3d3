using System.Text;

namespace TaskMatrix.App.Audit;

/// <summary>Walks the entries of one chain after another and compares each with the one before it.</summary>
/// <param name="heads">Rows of the newest entries.</param>
/// <param name="exported">Places whose hashes are known from outside the database.</param>
internal sealed class ChainCheck(IReadOnlyList<ChainHead> heads, IReadOnlyList<ExportedHead> exported)
{
    private readonly Dictionary<string, ChainHead> _heads = heads.ToDictionary(head => Name(head.Jurisdiction, head.Unit));
    private readonly ILookup<(string, long), string> _exported = exported.ToLookup(head => (head.Chain, head.Sequence), head => head.Hash);
    private readonly Dictionary<string, (long Sequence, string Hash)> _ends = [];

    private OpenChain _current = OpenChain.None;

    public long Entries { get; private set; }

    public int Chains { get; private set; }

    public static string Name(string jurisdiction, string unit) => $"{jurisdiction}/{unit}";

    /// <returns>Null when the entry is as it was written.</returns>
    public BrokenEntry? Next(StoredEntry entry)
    {
        var (chain, sequence) = (ChainOf(entry), entry.Sequence);
        if (sequence != chain.Sequence + 1)
        {
            return sequence <= chain.Sequence ? new BrokenEntry(chain.Name, sequence, "place is taken twice") : new BrokenEntry(chain.Name, chain.Sequence + 1, "entry is missing");
        }

        Entries++;
        if (Fault(entry, chain) is { } why)
        {
            return new BrokenEntry(chain.Name, sequence, why);
        }

        chain.GoOn(entry);
        return null;
    }

    /// <summary>What only shows when every entry has been seen: removed ends.</summary>
    public BrokenEntry? End()
    {
        Close(_current);
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

    /// <summary>Entries come chain by chain.</summary>
    private OpenChain ChainOf(StoredEntry entry)
    {
        if (!_current.Holds(entry))
        {
            Close(_current);
            (_current, Chains) = (OpenChain.At(entry), Chains + 1);
        }

        return _current;
    }

    private void Close(OpenChain chain)
    {
        if (chain.Sequence > 0)
        {
            _ends[chain.Name] = (chain.Sequence, chain.HashText);
        }
    }

    private string? Fault(StoredEntry entry, OpenChain chain) => PayloadCheck.Fault(entry, chain.NameBytes, chain.Hash)
        ?? (_exported[(chain.Name, entry.Sequence)].Any(hash => !entry.Hash.SequenceEqual(Encoding.ASCII.GetBytes(hash))) ? "hash is not the exported one" : null);
}
