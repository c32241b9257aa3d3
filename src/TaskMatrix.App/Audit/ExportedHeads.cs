using System.Text.Json;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Audit;

/// <summary>A place in a chain and the hash that stood there when it was exported.</summary>
/// <param name="Chain">jurisdiction/unit</param>
public sealed record ExportedHead(string Chain, long Sequence, string Hash);

/// <summary>What stands in a file of exported heads.</summary>
public sealed record HeadsFile(IReadOnlyList<ExportedHead> Heads);

/// <summary>
/// Files of exported heads below the data folder, one a day (UTC). Whoever rewrites the database cannot rewrite a copy of
/// these that lies elsewhere.
/// </summary>
public static class ExportedHeads
{
    /// <summary>An exercise has a database of its own, and so heads of its own.</summary>
    private static string Prefix(AppOptions options) => options.Exercise ? "exercise-heads-" : "heads-";

    public static string PathOf(AppOptions options, DateTimeOffset day) =>
        Path.Combine(options.HeadsFolder, $"{Prefix(options)}{day.UtcDateTime:yyyy-MM-dd}.json");

    /// <exception cref="JsonException">A file is not what was written.</exception>
    public static IReadOnlyList<ExportedHead> ReadAll(AppOptions options) => [.. Files(options).SelectMany(Read)];

    /// <summary>The oldest first.</summary>
    public static IReadOnlyList<string> Files(AppOptions options) => !Directory.Exists(options.HeadsFolder)
        ? []
        : [.. Directory.EnumerateFiles(options.HeadsFolder, Prefix(options) + "*.json").Order(StringComparer.Ordinal)];

    /// <summary>Adds heads to a file at once or not at all; what it says already stays, so nothing exported is ever taken back.</summary>
    public static void Write(string path, IEnumerable<ExportedHead> heads)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var all = (File.Exists(path) ? Read(path) : []).Concat(heads).Distinct().OrderBy(head => head.Chain, StringComparer.Ordinal).ThenBy(head => head.Sequence);
        var written = path + ".new";
        using (var file = File.Create(written))
        {
            JsonSerializer.Serialize(file, new HeadsFile([.. all]), JsonColumn.Options);
            file.Flush(flushToDisk: true);
        }

        File.Move(written, path, overwrite: true);
    }

    /// <exception cref="JsonException">The file is not what was written.</exception>
    public static IReadOnlyList<ExportedHead> Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file) ?? throw new JsonException(path);
    }

    /// <returns>Null where it holds no heads.</returns>
    /// <exception cref="JsonException">It is not what was written.</exception>
    public static IReadOnlyList<ExportedHead>? Read(Stream file) => JsonSerializer.Deserialize<HeadsFile>(file, JsonColumn.Options)?.Heads;

    /// <summary>As the daily file has it.</summary>
    public static byte[] Bytes(HeadsFile heads) => JsonSerializer.SerializeToUtf8Bytes(heads, JsonColumn.Options);

}
