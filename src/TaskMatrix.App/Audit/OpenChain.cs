using System.Text;

namespace TaskMatrix.App.Audit;

/// <summary>The chain whose entries are being read, as far as it has been read.</summary>
internal sealed class OpenChain
{
    /// <summary>Before the first entry: holds none.</summary>
    public static readonly OpenChain None = new([], []);

    private readonly byte[] _jurisdiction, _unit, _hash = Encoding.ASCII.GetBytes(ChainHead.Genesis);

    private OpenChain(byte[] jurisdiction, byte[] unit)
    {
        (_jurisdiction, _unit) = (jurisdiction, unit);
        Name = ChainCheck.Name(Encoding.UTF8.GetString(jurisdiction), Encoding.UTF8.GetString(unit));
        NameBytes = Encoding.UTF8.GetBytes(Name);
    }

    public string Name { get; }

    public byte[] NameBytes { get; }

    /// <summary>Of the newest entry that was read; 0 before the first.</summary>
    public long Sequence { get; private set; }

    /// <summary>Likewise; lower-case hex.</summary>
    public ReadOnlySpan<byte> Hash => _hash;

    public string HashText => Encoding.ASCII.GetString(_hash);

    public static OpenChain At(StoredEntry entry) => new(entry.Jurisdiction.ToArray(), entry.Unit.ToArray());

    public bool Holds(StoredEntry entry) => entry.Unit.SequenceEqual(_unit) && entry.Jurisdiction.SequenceEqual(_jurisdiction);

    /// <summary>The entry has its own hash, and so one of the right length.</summary>
    public void GoOn(StoredEntry entry)
    {
        Sequence = entry.Sequence;
        entry.Hash.CopyTo(_hash);
    }
}
