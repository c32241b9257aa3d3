using System.Buffers.Binary;

namespace TaskMatrix.App.Storage;

/// <summary>
/// Reads SQLite's log beside a database that nobody has open. SQLite itself stops silently at the first frame that does not
/// fit its checksum; that is right after a loss of power, when only what nobody was told is lost, and wrong when the file was
/// damaged. The formats are SQLite's (<c>fileformat2.html</c>, <c>walformat.html</c>).
/// </summary>
internal static class WriteAheadLog
{
    private const int HeaderSize = 32, FrameHeaderSize = 24, IndexHeaderSize = 48, ReadAtOnce = 1024 * 1024;

    /// <returns>What is wrong; null when every commit that was ever answered is readable.</returns>
    public static string? Fault(string databaseFile)
    {
        var index = Index.Read(databaseFile + "-shm");
        using Stream log = File.Exists(databaseFile + "-wal") ? new FileStream(databaseFile + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, ReadAtOnce) : Stream.Null;
        if (log.Length < HeaderSize)
        {
            return index?.NotInDatabase > 0 ? $"{index.NotInDatabase} pages of the log are missing" : null;
        }

        var head = new byte[HeaderSize];
        log.ReadExactly(head);
        var sum = Checksum(head.AsSpan(0, 24), (0, 0), BigEndian(head));
        return sum == Pair(head, 24) ? FrameFault(log, head, sum, index) : "the head of the log does not fit its checksum";
    }

    /// <summary>Frame by frame: a log that a long reader made grow is larger than memory.</summary>
    private static string? FrameFault(Stream log, byte[] head, (uint, uint) sum, Index? index)
    {
        var pageSize = (int)BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(8));
        if (pageSize is < 512 or > 65536)
        {
            return "the head of the log names no page size";
        }

        var (salt, frame, frames, whole) = (Pair(head, 16), new byte[FrameHeaderSize + pageSize], 0u, true);
        var commitsAfterBreak = 0;
        while (log.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length && Pair(frame, 8) == salt)
        {
            sum = Checksum(frame.AsSpan(FrameHeaderSize), Checksum(frame.AsSpan(0, 8), sum, BigEndian(head)), BigEndian(head));
            whole &= sum == Pair(frame, 16);
            frames += whole ? 1u : 0;
            commitsAfterBreak += !whole && BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4)) != 0 ? 1 : 0;
        }

        // Without the index (lost, or stale after a loss of power) one broken commit may be the one that was under way.
        return index is not null && index.Salt == salt && frames < index.Frames && index.Backfilled < index.Frames
            ? $"page {frames + 1} of {index.Frames} in the log cannot be read"
            : commitsAfterBreak > 1 ? $"page {frames + 1} of the log does not fit its checksum, and whole commits follow it" : null;
    }

    /// <summary>The low bit of the magic number says in which order of bytes the checksums are reckoned.</summary>
    private static bool BigEndian(byte[] head) => (head[3] & 1) != 0;

    private static (uint, uint) Pair(ReadOnlySpan<byte> bytes, int at) =>
        (BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 4)..]));

    private static (uint, uint) Checksum(ReadOnlySpan<byte> bytes, (uint First, uint Second) seed, bool bigEndian)
    {
        var (first, second) = seed;
        for (var i = 0; i < bytes.Length; i += 8)
        {
            first += Word(bytes[i..], bigEndian) + second;
            second += Word(bytes[(i + 4)..], bigEndian) + first;
        }

        return (first, second);
    }

    private static uint Word(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>What the index in shared memory says of the log: written after every commit, kept when a process is killed.</summary>
    /// <param name="Frames">Pages of committed transactions in the log.</param>
    /// <param name="Backfilled">How many of them the database has already.</param>
    private sealed record Index(uint Frames, uint Backfilled, (uint, uint) Salt)
    {
        public uint NotInDatabase => Frames - Math.Min(Backfilled, Frames);

        /// <returns>Null when there is none or it is not whole; SQLite then builds it anew from the log.</returns>
        public static Index? Read(string path)
        {
            var bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
            if (bytes.Length < 2 * IndexHeaderSize + 4 || !bytes.AsSpan(0, IndexHeaderSize).SequenceEqual(bytes.AsSpan(IndexHeaderSize, IndexHeaderSize)))
            {
                return null;
            }

            var sum = Checksum(bytes.AsSpan(0, 40), (0, 0), !BitConverter.IsLittleEndian);
            var whole = sum == (BitConverter.ToUInt32(bytes, 40), BitConverter.ToUInt32(bytes, 44));
            return whole && bytes[12] == 1 ? new Index(BitConverter.ToUInt32(bytes, 16), BitConverter.ToUInt32(bytes, 96), Pair(bytes, 32)) : null;
        }
    }
}
