using System.Diagnostics;
using System.IO.Compression;
using FluentValidation;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;

namespace TaskMatrix.App.Tests.Audit;

public sealed class ArchiveOnSqlite() : ArchiveSuite(new SqliteDatabase());

public sealed class ArchiveOnPostgres() : ArchiveSuite(new PostgresDatabase());

/// <summary>归档 of a period, checked as its reader says: with sha256sum and a shell, and no code of ours.</summary>
public abstract class ArchiveSuite(ITestDatabase database)
{
    [Fact]
    public async Task Sha256sum_finds_every_entry_as_it_was_hashed_and_the_links_hold()
    {
        await using var system = await TestSystem.Start(database);
        var folder = await Unpacked(system, days: 7);

        Assert.Equal((0, ""), await Shell(folder, "sha256sum -c --quiet SHA256SUMS"));
        Assert.Equal((0, ""), await Shell(folder, Links(folder)));
        var entries = await system.Read(db => Task.FromResult(db.Audit.Count(entry => entry.Jurisdiction == "taiping" && entry.At < TestSystem.Morning.AddDays(7))));
        Assert.Equal(entries, Directory.GetFiles(Path.Combine(folder, "entries"), "*.json", SearchOption.AllDirectories).Length);
        Assert.False(Directory.Exists(Path.Combine(folder, "entries", "lanxi")));
    }

    [Fact]
    public async Task A_changed_file_and_a_swapped_one_are_found_with_the_same_tools()
    {
        await using var system = await TestSystem.Start(database);
        var folder = await Unpacked(system, days: 2);
        var chain = Path.Combine(folder, "entries", "taiping", "education");
        var files = Directory.GetFiles(chain).Order().ToList();
        var (second, third) = (await File.ReadAllTextAsync(files[1]), await File.ReadAllTextAsync(files[2]));

        await File.WriteAllTextAsync(files[1], second.Replace("scheduler", "somebody", StringComparison.Ordinal));
        Assert.NotEqual(0, (await Shell(folder, "sha256sum -c --quiet SHA256SUMS")).Exit);
        await File.WriteAllTextAsync(files[1], third);
        await File.WriteAllTextAsync(files[2], second);

        Assert.Contains($"BROKEN entries/taiping/education/{Path.GetFileName(files[1])}", (await Shell(folder, Links(folder))).Said);
    }

    [Fact]
    public async Task An_entry_altered_in_the_store_does_not_pass_in_the_archive()
    {
        await using var system = await TestSystem.Start(database);
        await Disarm(system);
        await system.Tamper($"UPDATE audit SET payload = replace(payload, 'scheduler', 'somebody') WHERE jurisdiction = 'taiping' AND unit = 'education' AND sequence = 2");

        var folder = await Unpacked(system, days: 1);

        Assert.Contains("entries/taiping/education/000000002.json: FAILED", (await Shell(folder, "sha256sum -c --quiet SHA256SUMS")).Said);
    }

    [Fact]
    public async Task Its_heads_are_those_that_verify_takes_and_periods_follow_each_other()
    {
        await using var system = await TestSystem.Start(database);
        await system.Assign("education");
        system.Pass(TimeSpan.FromDays(1));
        await system.Assign("education");
        system.Pass(TimeSpan.FromDays(1));
        var (first, next) = (await Unpack(system, TestSystem.Morning.AddDays(-1), TestSystem.Morning.AddDays(1)), await Unpack(system, TestSystem.Morning.AddDays(1), TestSystem.Morning.AddDays(2)));

        Assert.Equal(Chain(first)[5], Chain(next)[4]);
        Assert.Equal(long.Parse(Chain(first)[2]) + 1, long.Parse(Chain(next)[1]));
        await using var heads = File.OpenRead(Path.Combine(next, "heads.json"));
        Assert.True((await system.Send(new VerifyRecord.Query(ExportedHeads.Read(heads)))).Ok);
    }

    [Fact]
    public async Task Only_a_period_that_is_over_is_archived()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        using var nowhere = new MemoryStream();

        var refused = await Assert.ThrowsAsync<ValidationException>(() => system.Send(new WriteArchive.Query("taiping", TestSystem.Morning, TestSystem.Morning.AddSeconds(1), nowhere)));

        Assert.Equal("export.period-open", refused.Errors.Single().ErrorCode);
        await Assert.ThrowsAsync<ValidationException>(() => system.Send(new WriteArchive.Query("taiping", TestSystem.Morning, TestSystem.Morning, nowhere)));
        Assert.Equal(0, nowhere.Length);
    }

    private Task Disarm(TestSystem system) => system.Options.Postgres is null
        ? system.Tamper($"DROP TRIGGER audit_no_update")
        : system.Tamper($"DROP TRIGGER audit_no_change ON audit");

    private static async Task<string> Unpacked(TestSystem system, int days)
    {
        await RecordSuite.ABusyWeek(system);
        return await Unpack(system, TestSystem.Morning.AddDays(-1), TestSystem.Morning.AddDays(days));
    }

    private static async Task<string> Unpack(TestSystem system, DateTimeOffset from, DateTimeOffset to)
    {
        var folder = Directory.CreateDirectory(Path.Combine(system.Options.DataFolder, Guid.NewGuid().ToString("N"))).FullName;
        await using (var file = File.Create(Path.Combine(folder, "a.zip")))
        {
            Assert.True((await system.Send(new WriteArchive.Query("taiping", from, to, file))).Entries > 0);
        }

        await ZipFile.ExtractToDirectoryAsync(Path.Combine(folder, "a.zip"), folder);
        return folder;
    }

    private static string[] Chain(string folder) =>
        File.ReadAllLines(Path.Combine(folder, "chains.tsv")).Single(line => line.StartsWith("taiping/education\t", StringComparison.Ordinal)).Split('\t');

    /// <summary>As the archive's own README has it.</summary>
    private static string Links(string folder)
    {
        var lines = File.ReadAllLines(Path.Combine(folder, "README.txt")).Select(line => line.Trim()).ToList();
        return string.Join('\n', lines.SkipWhile(line => !line.StartsWith("for d in", StringComparison.Ordinal)).TakeWhile(line => !line.StartsWith('3')));
    }

    private static async Task<(int Exit, string Said)> Shell(string folder, string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, complained) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync();
        return (shell.ExitCode, (await said + await complained).Replace("sha256sum: WARNING: 1 computed checksum did NOT match\n", "", StringComparison.Ordinal));
    }
}
