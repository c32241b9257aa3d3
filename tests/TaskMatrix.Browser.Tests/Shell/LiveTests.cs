using Microsoft.Playwright;
using TaskMatrix.Browser.Tests.TaskInstances;

namespace TaskMatrix.Browser.Tests.Shell;

/// <summary>Pages follow what happens, and whoever reads, chooses or writes in them is left where he is. The clock is moved here, so the program is one of its own.</summary>
public sealed class LiveTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    private static readonly Looking Desktop = new(true, false, "zh-CN");

    [Fact]
    public async Task The_desk_follows_around_an_answer_a_choice_and_the_row_of_the_keys()
    {
        await using var office = await Person.SignIn(program, Desktop, "taiping.office");
        await using var liaison = await Person.SignIn(program, Desktop, "taiping.justice");
        var tasks = new List<string>();
        for (var number = 1; number <= 3; number++)
        {
            tasks.Add(await Submitted(office, liaison, $"跟随 {number}"));
        }

        await office.Go("/");
        await office.Page.EvaluateAsync("() => window.scrollTo(0, 300)");
        await office.Page.CheckAsync(Box(tasks[1]));
        await office.Page.FocusAsync($"tr:has(a[href='{tasks[0]}']) .title-cell a");
        await office.Page.Keyboard.PressAsync("j");
        await office.Page.Keyboard.PressAsync("k");
        await office.Page.ClickAsync($"tr:has(a[href='{tasks[2]}']) .row-reply summary");
        await office.Page.FillAsync($"tr:has(a[href='{tasks[2]}']) .row-reply textarea", "请附");
        await office.Page.EvaluateAsync("() => { window.kept = [...document.querySelectorAll('.row-reply[open] textarea, tr.current')]; window.top0 = scrollY; }");

        var fourth = await Submitted(office, liaison, "跟随 4", elsewhere: true);
        await office.Page.WaitForSelectorAsync($"tr a[href='{fourth}']");
        Assert.True(await office.Page.EvaluateAsync<bool>("() => window.kept.every(part => part.isConnected) && document.activeElement === window.kept.find(part => part.matches('textarea'))"));
        Assert.Equal("请附", await office.Page.InputValueAsync($"tr:has(a[href='{tasks[2]}']) .row-reply textarea"));
        Assert.True(await office.Page.IsCheckedAsync(Box(tasks[1])));
        Assert.Equal(1, await office.Page.Locator($"tr.current:has(a[href='{tasks[0]}'])").CountAsync());
        Assert.Equal(await office.Page.EvaluateAsync<int>("() => window.top0"), await office.Page.EvaluateAsync<int>("() => Math.round(scrollY)"));

        // What another window closes goes; no key decides what came in its place before it was moved to, and the answer stays.
        await using var other = await Person.SignIn(program, Desktop, "taiping.office");
        await other.Go(tasks[0]);
        await other.Send(tasks[0] + "/approve");
        await office.Page.WaitForSelectorAsync($"tr a[href='{tasks[0]}']", new() { State = WaitForSelectorState.Detached });
        Assert.Equal(0, await office.Page.Locator("tr.current").CountAsync());
        await office.Page.Keyboard.TypeAsync("名册");
        Assert.Equal("请附名册", await office.Page.InputValueAsync($"tr:has(a[href='{tasks[2]}']) .row-reply textarea"));
        await office.Page.EvaluateAsync("() => document.activeElement.blur()");
        await office.Page.Keyboard.PressAsync("j");
        Assert.Equal(1, await office.Page.Locator($"tr.current:has(a[href='{tasks[1]}'])").CountAsync());
        Assert.Empty(office.Faults);
    }

    [Fact]
    public async Task The_page_of_a_task_follows_around_what_is_being_written()
    {
        await using var office = await Person.SignIn(program, Desktop, "taiping.office");
        await using var liaison = await Person.SignIn(program, Desktop, "taiping.health");
        var task = await office.Assign("任务页跟随", "health");
        await liaison.Go(task);
        await liaison.Send(task + "/acknowledge");
        await liaison.Page.FillAsync("#f-submit-text", "正在写");
        await liaison.Page.ClickAsync($"details.action:has(form[action='{task}/progress']) summary");
        await office.Go(task);
        await office.Send(task + "/urge", ("text", "请抓紧"));

        await liaison.Page.WaitForSelectorAsync(".history li:has-text('请抓紧')");
        Assert.Equal("正在写", await liaison.Page.InputValueAsync("#f-submit-text"));
        Assert.True(await liaison.Page.IsVisibleAsync("#f-progress-percent"));

        // It was begun before the urging, and says so; what was written is there to be sent again.
        await liaison.Page.ClickAsync($"form[action='{task}/submit'] button[type=submit]");
        await liaison.Page.WaitForSelectorAsync(".refusal");
        Assert.Equal("正在写", await liaison.Page.InputValueAsync("#f-submit-text"));
        await liaison.Send(task + "/submit");
    }

    [Fact]
    public async Task Several_happenings_lead_to_one_refresh_and_others_to_none()
    {
        await using var inspector = await Person.SignIn(program, Desktop, "taiping.inspector");
        await using var other = await Person.SignIn(program, Desktop, "taiping.inspector");
        await using var office = await Person.SignIn(program, Desktop, "taiping.office");
        var asked = 0;
        await inspector.Go("/inspections");
        inspector.Page.Request += (_, request) => asked += new Uri(request.Url).AbsolutePath == "/inspections" ? 1 : 0;

        // The board hears of tasks and shows none.
        var task = await office.Assign("与督查无关", "finance");
        await inspector.Page.EvaluateAsync(Listening);
        await inspector.Page.WaitForFunctionAsync("() => document.title === 'listening'");
        await office.Go(task);
        await office.Send(task + "/urge", ("text", "无关"));
        await inspector.Page.WaitForFunctionAsync("() => window.listening.readyState === 2");
        Assert.Equal(0, asked);

        await other.Go("/inspections/rounds");
        await other.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(part => { part.open = true; })");
        var form = await other.Fill("/inspections", ("kind", "round"), ("reason", "一次两个单位"));
        await form.Locator("[name=units][value=finance]").CheckAsync();
        await form.Locator("[name=units][value=justice]").CheckAsync();
        await form.Locator("button[type=submit]").First.ClickAsync();
        await inspector.Page.WaitForFunctionAsync("() => document.querySelectorAll('.board .case').length >= 2");
        Assert.Equal(1, asked);
        Assert.Empty(inspector.Faults);
    }

    [Fact]
    public async Task Standing_overdue_and_jobs_follow_and_the_plots_are_drawn_anew()
    {
        await using var liaison = await Person.SignIn(program, Desktop, "taiping.emergency");
        await using var again = await Person.SignIn(program, Desktop, "taiping.emergency");
        await using var inspector = await Person.SignIn(program, Desktop, "lanxi.inspector");
        await using var administrator = await Person.SignIn(program, Desktop, "lanxi.sysadmin");
        await using var reports = await Person.SignIn(program, Desktop, "lanxi.office");
        await using var office = await Person.SignIn(program, Desktop, "lanxi.office");

        await liaison.Go("/standing");
        await liaison.Page.Locator("#standing .pick input").First.CheckAsync();
        await again.Go("/standing");
        var acknowledged = await again.Page.Locator("#standing tbody tr").Nth(1).Locator(".title-cell a").GetAttributeAsync("href");
        await again.Page.Locator("#standing tbody tr").Nth(1).Locator("button[name=one]").ClickAsync();
        await liaison.Page.WaitForSelectorAsync($"#standing tr:has(a[href='{acknowledged}']) .line-form");
        Assert.True(await liaison.Page.Locator("#standing .pick input").First.IsCheckedAsync());

        await reports.Go("/reports");
        await inspector.Go("/overdue");
        await administrator.Go("/jobs");
        var jobs = await administrator.Page.InnerTextAsync("#jobs .facts");
        await office.Page.ClickAsync(".exercise button[value=P1D]");
        await office.Page.WaitForSelectorAsync(".told");
        await inspector.Page.WaitForSelectorAsync("table.overdue tbody tr");
        await administrator.Page.WaitForFunctionAsync("before => document.querySelector('#jobs .facts').innerText !== before", jobs);

        // The day that is over is drawn with what is missing; the box is the same.
        await reports.Page.WaitForFunctionAsync(
            "() => { const box = document.querySelector('[data-plot]'); const drawn = echarts.getInstanceByDom(box).getOption().series; return JSON.stringify(drawn.map(one => one.data)) === JSON.stringify(JSON.parse(box.dataset.plot).bars.map(bar => bar.values)) && drawn[1].data.some(missing => missing > 0); }");
        await Person.FoundNothingWrong(liaison, inspector, administrator, reports);
    }

    /// <summary>A line of its own, which ends well after the page would have asked for what it was told.</summary>
    private const string Listening =
        """
        () => {
          window.listening = new EventSource('/stream');
          window.listening.addEventListener('beat', () => { document.title = 'listening'; });
          window.listening.addEventListener('task', () => setTimeout(() => window.listening.close(), 2500));
        }
        """;

    private static string Box(string task) => $"[name=taskIds][value='{task.Split('/')[^1]}']";

    /// <param name="elsewhere">In another window, so that the office's page stays where it is.</param>
    private async Task<string> Submitted(Person office, Person liaison, string title, bool elsewhere = false)
    {
        await using var window = elsewhere ? await Person.SignIn(program, Desktop, "taiping.office") : null;
        var task = await (window ?? office).Assign(title, "justice");
        await liaison.Go(task);
        await liaison.Send(task + "/acknowledge");
        await liaison.Send(task + "/submit", ("text", "已办"));
        return task;
    }
}
