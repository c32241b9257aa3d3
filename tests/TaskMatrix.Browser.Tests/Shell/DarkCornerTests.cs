namespace TaskMatrix.Browser.Tests.Shell;

/// <summary>Pages that no link leads to: the way in, faults, a refused form, all that is folded away, a large letter, paper, and the keyboard alone.</summary>
[Collection(RunningProgramCollection.Name)]
public sealed class DarkCornerTests(RunningProgram program)
{
    [Theory]
    [InlineData(true, "zh-CN")]
    [InlineData(false, "en")]
    public async Task The_way_in_and_what_is_not_there_can_be_used_by_everybody(bool phone, string language)
    {
        await using var stranger = await Person.Visit(program, new Looking(true, phone, language));
        await stranger.Go("/login");
        await Check(stranger, "login");
        await stranger.Page.FillAsync("#userName", "nobody");
        await stranger.Page.FillAsync("#password", "wrong");
        await stranger.Page.ClickAsync("main button[type=submit]");
        Assert.Equal("nobody", await stranger.Page.InputValueAsync("#userName"));
        await Check(stranger, "login refused");

        await using var office = await Person.SignIn(program, new Looking(true, phone, language), "taiping.office");
        foreach (var path in new[] { "/no/such/page", "/tasks/00000000-0000-0000-0000-000000000000", "/audit" })
        {
            await office.Go(path);
            Assert.NotEqual("", await office.Page.InnerTextAsync(".notice .code"));
            await Check(office, path);
        }
    }

    [Theory]
    [InlineData(false, "zh-CN")]
    [InlineData(true, "en")]
    public async Task A_refused_form_leads_to_its_fields_and_keeps_what_was_typed(bool phone, string language)
    {
        await using var office = await Person.SignIn(program, new Looking(true, phone, language), "taiping.office");
        await office.Go("/tasks/new");
        await office.Page.FillAsync("[name=description]", "不能丢的内容");
        await office.Page.EvaluateAsync("() => document.querySelector('form.form-page').noValidate = true");
        await office.Page.ClickAsync(".buttons .btn-primary");
        await office.Page.WaitForSelectorAsync(".refusal");
        await office.Whole();
        Assert.Equal("不能丢的内容", await office.Page.InputValueAsync("[name=description]"));
        Assert.True(await office.Page.EvaluateAsync<bool>("() => document.activeElement.classList.contains('refusal')"), "The summary has the focus");
        await Check(office, "refused");
        var wrong = await office.Page.GetAttributeAsync(".refusal a", "href");
        await office.Page.ClickAsync(".refusal a");
        Assert.Equal(wrong, "#" + await office.Page.EvaluateAsync<string>("() => document.activeElement.id"));
    }

    [Fact]
    public async Task What_is_folded_away_and_large_letters_and_paper_fit_too()
    {
        await using var office = await Person.SignIn(program, new Looking(true, false, "zh-CN"), "taiping.office");
        foreach (var path in new[] { "/", "/tasks", "/tasks/new", "/instructions", "/meetings", "/organisation", "/watch", "/matrix", "/plans/taiping-2020-3", "/plans/taiping-2020-3/response", "/situation", "/statistics", "/schedules" })
        {
            await office.Go(path);
            await office.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(part => { part.open = true; })");
            await Check(office, path + " unfolded");

            // Twice as large is half as wide.
            await office.Page.SetViewportSizeAsync(683, 450);
            await office.Page.EvaluateAsync(Drawn);
            Assert.True(await office.FitsTheScreen(), path + " at 200 %");
            await office.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
            Assert.False(await office.Page.Locator("nav").First.IsVisibleAsync(), path + " prints its menu");
            await office.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Screen });
            await office.Page.SetViewportSizeAsync(1366, 900);
        }
    }

    /// <summary>The first key leads past the menu; then each stop shows where it is, in the order of the page.</summary>
    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        await using var office = await Person.SignIn(program, new Looking(true, false, "zh-CN"), "taiping.office");
        await office.Go("/tasks");
        await office.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("#content", await office.Page.EvaluateAsync<string>("() => document.activeElement.getAttribute('href')"));
        await office.Page.Keyboard.PressAsync("Enter");
        for (var stop = 0; stop < 8; stop++)
        {
            await office.Page.Keyboard.PressAsync("Tab");
            Assert.True(await office.Page.EvaluateAsync<bool>(
                """
                () => {
                  const here = document.activeElement, before = window.before;
                  window.before = here;
                  return here.closest('main') !== null && getComputedStyle(here).outlineStyle === 'solid' && parseFloat(getComputedStyle(here).outlineWidth) >= 2
                    && (!before || before === here || (before.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
                }
                """), await office.Page.EvaluateAsync<string>("() => document.activeElement.outerHTML"));
        }
    }

    /// <summary>Charts take their new size with the next frame.</summary>
    private const string Drawn = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))";

    private static async Task Check(Person person, string where)
    {
        Assert.True(await person.FitsTheScreen(), where + " is wider than the screen");
        Assert.True((await Accessibility.Faults(person.Page)) is [], where + ": " + string.Join('\n', await Accessibility.Faults(person.Page)));
    }
}
