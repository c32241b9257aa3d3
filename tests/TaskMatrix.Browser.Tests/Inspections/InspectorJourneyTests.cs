using TaskMatrix.Browser.Tests.Shell;
using TaskMatrix.Browser.Tests.TaskInstances;

namespace TaskMatrix.Browser.Tests.Inspections;

/// <summary>督查 from what is overdue to its end, with the unit's own words in between, and the record verified.</summary>
[Collection(RunningProgramCollection.Name)]
public sealed class InspectorJourneyTests(RunningProgram program)
{
    public static TheoryData<bool, bool, string> Ways => Looking.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_is_overdue_is_inspected_explained_and_struck_off(bool scripts, bool phone, string language)
    {
        var looking = new Looking(scripts, phone, language);
        await using var office = await Person.SignIn(program, looking, "taiping.office");
        var task = await office.Assign($"当日报送名单 {looking}", "publicity", hours: 2);
        await office.Page.ClickAsync(".exercise button[value=PT4H]");
        await office.Page.WaitForSelectorAsync(".told");

        await using var inspector = await Person.SignIn(program, looking, "taiping.inspector");
        await inspector.Go("/overdue?unit=publicity");
        await inspector.Page.CheckAsync($"[name=taskIds][value='{task.Split('/')[^1]}']");
        var inspection = await inspector.Send("/inspections", ("kind", "single"), ("reason", "当日未报"));
        await inspector.Send(inspection + "/issue-order", ("text", "请说明未报原因"), ("answerBy", "2030-01-01T09:00"));

        await using var liaison = await Person.SignIn(program, looking, "taiping.publicity");
        await liaison.Go("/inspections");
        await liaison.Page.Locator($"main a[href='{inspection}']").First.ClickAsync();
        await liaison.Send(inspection + "/explain", ("text", "名单在核对"));

        await inspector.Go(inspection);
        Assert.Contains("名单在核对", await inspector.Page.InnerTextAsync("main"));
        await inspector.Send(inspection + "/find", ("finding", "exempt"), ("text", "情况属实"));
        await inspector.Send(inspection + "/close", ("text", "销号"));
        Assert.Empty(await inspector.Page.QuerySelectorAllAsync($"form[action^='{inspection}/']"));

        await inspector.Go("/audit");
        await inspector.Page.ClickAsync("form[action='/audit/verify'] button[type=submit]");
        await inspector.Page.WaitForSelectorAsync(".told:not(.broken)");
        await Person.FoundNothingWrong(office, inspector, liaison);
    }
}
