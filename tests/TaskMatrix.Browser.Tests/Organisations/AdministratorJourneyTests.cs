using TaskMatrix.Browser.Tests.Shell;

namespace TaskMatrix.Browser.Tests.Organisations;

/// <summary>The three administrators: each does the own part and is told plainly that the rest is another's.</summary>
[Collection(RunningProgramCollection.Name)]
public sealed class AdministratorJourneyTests(RunningProgram program)
{
    public static TheoryData<bool, bool, string> Ways => Looking.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Channels_are_kept_by_one_and_the_record_is_verified_by_another(bool scripts, bool phone, string language)
    {
        var looking = new Looking(scripts, phone, language);
        await using var system = await Person.SignIn(program, looking, "taiping.sysadmin");
        await system.Go("/channels");
        var rows = system.Page.Locator("main table tbody tr");
        var before = await rows.CountAsync();
        await system.Send("/channels", ("recipient", "office"), ("kind", "feishu"), ("target", $"https://open.feishu.cn/open-apis/bot/v2/hook/{Guid.NewGuid():N}"));
        Assert.Equal(before + 1, await rows.CountAsync());
        await rows.First.Locator("form[action$='/remove'] button").ClickAsync();
        await system.Page.WaitForSelectorAsync(".told");
        await system.Whole();
        Assert.Equal(before, await rows.CountAsync());

        await using var auditor = await Person.SignIn(program, looking, "taiping.auditor");
        await auditor.Go("/audit");
        await auditor.Page.ClickAsync("form[action='/audit/verify'] button[type=submit]");
        await auditor.Page.WaitForSelectorAsync(".told:not(.broken)");

        await using var security = await Person.SignIn(program, looking, "taiping.secadmin");
        foreach (var (person, other) in new[] { (system, "/audit"), (auditor, "/channels"), (security, "/channels") })
        {
            await Person.FoundNothingWrong(person);
            await person.Go(other);
            Assert.Equal("403", await person.Page.InnerTextAsync(".notice .code"));
            await person.Page.ClickAsync(".notice a.btn");
            Assert.Equal("/", person.Here);
        }
    }
}
