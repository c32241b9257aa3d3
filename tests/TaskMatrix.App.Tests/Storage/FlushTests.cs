using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Tests.TaskInstances;

namespace TaskMatrix.App.Tests.Storage;

/// <summary>Counts how often SQLite asks the operating system to put its log on the disk.</summary>
public sealed class FlushTests
{
    private const int JournalPointer = 28;

    /// <summary>Of <c>sqlite3_io_methods</c>: version, then xClose, xRead, xWrite, xTruncate, xSync.</summary>
    private const int SyncOffset = 8 + (4 * 8), MethodsSize = 8 + (19 * 8);

    private static int _flushes;
    private static Sync? _original;
    private static Sync? _counting;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Sync(IntPtr file, int flags);

    [Fact]
    public async Task Every_acknowledged_commit_was_flushed_to_the_disk()
    {
        await using var system = await TestSystem.Start(activate: false);
        var task = await system.Assign();
        await system.Services.GetRequiredService<IWriteGate>().Run(
            (db, _) =>
            {
                Count(((SqliteConnection)db.Database.GetDbConnection()).Handle!.DangerousGetHandle());
                return Task.FromResult(true);
            },
            CancellationToken.None);

        for (var n = 0; n < 20; n++)
        {
            var before = Volatile.Read(ref _flushes);
            await system.Send(new App.TaskInstances.UrgeTask.Command(task.Id, null, $"{n}"), People.Office);
            Assert.True(Volatile.Read(ref _flushes) > before, "answered before it was on the disk");
        }
    }

    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl)]
    private static extern int sqlite3_file_control(IntPtr db, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, int operation, ref IntPtr pointer);

    /// <summary>Gives the log's file methods of its own, of which one counts and goes on to the real one.</summary>
    private static void Count(IntPtr connection)
    {
        var file = IntPtr.Zero;
        Assert.Equal(0, sqlite3_file_control(connection, "main", JournalPointer, ref file));
        var (methods, own) = (Marshal.ReadIntPtr(file), Marshal.AllocHGlobal(MethodsSize));
        for (var at = 0; at < MethodsSize; at += 8)
        {
            Marshal.WriteInt64(own, at, Marshal.ReadInt64(methods, at));
        }

        _original = Marshal.GetDelegateForFunctionPointer<Sync>(Marshal.ReadIntPtr(methods, SyncOffset));
        _counting = (log, flags) =>
        {
            Interlocked.Increment(ref _flushes);
            return _original(log, flags);
        };
        Marshal.WriteIntPtr(own, SyncOffset, Marshal.GetFunctionPointerForDelegate(_counting));
        Marshal.WriteIntPtr(file, own);
    }
}
