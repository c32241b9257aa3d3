using System.Diagnostics;
using TaskMatrix.Web.Tests.Hosting;
using TaskMatrix.Web.Tests.TaskInstances;

namespace TaskMatrix.Web.Tests.Reports;

/// <summary>What leaves the system opens in the office program people have.</summary>
public sealed class LibreOfficeTests
{
    private const string Program = "/usr/bin/soffice";

    [Fact]
    public async Task Every_document_opens()
    {
        var (api, folder) = (await RunningApi.Shared, RunningApi.NewFolder());
        var id = await api.Task("education");
        await api.As("taiping.education").Do(id, "acknowledge");
        await api.As("taiping.education").Do(id, "submit", new { text = "已办" });
        await api.As("taiping.office").Do(id, "approve");
        var inspection = await Ordered(api, await api.Task("education"));
        string[] exports = ["ledger.xlsx", "ledger.csv", "matrix.xlsx", "statistics.xlsx", "daily.docx", $"closings/{id}.docx", $"orders/{inspection}.docx"];
        foreach (var export in exports)
        {
            var answer = await api.As(export.StartsWith("orders/", StringComparison.Ordinal) ? "taiping.inspector" : "taiping.office").Get("/api/exports/" + export);
            Assert.True(answer.Status == 200, answer.Text);
            await File.WriteAllBytesAsync(Path.Combine(folder, Path.GetFileName(export)), answer.Bytes);
        }

        var files = exports.Select(Path.GetFileName).OfType<string>().ToList();
        using var office = Process.Start(new ProcessStartInfo(
            Program, ["-env:UserInstallation=file://" + folder + "/profile", "--headless", "--convert-to", "pdf", "--outdir", Path.Combine(folder, "pdf"), .. files])
        { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await office.StandardOutput.ReadToEndAsync() + await office.StandardError.ReadToEndAsync();
        await office.WaitForExitAsync();

        Assert.True(office.ExitCode == 0, said);
        Assert.All(files, file => Assert.Contains($"{Path.GetFileName(file)} ->", said.Replace(folder + "/", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.All(files.Select(Path.GetFileNameWithoutExtension).Distinct(), file => Assert.True(new FileInfo(Path.Combine(folder, "pdf", file + ".pdf")).Length > 1_000, file));
    }

    /// <summary>An inspection of the task with an order to explain.</summary>
    private static async Task<string> Ordered(RunningApi api, string task)
    {
        var inspector = api.As("taiping.inspector");
        var id = (await inspector.Post("/api/inspections", new { taskIds = new[] { task }, kind = "single", reason = "逾期" })).Ok(201).Text("id");
        (await inspector.Post($"/api/inspections/{id}/issue-order", new { text = "请说明", answerBy = RunningApi.Morning.AddDays(9) })).Ok();
        return id;
    }
}
