using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace TaskMatrix.App.Inspections;

/// <summary>A zip that is written as it goes and remembers the SHA-256 of each file, in the form <c>sha256sum -c</c> reads.</summary>
/// <param name="stamp">Time of every file in it, so that the same dossier gives the same bytes.</param>
internal sealed class DossierArchive(ZipArchive zip, DateTimeOffset stamp)
{
    private readonly StringBuilder _sums = new();

    public int Files { get; private set; }

    public Task Add(string name, string text, CancellationToken ct) => Add(name, Encoding.UTF8.GetBytes(text), ct);

    public async Task Add(string name, byte[] bytes, CancellationToken ct)
    {
        await Write(name, bytes, ct);
        _sums.Append(Convert.ToHexStringLower(SHA256.HashData(bytes))).Append("  ").Append(name).Append('\n');
    }

    /// <summary>Last of all: SHA256SUMS.</summary>
    public Task Finish(CancellationToken ct) => Write("SHA256SUMS", Encoding.UTF8.GetBytes(_sums.ToString()), ct);

    private async Task Write(string name, byte[] bytes, CancellationToken ct)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = stamp;
        await using var content = await entry.OpenAsync(ct);
        await content.WriteAsync(bytes, ct);
        Files++;
    }
}
