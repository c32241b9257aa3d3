using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.Inspections;

namespace TaskMatrix.App.Tests.Inspections;

public sealed class DossiersOnSqlite() : DossierSuite(new SqliteDatabase());

public sealed class DossiersOnPostgres() : DossierSuite(new PostgresDatabase());

/// <summary>卷宗: whole, the same each time, and checked by somebody who has only sha256sum and a shell.</summary>
public abstract class DossierSuite(ITestDatabase database)
{
    [Fact]
    public async Task Is_checked_with_standard_tools_and_every_change_to_it_is_found()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var bytes = await Dossier(system);
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            await ZipFile.ExtractToDirectoryAsync(new MemoryStream(bytes), folder);
            var (code, said) = await Check(folder);
            Assert.True(code == 0, said);
            Assert.StartsWith("OK ", said, StringComparison.Ordinal);
            Assert.Equal(await File.ReadAllTextAsync(Path.Combine(folder, "chain", "HEAD")), said[3..]);

            var entries = Directory.GetFiles(Path.Combine(folder, "chain"), "*.json").Order().ToList();
            var text = await File.ReadAllTextAsync(entries[1]);
            await File.WriteAllTextAsync(entries[1], text.Replace("education", "elsewhere", StringComparison.Ordinal));
            Assert.Contains("SHA256SUMS", (await Check(folder)).Said, StringComparison.Ordinal);

            // Whoever changes an entry may write the sums anew; the entry after it still names the old hash.
            await Sums(folder);
            Assert.Contains("does not follow", (await Check(folder)).Said, StringComparison.Ordinal);
            await File.WriteAllTextAsync(entries[1], text);
            File.Delete(entries[^1]);
            await Sums(folder);
            Assert.Contains("HEAD", (await Check(folder)).Said, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Holds_documents_clauses_timeline_orders_explanations_files_and_facts()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        using var zip = new ZipArchive(new MemoryStream(await Dossier(system)));
        var names = zip.Entries.Select(entry => entry.FullName).ToList();

        Assert.Equal("SHA256SUMS", names[^1]);
        Assert.Empty(new[] { "CHECK.txt", "check.sh", "case.json", "clauses.txt", "timeline.json", "timeline.txt", "facts.json", "facts.txt", "orders/督办-2020-0001.txt", "explanations/01.txt", "files/001-说明.txt", "files.json", "chain/HEAD" }.Except(names));
        Assert.Equal("情况属实", Text(zip, "files/001-说明.txt"));
        Assert.Contains("fact.overdue", Text(zip, "facts.txt"), StringComparison.Ordinal);
        Assert.Contains("fact.answered-in-time", Text(zip, "facts.txt"), StringComparison.Ordinal);
        var lines = Text(zip, "timeline.txt").Split('\n');
        Assert.Contains("event.issue", lines[0], StringComparison.Ordinal);
        Assert.Contains("inspections.step.explain", lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_the_same_twice()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var first = await Dossier(system);
        var id = await system.Read(db => db.Inspections.Select(row => row.Id).SingleAsync());
        Assert.Equal(Convert.ToHexString(first), Convert.ToHexString(await Write(system, id)));
    }

    [Fact]
    public async Task Brings_the_plan_and_the_sentence_a_task_comes_from()
    {
        await using var system = await TestSystem.Start(database);
        var task = (await system.Tasks(task => task.Jurisdiction == "taiping" && task.LeadUnit == "education" && task.Duty != null))[0];
        var opened = await system.Send(new OpenInspections.Command([task.Id], InspectionKind.Single, "督查"), People.Inspector);
        using var zip = new ZipArchive(new MemoryStream(await Write(system, opened.Id)));

        var plan = await system.Read(db => db.Plans.SingleAsync(plan => plan.Id == task.Plan));
        Assert.Equal(plan.Text, Text(zip, $"documents/{plan.Id}.txt"));
        Assert.Contains(task.Number, Text(zip, "clauses.txt"), StringComparison.Ordinal);
        Assert.Contains("dossier.clause", Text(zip, "clauses.txt"), StringComparison.Ordinal);
    }

    private static async Task<byte[]> Dossier(TestSystem system)
    {
        var opened = await system.Open();
        await system.Order(opened.Id);
        var file = await system.Send(new UploadAttachment.Command("说明.txt", "情况属实"u8.ToArray()), People.Liaison("education"));
        await system.Explain(opened.Id, files: file.Id);
        return await Write(system, opened.Id);
    }

    private static async Task<byte[]> Write(TestSystem system, Guid id)
    {
        using var memory = new MemoryStream();
        await system.Send(new WriteDossier.Query(id, memory, InspectionMoves.Words), People.Inspector);
        return memory.ToArray();
    }

    private static string Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static Task<(int Code, string Said)> Check(string folder) => Run(folder, "check.sh");

    private static Task Sums(string folder) => Run(folder, "-c", "find . -type f ! -name SHA256SUMS -printf '%P\\n' | LC_ALL=C sort | xargs -d '\\n' sha256sum > SHA256SUMS");

    private static async Task<(int Code, string Said)> Run(string folder, params string[] arguments)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, faults) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync();
        return (shell.ExitCode, await said + await faults);
    }
}
