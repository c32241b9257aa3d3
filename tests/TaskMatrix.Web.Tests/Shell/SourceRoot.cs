namespace TaskMatrix.Web.Tests.Shell;

/// <summary>The sources these tests were built from.</summary>
internal static class SourceRoot
{
    public static readonly string Folder = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static IEnumerable<string> Files(string below, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Folder, below), pattern, SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj", "node_modules", "Migrations"]).Any());

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new DirectoryNotFoundException("TaskMatrix.sln"),
        _ when File.Exists(Path.Combine(folder.FullName, "TaskMatrix.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
