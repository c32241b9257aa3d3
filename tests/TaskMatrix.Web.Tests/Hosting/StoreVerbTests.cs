using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Tests.Shell;
using Xunit.Abstractions;

namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>backup, restore, export and the refusals to start, as somebody at the console meets them.</summary>
public sealed class StoreVerbTests(ITestOutputHelper output)
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("TASKMATRIX_LONG") == "1";

    [Fact]
    public async Task A_restore_killed_at_any_moment_leaves_the_old_state_or_the_new_one()
    {
        var (folder, backup) = await Saved();
        var workshop = Path.Combine(folder, "exercise.db.restoring");
        var (killed, old, fresh) = (0, 0, 0);
        for (var (round, most) = (0, Long ? 60 : 6); round < most || (killed == 0 && round < 10 * most); round++)
        {
            await SetLater(folder);
            killed += await ServerProcess.RunUntil(null, Moment(folder, workshop, round), "restore", backup, "--force", "--exercise", "--data", folder) ? 1 : 0;

            var (ok, later) = await State(folder);
            Assert.True(ok, $"round {round}: the record is broken");
            Assert.InRange(later, 0, 1);
            (old, fresh) = (old + later, fresh + 1 - later);
        }

        output.WriteLine($"{killed} killed; the old state {old} times, the new one {fresh} times");
        Assert.True(killed > 0, "each ended before it was killed");
        Assert.True(old > 0, "none was killed before it had changed anything");

        Assert.Equal(0, (await ServerProcess.Run(null, "restore", backup, "--force", "--exercise", "--data", folder)).Exit);
        Assert.Equal((true, 0), await State(folder));
        Assert.False(Directory.Exists(workshop));
    }

    /// <summary>In turn: somewhere in unpacking, when the old heads go aside, and when the copy has gone to its place.</summary>
    private static Func<Task<bool>> Moment(string folder, string workshop, int round)
    {
        var (far, unpacked) = (new Random(round).NextInt64(1, 6_000_000), false);
        var copy = new FileInfo(Path.Combine(workshop, "exercise.db"));
        foreach (var earlier in Directory.EnumerateDirectories(folder, "before-restore-*"))
        {
            Directory.Delete(earlier, recursive: true);
        }

        return () =>
        {
            copy.Refresh();
            unpacked |= copy.Exists;
            return Task.FromResult((round % 3) switch
            {
                0 => copy.Exists && copy.Length > far,
                1 => Directory.EnumerateDirectories(folder, "before-restore-*").Any(),
                _ => unpacked && !copy.Exists,
            });
        };
    }

    [Fact]
    public async Task A_restore_of_an_empty_folder_broken_off_is_told_and_can_be_done_again()
    {
        var (_, backup) = await Saved();
        var folder = RunningApi.NewFolder();
        Directory.CreateDirectory(Path.Combine(folder, "exercise.db.restoring"));

        var (exit, said) = await ServerProcess.Run(null, "--demo", "--exercise", "--data", folder, "--urls", "http://127.0.0.1:0");
        Assert.Equal(3, exit);
        Assert.Contains("恢复", said, StringComparison.Ordinal);
        Assert.Contains("was broken off", said, StringComparison.Ordinal);
        Assert.Equal(0, (await ServerProcess.Run(null, "restore", backup, "--exercise", "--data", folder)).Exit);
        Assert.Equal((true, 0), await State(folder));
    }

    [Fact]
    public async Task While_a_stopped_store_is_copied_a_server_can_start_and_nobody_else_reads_the_half_of_it()
    {
        var (folder, _) = await Saved();
        var (file, free, mode) = (Path.Combine(RunningApi.NewFolder(), "night.backup"), false, UnixFileMode.None);
        var killed = await ServerProcess.RunUntil(
            null,
            () =>
            {
                if (!Directory.Exists(file + ".part"))
                {
                    return Task.FromResult(false);
                }

                using var alone = new StoreLock(new AppOptions { DataFolder = folder, ContentFolder = "", Exercise = true });
                (free, mode) = (alone.TryTake(), OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file + ".part"));
                return Task.FromResult(true);
            },
            "backup", file, "--exercise", "--data", folder);

        Assert.True(killed && free);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, mode);
    }

    [Fact]
    public async Task A_backup_beside_a_running_server_and_an_export_are_in_the_record()
    {
        await using var api = await RunningApi.Start();
        var (file, lines) = (Path.Combine(api.Folder, "x.backup"), Path.Combine(api.Folder, "record.jsonl"));

        var (exit, said) = await ServerProcess.Run(null, "backup", file, "--exercise", "--data", api.Folder);
        Assert.True(exit == 0, said);
        Assert.Equal(1, (await ServerProcess.Run(null, "backup", file, "--exercise", "--data", api.Folder)).Exit);
        (exit, said) = await ServerProcess.Run(null, "export", "--out", lines, "--jurisdiction", "lanxi", "--exercise", "--data", api.Folder);
        Assert.True(exit == 0, said);
        Assert.Equal(1, (await ServerProcess.Run(null, "export", "--jurisdiction", "nowhere", "--exercise", "--data", api.Folder)).Exit);

        var acts = await api.Read(db => db.Audit.Where(entry => entry.Actor == "command-line").OrderBy(entry => entry.Id).Select(entry => entry.Action + " " + entry.Jurisdiction).ToListAsync());
        Assert.Equal(["back-up lanxi", "back-up taiping", "back-up lanxi", "back-up taiping", "export-record lanxi"], acts);
        Assert.Contains(await File.ReadAllLinesAsync(lines), line => line.Contains("export-record", StringComparison.Ordinal));
        Assert.True((await api.As("taiping.inspector").Get("/api/audit/verify")).Ok().Flag("ok"));
    }

    [Fact]
    public void Every_refusal_has_words_in_both_languages_and_says_what_to_do()
    {
        var source = string.Concat(SourceRoot.Files("src", "*.cs").Select(File.ReadAllText));
        var thrown = Regex.Matches(source, "new StoreRefusedException\\(\"([a-z.-]+)\"").Select(match => match.Groups[1].Value).Distinct().Order();

        Assert.Equal(thrown, StoreRefusal.Words.Keys.Order());
        Assert.All(StoreRefusal.Words.Values, words =>
        {
            Assert.Matches("\\p{IsCJKUnifiedIdeographs}", words.Chinese);
            Assert.DoesNotMatch("\\p{IsCJKUnifiedIdeographs}", words.English);
            Assert.Equal(words.Chinese.Split('{').Length, words.English.Split('{').Length);
        });
    }

    [Fact]
    public void Every_refusal_is_given_as_much_as_its_words_name()
    {
        var source = string.Concat(SourceRoot.Files("src", "*.cs").Select(File.ReadAllText));
        var thrown = Regex.Matches(source, "new StoreRefusedException\\(\"([a-z.-]+)\"(.*)\\);").Select(match => (Code: match.Groups[1].Value, Given: match.Groups[2].Value.Split(", ").Length - 1)).ToList();

        Assert.True(thrown.Count > StoreRefusal.Words.Count);
        Assert.All(thrown, refusal =>
        {
            var (chinese, english) = StoreRefusal.Words[refusal.Code];
            var named = Enumerable.Range(0, refusal.Given).Select(place => $"{{{place}}}");
            Assert.Equal(named, Places(chinese));
            Assert.Equal(named, Places(english));
        });
    }

    private static IEnumerable<string> Places(string words) => Regex.Matches(words, "\\{[0-9]\\}").Select(match => match.Value).Distinct().Order();

    /// <summary>A folder with both plans in force, and a backup of it.</summary>
    private static async Task<(string Folder, string Backup)> Saved()
    {
        await using var api = await RunningApi.Start();
        var file = Path.Combine(RunningApi.NewFolder(), "monday.backup");
        await api.Services.GetRequiredService<BackupStore>().Run(file, force: false, CancellationToken.None);
        var folder = RunningApi.NewFolder();
        var (exit, said) = await ServerProcess.Run(null, "restore", file, "--exercise", "--data", folder);
        Assert.True(exit == 0, said);
        return (folder, file);
    }

    /// <summary>What happens after the backup and is gone with a restore.</summary>
    private static async Task SetLater(string folder)
    {
        await using var gate = new SqliteWriteGate(new SqliteFile(Path.Combine(folder, "exercise.db")), []);
        await gate.Run((db, ct) => db.Database.ExecuteSqlRawAsync("INSERT OR REPLACE INTO settings (key, value) VALUES ('later', '')", ct), CancellationToken.None);
    }

    private static async Task<(bool Ok, int Later)> State(string folder)
    {
        await using var app = WebHost.Build(new ServeOptions(false, true, null, folder, "http://127.0.0.1:0"));
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Startup>().Migrate(CancellationToken.None);
        var verified = await scope.ServiceProvider.GetRequiredService<MediatR.IMediator>().Send(new VerifyRecord.Query());
        await using var db = app.Services.GetRequiredService<IReadContexts>().Create();
        var later = await db.Settings.CountAsync(setting => setting.Key == "later");
        await scope.ServiceProvider.GetRequiredService<MediatR.IMediator>().Send(new ExportHeads.Command(OnlyFirstOfDay: false));
        SqliteConnection.ClearAllPools();
        return (verified.Ok, later);
    }
}
