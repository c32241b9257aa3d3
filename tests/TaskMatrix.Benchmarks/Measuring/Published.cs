using System.Diagnostics;

namespace TaskMatrix.Benchmarks.Measuring;

/// <summary>The program as an installation has it: published once a run, into a folder that is kept.</summary>
internal static class Published
{
    private static readonly SemaphoreSlim Once = new(1);

    private static string? _program;

    /// <returns>Path of the server's program.</returns>
    /// <exception cref="InvalidOperationException">It could not be published.</exception>
    public static async Task<string> Program(CancellationToken ct)
    {
        await Once.WaitAsync(ct);
        try
        {
            return _program ??= await Publish(Path.Combine(Workplace.DefaultFolder, "published"), ct);
        }
        finally
        {
            Once.Release();
        }
    }

    private static async Task<string> Publish(string folder, CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet", ["publish", Path.Combine(Workplace.Repository, "src", "TaskMatrix.Web"), "-c", "Release", "-o", folder, "--nologo", "-v", "quiet"])
        {
            RedirectStandardOutput = true,
        };
        using var publish = Process.Start(start)!;
        var said = await publish.StandardOutput.ReadToEndAsync(ct);
        await publish.WaitForExitAsync(ct);
        return publish.ExitCode == 0 ? Path.Combine(folder, "TaskMatrix.Web.dll") : throw new InvalidOperationException(said);
    }
}
