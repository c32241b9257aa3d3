using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace TaskMatrix.App.Inspections;

/// <summary>A zip that is sent file by file and remembers the SHA-256 of each, in the form <c>sha256sum -c</c> reads.</summary>
internal sealed class DossierArchive : IDisposable
{
    private readonly StringBuilder _sums = new();
    private readonly DossierOutput _output;
    private readonly ZipArchive _zip;
    private readonly DateTimeOffset _stamp;

    /// <param name="stamp">Time of every file in it, so that the same dossier gives the same bytes.</param>
    public DossierArchive(Stream output, DateTimeOffset stamp)
    {
        (_output, _stamp) = (new DossierOutput(output), stamp);
        _zip = new ZipArchive(_output, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
    }

    public int Files { get; private set; }

    public Task Add(string name, string text, CancellationToken ct) => Add(name, Encoding.UTF8.GetBytes(text), ct);

    public Task Add(string name, byte[] bytes, CancellationToken ct)
    {
        _sums.Append(Convert.ToHexStringLower(SHA256.HashData(bytes))).Append("  ").Append(name).Append('\n');
        return Write(name, bytes, ct);
    }

    /// <summary>Last of all: SHA256SUMS and the list of files.</summary>
    public async Task Finish(CancellationToken ct)
    {
        await Write("SHA256SUMS", Encoding.UTF8.GetBytes(_sums.ToString()), ct);
        _zip.Dispose();
        await _output.Send(ct);
    }

    public void Dispose() => _zip.Dispose();

    private async Task Write(string name, byte[] bytes, CancellationToken ct)
    {
        var entry = _zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = _stamp;
        using (var content = entry.Open())
        {
            content.Write(bytes);
        }

        Files++;
        await _output.Send(ct);
    }
}

/// <summary>
/// Holds what the zip writes until it is sent on: entries of a zip are ended by writes that wait, which a server's answer does not
/// allow. At most one file is held.
/// </summary>
internal sealed class DossierOutput(Stream output) : Stream
{
    private readonly MemoryStream _held = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public async Task Send(CancellationToken ct)
    {
        await output.WriteAsync(_held.GetBuffer().AsMemory(0, (int)_held.Length), ct);
        _held.SetLength(0);
    }

    public override void Write(byte[] buffer, int offset, int count) => _held.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _held.Write(buffer);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
