using TaskMatrix.Browser.Tests.Shell;

namespace TaskMatrix.Browser.Tests.Organisations;

/// <summary>Nothing typed is lost, whatever happens to the server. It is killed here, so it is one of its own.</summary>
public sealed class DraftJourneyTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    [Fact]
    public async Task What_is_being_written_is_there_again_after_the_server_was_killed()
    {
        await using var liaison = await Person.SignIn(program, new Looking(true, false, "zh-CN"), "taiping.education");
        await liaison.Go("/meetings");
        await liaison.Page.ClickAsync("details.action summary");
        await liaison.Page.FillAsync("#f-propose-title", "返校安排会商");
        await liaison.Page.Locator("#f-propose-agenda").PressSequentiallyAsync("研究返乡学生健康监测");
        await liaison.Page.WaitForSelectorAsync(".draft-line output:has-text('草稿已保存')");

        await program.Crash();

        // The page that stood open goes on; so does another browser.
        await liaison.Page.Locator("#f-propose-agenda").PressSequentiallyAsync("，并报区卫健局");
        await liaison.Page.RunAndWaitForResponseAsync(() => liaison.Page.ClickAsync(".draft-line button"), answer => answer.Ok && new Uri(answer.Url).AbsolutePath == "/drafts" && answer.Request.PostData!.Contains(Uri.EscapeDataString("卫健局"), StringComparison.Ordinal));
        await using var later = await Person.SignIn(program, new Looking(false, true, "zh-CN"), "taiping.education");
        await later.Go("/meetings");
        Assert.Equal("研究返乡学生健康监测，并报区卫健局", await later.Page.InputValueAsync("#f-propose-agenda"));
        Assert.Equal("返校安排会商", await later.Page.InputValueAsync("#f-propose-title"));

        await later.Page.ClickAsync("form[action='/meetings'] .btn-primary");
        Assert.Contains("返校安排会商", await later.Page.InnerTextAsync("h1"));
        await later.Go("/drafts");
        Assert.Equal(0, await later.Page.Locator(".drafts li").CountAsync());
        Assert.Empty(later.Faults);
    }

    [Fact]
    public async Task Single_keys_move_and_decide_and_leave_typing_alone()
    {
        await using var liaison = await Person.SignIn(program, new Looking(true, false, "zh-CN"), "taiping.finance");
        await liaison.Page.Keyboard.PressAsync("j");
        await liaison.Page.Keyboard.PressAsync("j");
        Assert.Equal(1, await liaison.Page.Locator("tr.current").CountAsync());
        await liaison.Page.FocusAsync("#search-everything");
        await liaison.Page.Keyboard.TypeAsync("ja");
        Assert.Equal("ja", await liaison.Page.InputValueAsync("#search-everything"));

        await liaison.Page.FocusAsync("tr.current a");
        await liaison.Page.Keyboard.PressAsync("a");
        Assert.Equal("已办理 1 件。", await liaison.Page.InnerTextAsync(".told"));
        Assert.Empty(liaison.Faults);
    }
}
