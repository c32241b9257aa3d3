using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TaskMatrix.App.Audit;

/// <summary>The zip of an archive, written entry by entry.</summary>
internal sealed class ArchiveFile(Stream output) : IDisposable
{
    private static readonly UTF8Encoding Exact = new(encoderShouldEmitUTF8Identifier: false);

    private readonly ZipArchive _zip = new(output, ZipArchiveMode.Create, leaveOpen: true);
    private readonly StringBuilder _sums = new();
    private readonly StringBuilder _chains = new("chain\tfirst\tlast\tentries\thash before the first\thash of the last\n");
    private readonly List<ExportedHead> _ends = [];
    private (ChainRange Range, string Before, AuditEntry Last)? _chain;

    public long Entries { get; private set; }

    public void Add(ChainRange range, AuditEntry entry)
    {
        if (_chain is { } open && open.Range != range)
        {
            EndChain();
        }

        var path = string.Create(CultureInfo.InvariantCulture, $"entries/{Safe(entry.Jurisdiction)}/{Safe(entry.Unit)}/{entry.Sequence:D9}.json");
        Write(path, Exact.GetBytes(entry.Payload));

        // The hash as it was recorded: an entry that was changed since is found by whoever checks the archive.
        _sums.Append(entry.Hash).Append("  ").Append(path).Append('\n');
        _chain = (range, _chain?.Before ?? Before(entry), entry);
        Entries++;
    }

    public void Finish(IEnumerable<ChainHead> now, string readme)
    {
        EndChain();
        var heads = _ends.Concat(now.Select(head => new ExportedHead(ChainCheck.Name(head.Jurisdiction, head.Unit), head.Sequence, head.Hash)))
            .Distinct().OrderBy(head => head.Chain, StringComparer.Ordinal).ThenBy(head => head.Sequence);
        WriteWithSum("chains.tsv", Exact.GetBytes(_chains.ToString()));
        WriteWithSum("heads.json", ExportedHeads.Bytes(new HeadsFile([.. heads])));
        WriteWithSum("README.txt", Exact.GetBytes(readme));
        Write("SHA256SUMS", Exact.GetBytes(_sums.ToString()));
    }

    public void Dispose() => _zip.Dispose();

    private void EndChain()
    {
        if (_chain is not var (range, before, last) || last is null)
        {
            return;
        }

        var name = ChainCheck.Name(range.Jurisdiction, range.Unit);
        _chains.Append(CultureInfo.InvariantCulture, $"{name}\t{range.First}\t{range.Last}\t{range.Last - range.First + 1}\t{before}\t{last.Hash}\n");
        _ends.Add(new ExportedHead(name, last.Sequence, last.Hash));
        _chain = null;
    }

    private void WriteWithSum(string path, byte[] bytes)
    {
        Write(path, bytes);
        _sums.Append(Convert.ToHexStringLower(SHA256.HashData(bytes))).Append("  ").Append(path).Append('\n');
    }

    private void Write(string path, byte[] bytes)
    {
        using var file = _zip.CreateEntry(path, CompressionLevel.Fastest).Open();
        file.Write(bytes);
    }

    private static string Before(AuditEntry entry)
    {
        using var json = JsonDocument.Parse(entry.Payload);
        return json.RootElement.GetProperty("previousHash").GetString()!;
    }

    /// <summary>Ids are words of letters, digits and hyphens; whatever else came in some other way is no part of a path.</summary>
    private static string Safe(string id) => string.Concat(id.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' ? c : '_'));
}
