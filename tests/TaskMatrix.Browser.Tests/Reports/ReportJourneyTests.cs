using System.Globalization;
using System.Text.RegularExpressions;
using TaskMatrix.Browser.Tests.Shell;

namespace TaskMatrix.Browser.Tests.Reports;

/// <summary>日报告 of 兰溪镇 as people click it: filled, signed, received and taken away as a document.</summary>
[Collection(RunningProgramCollection.Name)]
public sealed partial class ReportJourneyTests(RunningProgram program)
{
    /// <summary>A unit for each way of looking, as all of them use one program.</summary>
    public static TheoryData<bool, bool, string> Ways => new() { { true, false, "fishery" }, { false, true, "forestry-station" } };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_daily_report_is_filled_signed_received_and_printed(bool scripts, bool phone, string unit)
    {
        var looking = new Looking(scripts, phone, "zh-CN");
        await using var liaison = await Person.SignIn(program, looking, $"lanxi.{unit}");
        await liaison.Go("/tasks?q=" + Uri.EscapeDataString("疫情日报告"));
        await liaison.Page.Locator(".tasks .title-cell a").First.ClickAsync();
        var task = new Uri(liaison.Page.Url).AbsolutePath;
        await liaison.Page.FillAsync($"form[action='{task}/submit'] [name='form.underObservation']", "37");
        await liaison.Page.FillAsync("#f-submit-text", "今日在观三十七人。");
        await Do(liaison, task, "submit");

        await using var head = await Person.SignIn(program, looking, $"lanxi.{unit}.head");
        await head.Go(task);
        Assert.Contains("37", await head.Page.InnerTextAsync("main"));
        await Do(head, task, "sign");

        await using var office = await Person.SignIn(program, looking, "lanxi.office");
        await office.Go("/receipts");
        Assert.Equal(1, await office.Page.Locator($"a[href='{task}']").CountAsync());
        await office.Page.CheckAsync($"[name=taskIds][value='{task.Split('/')[^1]}']");
        await office.Page.ClickAsync("form[action='/receipts/confirm'] .btn-primary");
        await office.Whole();
        Assert.Equal(0, await office.Page.Locator($"a[href='{task}']").CountAsync());

        // Other journeys on the same program may have gone on to another day.
        await office.Go(task);
        var day = Occurrence().Match(await office.Page.InnerTextAsync("main"));
        await office.Go(string.Create(CultureInfo.InvariantCulture, $"/reports?date={day.Groups[1].Value}-{int.Parse(day.Groups[2].Value, CultureInfo.InvariantCulture):00}-{int.Parse(day.Groups[3].Value, CultureInfo.InvariantCulture):00}"));
        Assert.Contains("37", await office.Page.Locator($"table.reports tr:has(a[href='{task}'])").InnerTextAsync());
        var document = await office.Page.RunAndWaitForDownloadAsync(() => office.Page.ClickAsync("a[href^='/reports/bulletin']"));
        Assert.EndsWith(".docx", document.SuggestedFilename, StringComparison.Ordinal);
        Assert.Equal("PK"u8.ToArray(), (await File.ReadAllBytesAsync(await document.PathAsync()))[..2]);
        foreach (var person in new[] { liaison, head, office })
        {
            Assert.Empty(person.Faults);
            Assert.True(await person.FitsTheScreen());
        }
    }

    private static async Task Do(Person person, string task, string action)
    {
        await person.Page.ClickAsync($"form[action='{task}/{action}'] button[type=submit]");
        await person.Page.WaitForSelectorAsync(".told");
        await person.Whole();
    }

    [GeneratedRegex(@"期次\s*(\d+)年(\d+)月(\d+)日")]
    private static partial Regex Occurrence();
}
