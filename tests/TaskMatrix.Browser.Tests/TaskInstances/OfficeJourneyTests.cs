using TaskMatrix.Browser.Tests.Shell;

namespace TaskMatrix.Browser.Tests.TaskInstances;

/// <summary>The office's day: what it gave out is asked about, prolonged, urged, sent back, and closed; several at once where they wait together.</summary>
[Collection(RunningProgramCollection.Name)]
public sealed class OfficeJourneyTests(RunningProgram program)
{
    public static TheoryData<bool, bool, string> Ways => Looking.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_task_is_prolonged_urged_returned_and_closed(bool scripts, bool phone, string language)
    {
        var looking = new Looking(scripts, phone, language);
        await using var office = await Person.SignIn(program, looking, "taiping.office");
        await using var liaison = await Person.SignIn(program, looking, "taiping.finance");
        var task = await office.Assign($"拨付防控资金 {looking}", "finance");

        await liaison.Go(task);
        await liaison.Send(task + "/acknowledge");
        await liaison.Send(task + "/request-extension", ("dueAt", "2020-02-20T18:00"), ("reason", "银行放假"), ("progress", "已拨付一半"));
        await office.Go(task);
        Assert.Contains("银行放假", await office.Page.InnerTextAsync("main"));
        await office.Send(task + "/decide-extension", ("granted", "true"), ("opinion", "同意"));
        await office.Send(task + "/urge", ("text", "请抓紧"));

        await liaison.Go(task);
        await liaison.Send(task + "/progress", ("percent", "80"), ("text", "已拨付八成"));
        await liaison.Send(task + "/submit", ("text", "全部拨付"));
        await office.Go(task);
        await office.Send(task + "/return", ("reason", "请附凭证号"));
        await liaison.Go(task);
        Assert.Contains("请附凭证号", await liaison.Page.InnerTextAsync("main"));
        await liaison.Send(task + "/submit", ("text", "全部拨付，凭证 20200123"));
        await office.Go(task);
        await office.Send(task + "/approve", ("opinion", "同意办结"));
        Assert.Contains(language == "en" ? "Closed" : "已办结", await office.Page.InnerTextAsync(".deadlines"));
        await Person.FoundNothingWrong(office, liaison);
    }

    [Theory]
    [InlineData(true, true, "zh-CN")]
    [InlineData(false, false, "en")]
    public async Task Two_that_wait_are_done_with_one_click(bool scripts, bool phone, string language)
    {
        var looking = new Looking(scripts, phone, language);
        await using var office = await Person.SignIn(program, looking, "taiping.office");
        await using var liaison = await Person.SignIn(program, looking, "taiping.justice");
        var tasks = new[] { await office.Assign($"公证值班 {looking}", "justice", hours: 2), await office.Assign($"法律援助 {looking}", "justice", hours: 2) };
        await Choose(liaison, "acknowledge", tasks);
        foreach (var task in tasks)
        {
            await liaison.Go(task);
            await liaison.Send(task + "/submit", ("text", "已安排"));
        }

        await Choose(office, "approve", tasks);
        foreach (var task in tasks)
        {
            await office.Go(task);
            Assert.Contains(language == "en" ? "Closed" : "已办结", await office.Page.InnerTextAsync(".deadlines"));
        }

        await Person.FoundNothingWrong(office, liaison);
    }

    private static async Task Choose(Person person, string action, IEnumerable<string> tasks)
    {
        await person.Go("/");
        foreach (var task in tasks)
        {
            await person.Page.CheckAsync($"[name=taskIds][value='{task.Split('/')[^1]}']");
        }

        await person.Page.ClickAsync($"form[action='/tasks/many/{action}'] .btn-primary");
        await person.Page.WaitForSelectorAsync(".told");
    }
}
