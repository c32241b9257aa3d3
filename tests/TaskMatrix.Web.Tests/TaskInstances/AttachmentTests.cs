using System.IO.Compression;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using TaskMatrix.Web.Tests.Hosting;

namespace TaskMatrix.Web.Tests.TaskInstances;

public sealed class AttachmentTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13];

    public static TheoryData<string, byte[], string> Kinds => new()
    {
        { "方案.pdf", "%PDF-1.7\n"u8.ToArray(), "application/pdf" },
        { "照片.png", Png, "image/png" },
        { "照片.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16], "image/jpeg" },
        { "报告.docx", Zip("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
        { "台账.xlsx", Zip("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
        { "记录.txt", Encoding.UTF8.GetBytes("已消毒三处"), "text/plain" },
        { "table.csv", "unit,count\na,1\n"u8.ToArray(), "text/plain" },
        { "really-a-picture.txt", Png, "image/png" },
        { "page.html.txt", "no markup"u8.ToArray(), "text/plain" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Takes_a_file_by_its_content_and_gives_it_back_byte_for_byte(string name, byte[] bytes, string mediaType)
    {
        var api = await RunningApi.Shared;
        var answer = await api.As("taiping.education").Upload(bytes, name);
        var file = answer.Ok(201);
        Assert.Equal(($"/api/attachments/{file.Text("id")}", name, bytes.Length), (answer.Location, file.Text("fileName"), file.Number("size")));
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(bytes)), mediaType), (file.Text("sha256"), file.Text("mediaType")));

        var back = await api.As("taiping.education").Get($"/api/attachments/{file.Text("id")}");
        Assert.Equal((200, mediaType), (back.Status, back.MediaType));
        Assert.Equal(bytes, back.Bytes);
        Assert.StartsWith("attachment", Assert.Single(back.Headers["Content-Disposition"]), StringComparison.Ordinal);
        Assert.Equal(["nosniff"], back.Headers["X-Content-Type-Options"]);
        Assert.Equal(["default-src 'none'; sandbox"], back.Headers["Content-Security-Policy"]);
        Assert.Contains("no-store", Assert.Single(back.Headers["Cache-Control"]), StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[]> Refused => new()
    {
        { "empty.txt", [] },
        { "page.txt", "<html><script>alert(1)</script>"u8.ToArray() },
        { "picture.png", " \n<svg onload='alert(1)'/>"u8.ToArray() },
        { "bom.txt", [0xEF, 0xBB, 0xBF, .. "<html>"u8] },
        { "program.pdf", [0x4D, 0x5A, 0x90, 0, 3] },
        { "nul.txt", [65, 0, 66] },
        { "gbk.txt", [0xC1, 0xEC, 0xB5, 0xBC] },
        { "archive.docx", Zip("evil.exe") },
        { "broken.docx", [0x50, 0x4B, 3, 4, 1, 2, 3] },
        { "old.doc", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Refuses_what_is_none_of_the_kinds_whatever_its_name(string name, byte[] bytes)
    {
        var api = await RunningApi.Shared;
        (await api.As("taiping.education").Upload(bytes, name)).Invalid("file");
    }

    [Theory]
    [InlineData("../../etc/passwd.txt", "passwd.txt")]
    [InlineData("..\\\\..\\\\boot.txt", "boot.txt")]
    [InlineData("C:\\\\windows\\\\win.txt", "win.txt")]
    [InlineData("..", "file")]
    [InlineData("a‮txt.exe.txt", "atxt.exe.txt")]
    [InlineData("/", "file")]
    public async Task Keeps_no_folder_and_no_mark_of_a_name(string sent, string kept)
    {
        var api = await RunningApi.Shared;
        var file = (await api.As("taiping.education").Upload("text"u8.ToArray(), sent)).Ok(201);
        Assert.Equal(kept, file.Text("fileName"));
    }

    [Fact]
    public async Task Cuts_a_name_that_is_too_long()
    {
        var api = await RunningApi.Shared;
        var file = (await api.As("taiping.education").Upload("text"u8.ToArray(), new string('长', 300) + ".txt")).Ok(201);
        Assert.InRange(file.Text("fileName").Length, 1, 120);
    }

    [Theory]
    [InlineData(20 * 1024 * 1024, 201)]
    [InlineData((20 * 1024 * 1024) + 1, 413)]
    [InlineData(30 * 1024 * 1024, 413)]
    public async Task Takes_20_MiB_and_no_more(int size, int status)
    {
        await using var api = await RunningApi.Start();
        var bytes = new byte[size];
        Array.Fill(bytes, (byte)'a');
        var answer = await api.As("taiping.education").Upload(bytes, "big.txt");
        Assert.Equal(status, answer.Status);
        if (status == 413)
        {
            answer.Refused(413, "request.too-large");
        }
    }

    [Fact]
    public async Task Is_its_uploaders_alone_until_it_is_handed_in_and_then_the_tasks()
    {
        var api = await RunningApi.Shared;
        var liaison = api.As("taiping.education");
        var file = (await liaison.Upload("清单"u8.ToArray(), "清单.txt")).Ok(201).Text("id");
        foreach (var user in new[] { "taiping.education.head", "taiping.office", "taiping.health", "lanxi.office", "taiping.sysadmin" })
        {
            (await api.As(user).Get($"/api/attachments/{file}")).Refused(404, "not-found");
        }

        var id = await api.Task();
        await liaison.Do(id, "acknowledge");
        await liaison.Do(id, "submit", new { text = "见清单", attachmentIds = new[] { file } });
        foreach (var (user, status) in new[] { ("taiping.education.head", 200), ("taiping.office", 200), ("taiping.inspector", 200), ("taiping.health", 404), ("lanxi.office", 404), ("taiping.sysadmin", 404) })
        {
            Assert.Equal(status, (await api.As(user).Get($"/api/attachments/{file}")).Status);
        }
    }

    [Fact]
    public async Task Nobody_hands_in_a_file_of_somebody_else_or_of_another_task()
    {
        var api = await RunningApi.Shared;
        var (education, health) = (api.As("taiping.education"), api.As("taiping.health"));
        var file = (await education.Upload("清单"u8.ToArray(), "清单.txt")).Ok(201).Text("id");
        var (first, second, others) = (await api.Task(), await api.Task(), await api.Task("health"));
        await education.Do(first, "acknowledge");
        await education.Do(second, "acknowledge");
        await health.Do(others, "acknowledge");

        (await health.Act(others, "submit", new { text = "见清单", attachmentIds = new[] { file } })).Invalid("attachmentIds");
        await education.Do(first, "progress", new { percent = 10, text = "见清单", attachmentIds = new[] { file } });
        (await education.Act(second, "submit", new { text = "见清单", attachmentIds = new[] { file } })).Invalid("attachmentIds");
        await education.Do(first, "submit", new { text = "见清单", attachmentIds = new[] { file } });
        (await health.Get($"/api/attachments/{file}")).Refused(404, "not-found");
    }

    [Fact]
    public async Task Refuses_a_form_without_a_file()
    {
        var api = await RunningApi.Shared;
        var liaison = api.As("taiping.education");
        Assert.Equal(400, (await liaison.Send(HttpMethod.Post, "/api/attachments", new MultipartFormDataContent { { new StringContent("x"), "other" } })).Status);
        Assert.Equal(400, (await liaison.Send(HttpMethod.Post, "/api/attachments", new MultipartFormDataContent { { new StringContent("x"), "other" } }, key: "k1")).Status);
        (await liaison.PostText("/api/attachments", "{}")).Refused(415, "request.wrong-media-type");
        var broken = new ByteArrayContent("no parts"u8.ToArray());
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=xyz");
        Assert.Equal(400, (await liaison.Send(HttpMethod.Post, "/api/attachments", broken)).Status);
    }

    private static byte[] Zip(string entry)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create))
        {
            zip.CreateEntry(entry).Open().Dispose();
        }

        return memory.ToArray();
    }
}
