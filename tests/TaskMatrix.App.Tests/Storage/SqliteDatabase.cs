namespace TaskMatrix.App.Tests.Storage;

/// <summary>A SQLite file in the folder of the test.</summary>
public sealed class SqliteDatabase : ITestDatabase
{
    private static readonly Templates Templates = new(Make);

    public bool SeveralNodes => false;

    public async Task<string?> Copy(Prepared prepared, string folder)
    {
        foreach (var file in Directory.EnumerateFiles(await Templates.Get(prepared)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return null;
    }

    public Task<string?> Empty(string folder) => Task.FromResult<string?>(null);

    private static async Task<string> Make(Prepared prepared)
    {
        var folder = Directory.CreateTempSubdirectory("taskmatrix-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        await TestSystem.Prepare(prepared, null, folder);
        return folder;
    }
}
