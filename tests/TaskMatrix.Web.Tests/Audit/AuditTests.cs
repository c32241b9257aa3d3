using System.IO.Compression;
using TaskMatrix.Web.Tests.Hosting;
using TaskMatrix.Web.Tests.TaskInstances;

namespace TaskMatrix.Web.Tests.Audit;

/// <summary>The record over the API.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task The_record_is_listed_by_act_and_person_and_followed_page_by_page()
    {
        var api = await RunningApi.Shared;
        var id = await api.Task("agriculture");
        await api.As("taiping.agriculture").Do(id, "acknowledge");

        var mine = await api.As("taiping.auditor").All("/api/audit?actor=taiping.agriculture&action=acknowledge", limit: 1);

        var entry = Assert.Single(mine, one => one.TextOrNull("taskId") == id);
        Assert.Equal(("taiping/agriculture", "pendingAck", "inProgress"), (entry.Text("chain"), entry.Text("from"), entry.Text("to")));
        Assert.Matches("^[0-9a-f]{64}$", entry.Text("hash"));
        (await api.As("taiping.inspector").Get("/api/audit?from=2020-01-24T00:00:00Z&to=2020-01-23T00:00:00Z")).Refused(400, "validation.failed");
    }

    [Fact]
    public async Task Heads_are_taken_as_a_file_and_given_back_to_be_checked()
    {
        await using var api = await RunningApi.Start();
        var auditor = api.As("taiping.auditor");
        var heads = (await auditor.Get("/api/audit/heads")).Ok();
        var file = await auditor.Get("/api/audit/heads?download=true");

        Assert.Equal(heads.ToJsonString(), file.Json.ToJsonString());
        Assert.Contains("attachment", file.Headers["Content-Disposition"].Single(), StringComparison.Ordinal);
        Assert.True((await auditor.Post("/api/audit/verify", heads)).Ok().Flag("ok"));

        var forged = heads["heads"]![0]!;
        forged["hash"] = new string('0', 64);
        var broken = (await auditor.Post("/api/audit/verify", heads)).Ok();
        Assert.False(broken.Flag("ok"));
        Assert.Equal((forged.Text("chain"), "hash is not the exported one"), (broken["firstBroken"]!.Text("chain"), broken["firstBroken"]!.Text("why")));
        (await auditor.Post("/api/audit/verify", new { heads = new[] { new { chain = "a", sequence = 0, hash = "" } } })).Invalid("heads");
    }

    [Fact]
    public async Task The_verb_takes_heads_kept_elsewhere_and_the_archive_of_a_closed_period()
    {
        await using var api = await RunningApi.Start();
        var (heads, forged, zip) = (Path.Combine(api.Folder, "kept.json"), Path.Combine(api.Folder, "forged.json"), Path.Combine(api.Folder, "january.zip"));
        var file = (await api.As("taiping.inspector").Get("/api/audit/heads")).Ok();
        await File.WriteAllTextAsync(heads, file.ToJsonString());
        file["heads"]![0]!["hash"] = new string('0', 64);
        await File.WriteAllTextAsync(forged, file.ToJsonString());

        Assert.Equal(0, (await ServerProcess.Run(null, "verify", "--heads", heads, "--exercise", "--data", api.Folder)).Exit);
        var (exit, said) = await ServerProcess.Run(null, "verify", "--heads", forged, "--exercise", "--data", api.Folder);
        Assert.Equal(1, exit);
        Assert.Contains("hash is not the exported one", said, StringComparison.Ordinal);
        Assert.Equal(2, (await ServerProcess.Run(null, "verify", "--heads", Path.Combine(api.Folder, "none.json"), "--exercise", "--data", api.Folder)).Exit);

        (exit, said) = await ServerProcess.Run(null, "export", "--archive", zip, "--from", "2020-01-01T00:00:00Z", "--to", "2020-01-23T00:30:00Z", "--exercise", "--data", api.Folder);
        Assert.True(exit == 0, said);
        using var archive = ZipFile.OpenRead(zip);
        Assert.NotNull(archive.GetEntry("SHA256SUMS"));
        Assert.Equal(1, (await ServerProcess.Run(null, "export", "--archive", zip, "--exercise", "--data", api.Folder)).Exit);
    }

    [Fact]
    public async Task An_archive_over_the_api_is_a_zip_and_stands_in_the_record()
    {
        await using var api = await RunningApi.Start();
        (await api.As("taiping.office").Post("/api/exercise/advance", new { by = "P1D" })).Ok();

        var zip = await api.As("taiping.auditor").Get($"/api/audit/archive.zip?from=2020-01-22T16:00:00Z&to={Uri.EscapeDataString(RunningApi.Morning.AddHours(20).ToString("O"))}");

        Assert.Equal((200, "application/zip"), (zip.Status, zip.MediaType));
        using var archive = new ZipArchive(new MemoryStream(zip.Bytes));
        Assert.Contains(archive.Entries, entry => entry.FullName.StartsWith("entries/taiping/education/", StringComparison.Ordinal));
        Assert.DoesNotContain(archive.Entries, entry => entry.FullName.Contains("lanxi", StringComparison.Ordinal));
        using var readme = new StreamReader(archive.GetEntry("README.txt")!.Open());
        Assert.StartsWith("演练", await readme.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Contains("exercise-", zip.Headers["Content-Disposition"].Single(), StringComparison.Ordinal);
        var noted = (await api.As("taiping.auditor").All("/api/audit?action=export")).Single();
        Assert.Equal("archive.zip", noted["details"]!.Text("export"));
        (await api.As("taiping.auditor").Get("/api/audit/archive.zip?from=2020-01-22T16:00:00Z&to=2030-01-01T00:00:00Z")).Invalid("to");
    }
}
