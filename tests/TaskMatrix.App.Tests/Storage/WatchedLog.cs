using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Tests.Storage;

/// <summary>Stands between SQLite's writer and its log: counts the flushes and lets the disk refuse what a test says.</summary>
internal sealed class WatchedLog
{
    private const int JournalPointer = 28;

    /// <summary>Of <c>sqlite3_io_methods</c>: version, then xClose, xRead, xWrite, xTruncate, xSync.</summary>
    private const int WriteOffset = 8 + (2 * 8), SyncOffset = 8 + (4 * 8), MethodsSize = 8 + (19 * 8);

    /// <summary>SQLite keeps the addresses alone.</summary>
    private static readonly List<Delegate> Kept = [];

    private readonly Write _write;
    private readonly Sync _sync;
    private int _flushes;
    private volatile int _writesRefused, _flushesRefused;

    private WatchedLog(IntPtr file)
    {
        var (methods, own) = (Marshal.ReadIntPtr(file), Marshal.AllocHGlobal(MethodsSize));
        for (var at = 0; at < MethodsSize; at += 8)
        {
            Marshal.WriteInt64(own, at, Marshal.ReadInt64(methods, at));
        }

        _write = Marshal.GetDelegateForFunctionPointer<Write>(Marshal.ReadIntPtr(methods, WriteOffset));
        _sync = Marshal.GetDelegateForFunctionPointer<Sync>(Marshal.ReadIntPtr(methods, SyncOffset));
        Put(own, WriteOffset, new Write((log, bytes, length, at) => _writesRefused is not 0 and var code ? code : _write(log, bytes, length, at)));
        Put(own, SyncOffset, new Sync((log, flags) =>
        {
            Interlocked.Increment(ref _flushes);
            return _flushesRefused is not 0 and var code ? code : _sync(log, flags);
        }));
        Marshal.WriteIntPtr(file, own);
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Write(IntPtr file, IntPtr bytes, int length, long at);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Sync(IntPtr file, int flags);

    public int Flushes => Volatile.Read(ref _flushes);

    /// <param name="writes">What each write is answered with; 0: it is done.</param>
    /// <param name="flushes">The same for each flush.</param>
    public void Refuse(int writes, int flushes) => (_writesRefused, _flushesRefused) = (writes, flushes);

    /// <summary>Of the connection that writes now.</summary>
    public static Task<WatchedLog> Of(TestSystem system) => system.Services.GetRequiredService<IWriteGate>().Run(
        (db, _) =>
        {
            var (connection, file) = (((SqliteConnection)db.Database.GetDbConnection()).Handle!.DangerousGetHandle(), IntPtr.Zero);
            Assert.Equal(0, sqlite3_file_control(connection, "main", JournalPointer, ref file));
            return Task.FromResult(new WatchedLog(file));
        },
        CancellationToken.None);

    private static void Put<T>(IntPtr methods, int at, T method) where T : Delegate
    {
        lock (Kept)
        {
            Kept.Add(method);
        }

        Marshal.WriteIntPtr(methods, at, Marshal.GetFunctionPointerForDelegate(method));
    }

    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl)]
    private static extern int sqlite3_file_control(IntPtr db, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, int operation, ref IntPtr pointer);
}
