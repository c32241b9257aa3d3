using TaskMatrix.Browser.Tests.Shell;

namespace TaskMatrix.Browser.Tests.TaskInstances;

/// <summary>From the office's order to its closing, and from a silent unit to the overdue list, as people click it.</summary>
[Collection(RunningProgramCollection.Name)]
public sealed class JourneyTests(RunningProgram program)
{
    public static TheoryData<bool, bool, string> Ways => Looking.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_task_is_assigned_acknowledged_submitted_signed_and_closed(bool scripts, bool phone, string language)
    {
        var looking = new Looking(scripts, phone, language);
        var title = $"排查返乡学生 {looking}";
        await using var office = await Person.SignIn(program, looking, "taiping.office");
        await office.Go("/tasks/new");
        await office.Page.FillAsync("[name=title]", title);
        await office.ChooseUnit("education");
        await office.Page.ClickAsync("details.action summary");
        await office.Page.CheckAsync("[name=signOffRequired]");
        await office.Page.ClickAsync(".buttons .btn-primary");
        var task = new Uri(office.Page.Url).AbsolutePath;
        Assert.Contains(title, await office.Page.InnerTextAsync("h1"));

        await using var liaison = await Person.SignIn(program, looking, "taiping.education");
        await liaison.Go(task);
        await Do(liaison, task, "acknowledge");
        await liaison.Page.FillAsync("#f-submit-text", "已全部排查，共 312 人。");
        await Do(liaison, task, "submit");
        Assert.Empty(await liaison.Page.QuerySelectorAllAsync($"form[action='{task}/sign']"));

        await using var head = await Person.SignIn(program, looking, "taiping.education.head");
        await head.Go(task);
        await Do(head, task, "sign");

        await office.Go(task);
        await Do(office, task, "approve");
        Assert.Contains(language == "en" ? "Closed" : "已办结", await office.Page.InnerTextAsync(".deadlines"));
        Assert.Equal(5, await office.Page.Locator(".history ol > li").CountAsync());
        foreach (var person in new[] { office, liaison, head })
        {
            Assert.Empty(person.Faults);
            Assert.True(await person.FitsTheScreen());
        }
    }

    [Fact]
    public async Task What_nobody_does_stands_in_the_inspectors_list_with_its_history()
    {
        await using var office = await Person.SignIn(program, new Looking(true, false, "zh-CN"), "lanxi.office");
        await office.Page.ClickAsync(".exercise button[value=P1D]");
        await office.Page.WaitForSelectorAsync(".told");

        await using var inspector = await Person.SignIn(program, new Looking(false, true, "zh-CN"), "lanxi.inspector");
        await inspector.Go("/overdue");
        Assert.NotEqual(0, await inspector.Page.Locator("table.overdue tbody tr").CountAsync());
        await inspector.Page.ClickAsync("table.overdue a[href*='#history']");
        await inspector.Whole();
        Assert.NotEqual(0, await inspector.Page.Locator(".history li").CountAsync());
        Assert.Empty(office.Faults.Concat(inspector.Faults));
    }

    [Fact]
    public async Task A_filter_narrows_the_list_in_place_with_scripts_and_stays_in_the_address()
    {
        await using var office = await Person.SignIn(program, new Looking(true, false, "zh-CN"), "taiping.office");
        await office.Go("/tasks");
        await office.Page.SelectOptionAsync("[name=unit]", "education");
        await office.Page.WaitForURLAsync("**unit=education**");
        await office.Page.WaitForFunctionAsync("() => document.querySelectorAll('.tasks tbody tr').length < 50");
        Assert.Equal(1, await office.Page.Locator("#results").CountAsync());
        Assert.Empty(office.Faults);
    }

    private static async Task Do(Person person, string task, string action)
    {
        await person.Page.ClickAsync($"form[action='{task}/{action}'] button[type=submit]");
        await person.Page.WaitForSelectorAsync(".told");
        await person.Whole();
    }
}
