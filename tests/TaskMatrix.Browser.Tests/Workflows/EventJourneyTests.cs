using TaskMatrix.Browser.Tests.Shell;

namespace TaskMatrix.Browser.Tests.Workflows;

/// <summary>疑似病例 as people click it: raised by a unit, at once on the desks of those who have to act, with whom to call.</summary>
[Collection(RunningProgramCollection.Name)]
public sealed class EventJourneyTests(RunningProgram program)
{
    private const string Contact = "13712340737";

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_suspected_case_is_on_the_desks_of_those_who_act_with_whom_to_call(bool scripts, bool phone)
    {
        var looking = new Looking(scripts, phone, "zh-CN");
        var summary = $"发热一例 {looking}";
        await using var reporter = await Person.SignIn(program, looking, "taiping.education");
        await reporter.Go("/events/new?kind=suspected-case");
        Assert.Contains("疑似病例流行病学调查", await reporter.Page.InnerTextAsync(".starts"));
        await reporter.Page.FillAsync("[name=summary]", summary);
        await reporter.Page.FillAsync("[name='form.contact']", Contact);
        await reporter.Page.ClickAsync("form[action='/events/new'] button[type=submit]");
        await reporter.Page.WaitForURLAsync("**/events/*-*");
        var raised = new Uri(reporter.Page.Url).AbsolutePath;
        Assert.Contains(summary, await reporter.Page.InnerTextAsync(".description"));
        Assert.DoesNotContain(Contact, await reporter.Page.InnerTextAsync("main"));

        foreach (var unit in new[] { "health", "public-security", "gov-office" })
        {
            await using var acting = await Person.SignIn(program, looking, $"taiping.{unit}");
            await acting.Go(raised);
            Assert.Contains(Contact, await acting.Page.InnerTextAsync("main"));
            var task = await acting.Page.Locator("section[aria-labelledby=tasks-heading] .title-cell a").First.GetAttributeAsync("href");
            await acting.Go("/");
            Assert.Equal(1, await acting.Page.Locator($"section[aria-labelledby=first-heading] tr:has(.urgent) a[href='{task}']").CountAsync());
            await acting.Go(task!);
            Assert.Contains(Contact, await acting.Page.InnerTextAsync("main"));
            Assert.Equal(1, await acting.Page.Locator($"form[action='{task}/acknowledge']").CountAsync());
            Assert.Empty(acting.Faults);
            Assert.True(await acting.FitsTheScreen());
        }

        Assert.Empty(reporter.Faults);
        Assert.True(await reporter.FitsTheScreen());
    }
}
