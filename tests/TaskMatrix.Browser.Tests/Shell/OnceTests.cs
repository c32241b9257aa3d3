using Microsoft.Playwright;
using TaskMatrix.Browser.Tests.TaskInstances;

namespace TaskMatrix.Browser.Tests.Shell;

/// <summary>An impatient finger, the way back, a second window: what a form makes is made once.</summary>
[Collection(RunningProgramCollection.Name)]
public sealed class OnceTests(RunningProgram program)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_double_click_makes_one_task_and_going_back_makes_no_other(bool scripts)
    {
        await using var office = await Person.SignIn(program, new Looking(scripts, false, "zh-CN"), "taiping.office");
        var title = $"只办一次{Guid.NewGuid():N}";
        await office.Go("/tasks/new");
        await office.Page.FillAsync("[name=title]", title);
        await office.ChooseUnit("education");
        await office.Page.DblClickAsync(".buttons .btn-primary");
        await office.Page.WaitForSelectorAsync(".task-head");
        var made = office.Here;

        // Either the form of before, which leads to what it made, or an empty one, which cannot be sent.
        await office.Page.GoBackAsync();
        var empty = await office.Page.InputValueAsync("[name=title]") == "";
        await office.Page.ClickAsync(".buttons .btn-primary");
        if (!empty)
        {
            await office.Page.WaitForURLAsync("**" + made);
        }

        await office.Go(made);
        await office.Page.ReloadAsync();
        Assert.Equal(1, await Count(office, title));
        Assert.Empty(office.Faults);
    }

    /// <summary>A page that follows shows it by itself (<see cref="LiveTests"/>); one that does not still has the form.</summary>
    [Fact]
    public async Task What_was_done_in_one_window_is_not_done_again_in_the_other()
    {
        await using var office = await Person.SignIn(program, new Looking(true, false, "zh-CN"), "taiping.office");
        var task = await office.Assign($"两个窗口{Guid.NewGuid():N}", "education");

        await using var one = await Person.SignIn(program, new Looking(true, false, "zh-CN"), "taiping.education");
        await using var other = await Person.SignIn(program, new Looking(false, false, "zh-CN"), "taiping.education");
        await one.Go(task);
        await other.Go(task);
        await one.Send(task + "/acknowledge");
        await other.Page.ClickAsync($"form[action='{task}/acknowledge'] button[type=submit]");
        await other.Page.WaitForSelectorAsync($"form[action='{task}/submit']");
        await one.Go(task);
        Assert.Equal(2, await one.Page.Locator(".history ol > li").CountAsync());
    }

    private static async Task<int> Count(Person person, string title)
    {
        await person.Go("/tasks?q=" + Uri.EscapeDataString(title));
        return await person.Page.Locator(".tasks .title-cell a", new PageLocatorOptions { HasText = title }).CountAsync();
    }
}
