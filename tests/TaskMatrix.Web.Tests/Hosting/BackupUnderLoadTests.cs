namespace TaskMatrix.Web.Tests.Hosting;

public sealed class BackupUnderLoadTests
{
    private const int People = 50;

    [Fact]
    public async Task Fifty_people_work_while_another_process_copies_the_store_and_none_meets_a_lock()
    {
        var (folder, copies, ledger) = (RunningApi.NewFolder(), RunningApi.NewFolder(), new WorkLedger());
        using var server = await ServerProcess.Start(folder);
        await ledger.SignIn(server.Address);
        var (reached, ended) = ledger.Work(server.Address, 6 * People, People);
        var copied = 0;
        do
        {
            var (exit, said) = await ServerProcess.Run(null, "backup", Path.Combine(copies, $"{copied++}.backup"), "--exercise", "--data", folder);
            Assert.True(exit == 0, said);
        }
        while (!reached.IsCompleted && !ended.IsCompleted);

        ledger.Enough = true;
        await ended;
        Assert.Equal(0, ledger.Refusals);
        Assert.True(ledger.Answered.Count >= 6 * People);
        var written = await server.Figure("taskmatrix_write_duration_seconds_count");
        Assert.True(await server.Figure("taskmatrix_write_duration_seconds_bucket{le=\"30\"}") >= 0.99 * written, "one of a hundred waits longer than a command may");
        await ledger.Check(server.Address);
    }
}
