namespace TaskMatrix.Benchmarks.Measuring;

/// <summary>Where databases are put, and how long is measured.</summary>
/// <param name="root">Folder on the disk that is measured; large data sets stay there for the next run.</param>
/// <param name="rounds">Rounds of a figure; its median is reported.</param>
/// <param name="side">Time for each side of a round, where a figure runs for a time.</param>
internal sealed class Workplace(string root, int rounds, TimeSpan side)
{
    public static string DefaultFolder => Path.Combine(Repository, "artifacts", "benchmarks");

    public int Rounds { get; } = rounds;

    public TimeSpan Side { get; } = side;

    /// <summary>Data sets that are built once.</summary>
    public string Kept => Directory.CreateDirectory(Path.Combine(root, "kept")).FullName;

    /// <summary>An empty folder, removed at the end of the run.</summary>
    public string NewFolder(string name)
    {
        var folder = Path.Combine(root, "run", $"{name}-{Guid.NewGuid():N}");
        return Directory.CreateDirectory(folder).FullName;
    }

    /// <summary>Removes what only this run needed.</summary>
    public void Clear()
    {
        var run = Path.Combine(root, "run");
        if (Directory.Exists(run))
        {
            Directory.Delete(run, recursive: true);
        }
    }

    private static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TaskMatrix.sln")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? Environment.CurrentDirectory;
        }
    }
}
