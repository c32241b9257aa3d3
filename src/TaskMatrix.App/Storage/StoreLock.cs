namespace TaskMatrix.App.Storage;

/// <summary>
/// A SQLite folder has one server: two that write and checkpoint can lose the log (0001). The lock is the operating system's,
/// so it ends with the process, however that ends. PostgreSQL has no such limit and always gets it.
/// </summary>
public sealed class StoreLock(AppOptions options) : IDisposable
{
    private FileStream? _held;

    /// <returns>False when another process holds it.</returns>
    public bool TryTake()
    {
        if (_held is not null || options.Postgres is not null)
        {
            return true;
        }

        Directory.CreateDirectory(options.DataFolder);
        try
        {
            _held = new FileStream(options.DatabaseFile + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Dispose() => _held?.Dispose();
}
