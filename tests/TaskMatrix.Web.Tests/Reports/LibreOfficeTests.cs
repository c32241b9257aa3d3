using System.Diagnostics;
using TaskMatrix.Web.Tests.Hosting;
using TaskMatrix.Web.Tests.TaskInstances;

namespace TaskMatrix.Web.Tests.Reports;

/// <summary>A test that counts as skipped, not as passed, where there is no LibreOffice.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LibreOfficeFactAttribute : FactAttribute
{
    public const string Program = "/usr/bin/soffice";

    public LibreOfficeFactAttribute() => Skip = File.Exists(Program) ? null : "LibreOffice is not installed";
}

/// <summary>What leaves the system opens in the office program people have.</summary>
public sealed class LibreOfficeTests
{
    [LibreOfficeFact]
    public async Task Every_document_opens()
    {
        var (api, folder) = (await RunningApi.Shared, RunningApi.NewFolder());
        var id = await api.Task("education");
        await api.As("taiping.education").Do(id, "acknowledge");
        await api.As("taiping.education").Do(id, "submit", new { text = "已办" });
        await api.As("taiping.office").Do(id, "approve");
        string[] exports = ["ledger.xlsx", "ledger.csv", "matrix.xlsx", "statistics.xlsx", "daily.docx", $"closings/{id}.docx"];
        foreach (var export in exports)
        {
            var answer = await api.As("taiping.office").Get("/api/exports/" + export);
            Assert.True(answer.Status == 200, answer.Text);
            await File.WriteAllBytesAsync(Path.Combine(folder, Path.GetFileName(export)), answer.Bytes);
        }

        var files = exports.Select(Path.GetFileName).OfType<string>().ToList();
        using var office = Process.Start(new ProcessStartInfo(
            LibreOfficeFactAttribute.Program, ["-env:UserInstallation=file://" + folder + "/profile", "--headless", "--convert-to", "pdf", "--outdir", Path.Combine(folder, "pdf"), .. files])
        { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await office.StandardOutput.ReadToEndAsync() + await office.StandardError.ReadToEndAsync();
        await office.WaitForExitAsync();

        Assert.True(office.ExitCode == 0, said);
        Assert.All(files, file => Assert.Contains($"{Path.GetFileName(file)} ->", said.Replace(folder + "/", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.All(files.Select(Path.GetFileNameWithoutExtension).Distinct(), file => Assert.True(new FileInfo(Path.Combine(folder, "pdf", file + ".pdf")).Length > 1_000, file));
    }
}
