using TaskMatrix.Browser.Tests.Shell;

namespace TaskMatrix.Browser.Tests.Workflows;

/// <summary>批示 from the leader's words to what came of them.</summary>
[Collection(RunningProgramCollection.Name)]
public sealed class LeaderJourneyTests(RunningProgram program)
{
    public static TheoryData<bool, bool, string> Ways => Looking.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task An_instruction_becomes_tasks_is_answered_and_closed(bool scripts, bool phone, string language)
    {
        var looking = new Looking(scripts, phone, language);
        await using var leader = await Person.SignIn(program, looking, "taiping.leader");
        await leader.Go("/instructions");
        var instruction = await leader.Send("/instructions", ("title", $"摸清返乡人员底数 {looking}"), ("text", "请各镇街迅速摸清返乡人员底数。"));

        await using var office = await Person.SignIn(program, looking, "taiping.office");
        await office.Go(instruction);
        await office.Send(instruction + "/tasks", ("tasks[0].title", "排查返乡人员"), ("tasks[0].leadUnit", "ecology"));
        var task = (await office.Page.Locator("section[aria-labelledby=tasks-heading] a[href^='/tasks/']").First.GetAttributeAsync("href"))!;

        await using var liaison = await Person.SignIn(program, looking, "taiping.ecology");
        await liaison.Go(task);
        await liaison.Send(task + "/acknowledge");
        await liaison.Send(task + "/submit", ("text", "已排查 86 人"));
        await using var head = await Person.SignIn(program, looking, "taiping.ecology.head");
        await head.Go(task);
        await head.Send(task + "/sign");

        await office.Go(instruction);
        await office.Send(instruction + "/feedback", ("text", "已排查 86 人，均在观察。"));
        await office.Go(task);
        await office.Send(task + "/approve");

        await leader.Go(instruction);
        Assert.Contains(language == "en" ? "Closed" : "已办结", await leader.Page.InnerTextAsync(".deadlines"));
        Assert.Contains("均在观察", await leader.Page.InnerTextAsync(".answers"));
        await leader.Go("/situation");
        Assert.Equal(1, await leader.Page.Locator($"a[href='{instruction}']").CountAsync());
        await Person.FoundNothingWrong(leader, office, liaison, head);
    }
}
