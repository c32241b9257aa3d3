using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Tests.TaskInstances;

namespace TaskMatrix.App.Tests.Storage;

/// <summary>What lies in the data folder is damaged, gone, or of another time. Nothing of it is changed, and nothing made anew.</summary>
public sealed class StoreCheckTests
{
    private const int PageSize = 4096;

    public static TheoryData<string> Damages => ["head", "schema", "page", "middle", "truncated", "text"];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_database_is_refused_and_left_as_it_is(string damage)
    {
        await using var system = await Stopped();
        var bytes = await File.ReadAllBytesAsync(system.Options.DatabaseFile);
        bytes = damage switch
        {
            "head" => Flipped(bytes, 3),
            "schema" => Flipped(bytes, 100),
            "page" => Flipped(bytes, bytes.Length / PageSize / 2 * PageSize),
            "middle" => FlippedPages(bytes),
            "truncated" => bytes[..(bytes.Length / 2)],
            _ => "this was a database once"u8.ToArray(),
        };
        await File.WriteAllBytesAsync(system.Options.DatabaseFile, bytes);

        await Refused(system.Options, "store.damaged");

        Assert.Equal(bytes, await File.ReadAllBytesAsync(system.Options.DatabaseFile));
    }

    [Fact]
    public async Task A_database_that_is_gone_is_not_made_anew()
    {
        await using var system = await Stopped();
        File.Delete(system.Options.DatabaseFile);

        await Refused(system.Options, "store.vanished");
        Assert.False(File.Exists(system.Options.DatabaseFile));

        await File.WriteAllBytesAsync(system.Options.DatabaseFile, []);
        await Refused(system.Options, "store.vanished");
        Directory.Delete(system.Options.HeadsFolder, recursive: true);
        await File.WriteAllBytesAsync(system.Options.DatabaseFile + "-wal", [1]);
        await Refused(system.Options, "store.vanished");
    }

    [Fact]
    public async Task After_a_kill_everything_is_in_the_log_and_stays_there()
    {
        await using var killed = await Killed.While(system => system.Assign());
        Assert.True(new FileInfo(killed.Options.DatabaseFile + "-wal").Length > 0);

        await Start(killed.Options);

        Assert.Equal(killed.Entries, await Entries(killed.Options));
    }

    [Fact]
    public async Task A_log_flipped_anywhere_or_cut_is_refused_and_left_as_it_is()
    {
        await using var killed = await Killed.While(system => system.Assign());
        var log = await File.ReadAllBytesAsync(killed.Options.DatabaseFile + "-wal");
        byte[][] damaged = [.. Enumerable.Range(0, 12).Select(n => Flipped(log, n * (log.Length - 1) / 11)), log[..^4120], log[..40], []];

        foreach (var bytes in damaged)
        {
            await using var copy = killed.Copy();
            await File.WriteAllBytesAsync(copy.Options.DatabaseFile + "-wal", bytes);
            var refused = await Record.ExceptionAsync(() => Start(copy.Options));

            // A flip in a page's number after the last commit would be no loss; there is none here.
            Assert.Equal("store.log-damaged", Assert.IsType<StoreRefusedException>(refused).Code);
            Assert.Equal(bytes, await File.ReadAllBytesAsync(copy.Options.DatabaseFile + "-wal"));
        }

        await using var without = killed.Copy();
        File.Delete(without.Options.DatabaseFile + "-wal");
        await Refused(without.Options, "store.log-damaged");
    }

    [Fact]
    public async Task A_flipped_lost_or_cut_index_of_the_log_loses_nothing()
    {
        await using var killed = await Killed.While(system => system.Assign());
        var index = await File.ReadAllBytesAsync(killed.Options.DatabaseFile + "-shm");
        foreach (var bytes in new[] { Flipped(index, 17), Flipped(index, 99), Flipped(index, 500), index[..60], [] })
        {
            await using var copy = killed.Copy();
            await File.WriteAllBytesAsync(copy.Options.DatabaseFile + "-shm", bytes);
            await Start(copy.Options);
            Assert.Equal(killed.Entries, await Entries(copy.Options));
        }
    }

    [Fact]
    public async Task What_was_under_way_when_the_power_went_is_no_damage()
    {
        await using var killed = await Killed.While(system => system.Assign());
        await using (var log = new FileStream(killed.Options.DatabaseFile + "-wal", FileMode.Append))
        {
            await log.WriteAsync(RandomNumberGenerator.GetBytes(3000));
        }

        await Start(killed.Options);

        Assert.Equal(killed.Entries, await Entries(killed.Options));
    }

    /// <summary>A long reader kept it from being put into the file; most of it is of before.</summary>
    [Fact]
    public async Task A_log_longer_than_an_array_is_read()
    {
        await using var killed = await Killed.While(system => system.Assign());
        await using (var log = new FileStream(killed.Options.DatabaseFile + "-wal", FileMode.Open))
        {
            log.SetLength(3L * 1024 * 1024 * 1024);
        }

        await Start(killed.Options);

        Assert.Equal(killed.Entries, await Entries(killed.Options));
    }

    [Fact]
    public async Task A_log_that_is_gone_with_its_index_is_missed_by_the_exported_heads()
    {
        await using var killed = await Killed.While(async system =>
        {
            await system.Assign();
            return await system.Send(new ExportHeads.Command(OnlyFirstOfDay: false));
        });
        File.Delete(killed.Options.DatabaseFile + "-wal");
        File.Delete(killed.Options.DatabaseFile + "-shm");

        await Refused(killed.Options, "store.behind-heads");
    }

    [Fact]
    public async Task One_folder_has_one_server()
    {
        await using var system = await Stopped();
        using var first = new StoreLock(system.Options);
        using var second = new StoreLock(system.Options);

        Assert.True(first.TryTake());
        Assert.True(first.TryTake());
        Assert.False(second.TryTake());
        first.Dispose();
        Assert.True(second.TryTake());
    }

    private static async Task<TestSystem> Stopped()
    {
        var system = await TestSystem.Start();
        await system.Send(new ExportHeads.Command(OnlyFirstOfDay: false));
        await system.Stop();
        return system;
    }

    /// <summary>As a server does.</summary>
    private static async Task Start(AppOptions options)
    {
        await using var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new ManualClock(TestSystem.Morning))
            .AddTaskMatrix(options).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Startup>().Migrate(CancellationToken.None);
    }

    private static async Task Refused(AppOptions options, string code) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<StoreRefusedException>(() => Start(options))).Code);

    private static async Task<int> Entries(AppOptions options)
    {
        var file = new SqliteFile(options.DatabaseFile);
        await using var db = file.Create();
        return await db.Audit.CountAsync();
    }

    private static byte[] Flipped(byte[] bytes, int at)
    {
        var flipped = bytes.ToArray();
        flipped[at] ^= 0x40;
        return flipped;
    }

    /// <summary>The kind of every page from the third on.</summary>
    private static byte[] FlippedPages(byte[] bytes)
    {
        var flipped = bytes.ToArray();
        for (var at = 2 * PageSize; at < flipped.Length; at += PageSize)
        {
            flipped[at] ^= 0xFF;
        }

        return flipped;
    }

    /// <summary>The files of a server that was killed: as they lay while it ran.</summary>
    private sealed class Killed(AppOptions options, int entries) : IAsyncDisposable
    {
        public AppOptions Options { get; } = options;

        public int Entries { get; } = entries;

        public static async Task<Killed> While<T>(Func<TestSystem, Task<T>> act)
        {
            await using var system = await TestSystem.Start();
            await act(system);
            return CopyOf(system.Options, await system.Read(db => db.Audit.CountAsync()));
        }

        public Killed Copy() => CopyOf(Options, Entries);

        public ValueTask DisposeAsync()
        {
            Directory.Delete(Options.DataFolder, recursive: true);
            return ValueTask.CompletedTask;
        }

        private static Killed CopyOf(AppOptions options, int entries)
        {
            var folder = Directory.CreateTempSubdirectory("taskmatrix-killed-").FullName;
            foreach (var file in Directory.EnumerateFiles(options.DataFolder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
            {
                var target = Path.Combine(folder, Path.GetRelativePath(options.DataFolder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }

            return new Killed(new AppOptions { DataFolder = folder, ContentFolder = options.ContentFolder }, entries);
        }
    }
}
