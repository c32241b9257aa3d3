using System.Text;

namespace TaskMatrix.App.Workflows;

/// <summary>Finds the definitions below a root folder that has <c>seed/</c> and <c>workflows/</c>.</summary>
public static class DefinitionFolder
{
    private const string Seed = "seed", Workflows = "workflows", Schemas = "schema";

    // A document is kept as it was given, so nothing is guessed and nothing is repaired.
    private static readonly UTF8Encoding Exact = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Every definition, its path relative to the root.</summary>
    /// <exception cref="IOException">A folder is missing or a file cannot be read.</exception>
    public static IReadOnlyList<DefinitionFile> Read(string root)
    {
        var seeds = Directory.EnumerateFiles(Path.Combine(root, Seed), "*.yaml").Select(path => (Path: path, Id: (string?)(DefinitionKinds.Seeds + Name(path))));
        var workflows = Directory.EnumerateFiles(Path.Combine(root, Workflows), "*", SearchOption.AllDirectories)
            .Select(path => (Path: path, Id: IdOf(Path.GetRelativePath(Path.Combine(root, Workflows), path))));
        return [.. seeds.Concat(workflows).Where(file => file.Id is not null).OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => new DefinitionFile(file.Id!, Path.GetRelativePath(root, file.Path).Replace('\\', '/'), File.ReadAllText(file.Path, Exact)))];
    }

    /// <summary>Reads documents by their names in the seeds: every byte as UTF-8, no line end or mark changed.</summary>
    public static Func<string, string> Documents(string root)
    {
        var seed = Path.GetFullPath(Path.Combine(root, Seed)) + Path.DirectorySeparatorChar;
        return name => Path.GetFullPath(Path.Combine(seed, name)) is var path && path.StartsWith(seed, StringComparison.Ordinal)
            ? Exact.GetString(File.ReadAllBytes(path))
            : throw new ArgumentException("outside of the seed folder", nameof(name));
    }

    private static string? IdOf(string path) => (path.Split('/', '\\'), Path.GetExtension(path)) switch
    {
        ([Schemas, ..], _) => null,
        (["processes", _], ".yaml") => Name(path),
        (["forms", _], ".json") => DefinitionKinds.Forms + Name(path),
        ([_], ".yaml") => Name(path),
        ([var folder, _], ".yaml") => $"{folder}.{Name(path)}",
        _ => null,
    };

    private static string Name(string path) => Path.GetFileNameWithoutExtension(path);
}
