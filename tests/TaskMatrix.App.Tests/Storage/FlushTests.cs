using TaskMatrix.App.Audit;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Storage;

/// <summary>What an answer promises of the disk, seen where SQLite meets its log.</summary>
public sealed class FlushTests
{
    /// <summary>SQLITE_FULL, and SQLITE_IOERR_FSYNC.</summary>
    private const int Full = 13, NotFlushed = 1034;

    [Fact]
    public async Task Every_acknowledged_commit_was_flushed_to_the_disk()
    {
        await using var system = await TestSystem.Start(activate: false);
        var task = await system.Assign();
        var log = await WatchedLog.Of(system);

        for (var n = 0; n < 20; n++)
        {
            var before = log.Flushes;
            await Urge(system, task.Id, n);
            Assert.True(log.Flushes > before, "answered before it was on the disk");
        }
    }

    /// <summary>The fault lies in the commit itself, with many waiting for it: each is told, nothing of any of them stays.</summary>
    [Theory]
    [InlineData(Full, 0)]
    [InlineData(0, NotFlushed)]
    public async Task A_commit_that_the_disk_refuses_is_told_to_all_who_wait_and_keeps_nothing(int writes, int flushes)
    {
        await using var system = await TestSystem.Start(activate: false);
        var task = await system.Assign();
        var log = await WatchedLog.Of(system);

        log.Refuse(writes, flushes);
        var told = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Record.ExceptionAsync(() => Urge(system, task.Id, n))));
        log.Refuse(0, 0);

        var refused = told.OfType<Exception>().ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, failure => Assert.IsType<StoreUnavailableException>(failure));
        Assert.Equal(told.Length - refused.Count, await Urges(system, task.Id));
        await Urge(system, task.Id, 16);
        Assert.Equal(told.Length - refused.Count + 1, await Urges(system, task.Id));
        Assert.True((await system.Send(new VerifyRecord.Query(), People.Inspector)).Ok);
    }

    private static Task Urge(TestSystem system, Guid task, int n) => system.Send(new UrgeTask.Command(task, null, $"{n}"), People.Office);

    private static async Task<int> Urges(TestSystem system, Guid task) => (await system.Events(task)).OfType<Urged>().Count();
}
