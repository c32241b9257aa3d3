namespace TaskMatrix.App.Tests.Schedules;

/// <summary>A copy of the shipped definitions in which some texts are others.</summary>
internal static class ChangedContent
{
    /// <param name="changes">File below the content folder, what must stand in it, and what stands in its place.</param>
    /// <returns>The folder.</returns>
    public static string With(params (string File, string Text, string Other)[] changes)
    {
        var folder = Directory.CreateTempSubdirectory("taskmatrix-").FullName;
        foreach (var file in new[] { "seed", "workflows" }.SelectMany(part => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, part), "*", SearchOption.AllDirectories)))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        foreach (var (file, text, other) in changes)
        {
            var path = Path.Combine(folder, file);
            var before = File.ReadAllText(path);
            Assert.Contains(text, before, StringComparison.Ordinal);
            File.WriteAllText(path, before.Replace(text, other, StringComparison.Ordinal));
        }

        return folder;
    }
}
