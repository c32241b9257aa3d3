namespace TaskMatrix.App.Audit;

/// <summary>What an archive of the record says of itself, and how it is checked with nothing but standard tools.</summary>
internal static class ArchiveReadme
{
    /// <summary>Walks every chain: each entry has to name the hash of the one before it. Prints what does not.</summary>
    public const string Links = """
        for d in entries/*/*/; do
          p=
          for f in "$d"*.json; do
            b=$(grep -o '"previousHash":"[0-9a-f]*"' "$f" | head -n 1 | cut -d '"' -f 4)
            if [ -n "$p" ] && [ "$b" != "$p" ]; then echo "BROKEN $f"; fi
            p=$(sha256sum < "$f" | cut -d ' ' -f 1)
          done
        done
        """;

    public static string Text(string? jurisdiction, DateTimeOffset from, DateTimeOffset to, DateTimeOffset takenAt, bool exercise) => $"""
        {(exercise ? "演练 · EXERCISE\n" : "")}底稿归档 · Archive of the record
        {jurisdiction ?? "*"}  {from:O} – {to:O}
        导出时间 · taken at {takenAt:O}

        内容 · What is in it
        entries/<jurisdiction>/<unit>/<sequence>.json
            每条底稿的原始字节；其 SHA-256 即该条的哈希，并写在下一条的 previousHash 中。
            One entry each, byte for byte; its SHA-256 is the entry's hash, which the next entry names as previousHash.
        chains.tsv
            各链在本期的首号、末号、条数、首条之前的哈希、末条的哈希。
            Of each chain: first and last sequence, entries, the hash before the first, the hash of the last.
        heads.json
            本期末各链链头，以及导出时的链头；可用于 verify --heads。
            The heads at the end of the period and at the moment of the export; verify --heads takes this file.
        SHA256SUMS

        核对 · How to check it
        1. 每条底稿与其哈希 · every entry against its hash:
           sha256sum -c --quiet SHA256SUMS
        2. 前后相连（无输出即完好）· each entry follows the one before it (silence is good):
        {string.Join('\n', Links.Split('\n').Select(line => "   " + line))}
        3. 各链末条的哈希与另处保存的链头文件、或上下期归档的 chains.tsv 相符。
           The last hash of each chain against heads kept elsewhere, or chains.tsv of the archives before and after.

        只有与另处保存的链头相符，才能证明整条链未被重算。
        Only heads kept elsewhere prove that a whole chain was not computed anew.
        """ + "\n";
}
