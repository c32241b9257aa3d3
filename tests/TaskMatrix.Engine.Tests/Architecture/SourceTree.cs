namespace TaskMatrix.Engine.Tests.Architecture;

/// <summary>Files of the repository, found upwards from where the tests run.</summary>
internal static class SourceTree
{
    private static readonly string Root = Up(AppContext.BaseDirectory);

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    private static string Up(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "TaskMatrix.sln"))
            ? folder
            : Up(Directory.GetParent(folder)?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds TaskMatrix.sln"));
}
