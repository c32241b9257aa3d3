using System.Net;
using AngleSharp.Dom;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.TaskInstances;

/// <summary>What waits for a decision is decided from the desk.</summary>
[Collection(PagesCollection.Name)]
public sealed class DeskPageTests(PagesServer server)
{
    [Fact]
    public async Task The_office_approves_one_by_its_own_button_and_leaves_the_other()
    {
        var (one, two) = (await Submitted("桌面审结一"), await Submitted("桌面审结二"));
        var visitor = await server.Visit("taiping.office");
        var desk = await visitor.Get("/");
        Assert.Contains("已全部落实", Row(desk, one).TextContent, StringComparison.Ordinal);
        Assert.Equal(desk.Document.QuerySelector("form[action='/tasks/many/approve']")!.Id, Row(desk, one).QuerySelector("button[name=one]")!.GetAttribute("form"));

        var after = await visitor.Send(desk.Form("/tasks/many/approve"), ("one", one.ToString()));
        Assert.Equal("已办理 1 件。", after.Text(".told"));
        Assert.Equal((TaskState.Closed, TaskState.PendingReview), (await State(one), await State(two)));
    }

    [Fact]
    public async Task An_extension_stands_with_its_reason_and_is_granted_to_the_day_asked_for()
    {
        var task = await Assign("桌面延期", "finance");
        await server.Send("taiping.finance", new AcknowledgeTask.Command(task.Id, null));
        var until = task.DueAt!.Value.AddDays(2);
        await server.Send("taiping.finance", new RequestExtension.Command(task.Id, null, "物资未到", "已完成一半", until));

        var visitor = await server.Visit("taiping.office");
        var desk = await visitor.Get("/");
        Assert.Contains("物资未到", Row(desk, task.Id).TextContent, StringComparison.Ordinal);
        Assert.NotNull((await visitor.Get("/tasks?extension=asked")).Document.QuerySelector($".title-cell a[href='/tasks/{task.Id}']"));

        await visitor.Send(desk.Form("/tasks/many/decide-extension"), ("one", task.Id.ToString()));
        var now = await server.Send("taiping.office", new GetTask.Query(task.Id));
        Assert.Equal((until, 1), (now.DueAt, now.Extensions));
        Assert.Null((await visitor.Get("/tasks?extension=asked")).Document.QuerySelector($".title-cell a[href='/tasks/{task.Id}']"));
    }

    [Fact]
    public async Task A_head_signs_those_chosen_and_hears_of_the_one_that_was_signed_meanwhile()
    {
        var (one, two) = (await ToSign("桌面审签一"), await ToSign("桌面审签二"));
        var visitor = await server.Visit("taiping.ecology.head");
        var desk = await visitor.Get("/");
        await server.Send("taiping.ecology.head", new SignTask.Command(two, null, null));
        var after = await visitor.Send(desk.Form("/tasks/many/sign"), ("taskIds", one.ToString()), ("taskIds", two.ToString()));
        Assert.Equal("已办理 1 件，1 件未能办理。", after.Text(".told"));
        Assert.Equal(TaskState.PendingReview, await State(one));
        var refused = Assert.Single(after.Document.QuerySelectorAll("table.refused tbody tr"));
        Assert.Contains("桌面审签二", refused.TextContent, StringComparison.Ordinal);
        Assert.Contains((await server.Send("taiping.office", new GetTask.Query(two))).Number, refused.TextContent, StringComparison.Ordinal);
        Assert.Contains("待审核", refused.QuerySelectorAll("td")[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("/", after.Document.QuerySelector("main .buttons a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("terminate")]
    [InlineData("submit")]
    [InlineData("nonsense")]
    public async Task What_wants_words_is_no_quick_decision(string action)
    {
        var task = await Assign("不可批量", "finance");
        var visitor = await server.Visit("taiping.office");
        var form = (await visitor.Get("/")).Document.QuerySelector("form[action='/logout']")!;
        var token = form.QuerySelector("input[type=hidden]")!;
        var answer = await visitor.Client.PostAsync("/tasks/many/" + action, new FormUrlEncodedContent(
            [KeyValuePair.Create(token.GetAttribute("name")!, token.GetAttribute("value")!), KeyValuePair.Create("taskIds", task.Id.ToString())]));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(task.Version, (await server.Send("taiping.office", new GetTask.Query(task.Id))).Version);
    }

    [Fact]
    public async Task The_office_sees_who_owes_todays_report_where_reports_are_asked_for()
    {
        var desk = await (await server.Visit("lanxi.office")).Get("/");
        Assert.NotNull(desk.Document.QuerySelector("#desk-reports progress"));
        Assert.Null((await (await server.Visit("taiping.office")).Get("/")).Document.QuerySelector("#desk-reports section"));
    }

    [Fact]
    public async Task Returning_wants_its_reason_in_the_row_and_leads_back_to_the_desk()
    {
        var task = await Submitted("桌面退回");
        var visitor = await server.Visit("taiping.office");
        var desk = await visitor.Get("/");
        Assert.NotNull(Row(desk, task).QuerySelector($"details.row-reply form[action='/tasks/{task}/return'] textarea[name=reason]"));

        var after = await visitor.Send(desk.Form($"/tasks/{task}/return"), ("reason", "请补充人数"));

        Assert.Equal(("/", TaskState.InProgress), (after.Address.AbsolutePath, await State(task)));
    }

    [Fact]
    public async Task An_extension_is_refused_with_words_from_the_row()
    {
        var task = await Assign("桌面不准延期", "finance");
        await server.Send("taiping.finance", new AcknowledgeTask.Command(task.Id, null));
        await server.Send("taiping.finance", new RequestExtension.Command(task.Id, null, "物资未到", "已完成一半", task.DueAt!.Value.AddDays(2)));
        var visitor = await server.Visit("taiping.office");

        await visitor.Send((await visitor.Get("/")).Form($"/tasks/{task.Id}/decide-extension"), ("opinion", "先行上报"));

        var now = await server.Send("taiping.office", new GetTask.Query(task.Id));
        Assert.Equal((task.DueAt, 0, true), (now.DueAt, now.Extensions, now.PendingExtension is null));
    }

    [Fact]
    public async Task What_came_back_goes_with_one_click_to_the_unit_it_was_proposed_for()
    {
        var task = await Declined("桌面改派", "health");
        var visitor = await server.Visit("taiping.office");
        var desk = await visitor.Get("/");
        Assert.Contains("非本单位职责 · 建议承办单位 区卫健局", Row(desk, task).TextContent, StringComparison.Ordinal);
        Assert.StartsWith("改派给区卫健局", Row(desk, task).QuerySelector("button[name=one]")!.TextContent, StringComparison.Ordinal);

        var after = await visitor.Send(desk.Form("/tasks/many/reassign"), ("one", task.ToString()));

        Assert.Equal("已办理 1 件。", after.Text(".told"));
        var now = await server.Send("taiping.office", new GetTask.Query(task));
        Assert.Equal(("health", TaskState.PendingAck), (now.LeadUnit, now.State));
        Assert.Contains("建议承办单位 区卫健局", string.Join(' ', (await visitor.Get($"/tasks/{task}")).Text(".history").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_back_without_a_proposal_goes_to_the_unit_chosen_in_the_row()
    {
        var task = await Declined("桌面另派", null);
        var visitor = await server.Visit("taiping.office");
        var desk = await visitor.Get("/");
        Assert.Null(Row(desk, task).QuerySelector("button[name=one]"));

        await visitor.Send(desk.Form($"/tasks/{task}/reassign"), ("leadUnit", "commerce"), ("reason", "属商务部门"));

        Assert.Equal("commerce", (await server.Send("taiping.office", new GetTask.Query(task))).LeadUnit);
    }

    private async Task<Guid> Declined(string title, string? proposed)
    {
        var task = await Assign(title, "finance");
        await server.Send("taiping.finance", new DeclineTask.Command(task.Id, null, "非本单位职责", proposed));
        return task.Id;
    }

    [Fact]
    public async Task A_unit_sees_its_report_of_today_and_hands_in_a_nil_one_with_one_click()
    {
        var visitor = await server.Visit("lanxi.urban-management");
        var desk = await visitor.Get("/");
        Assert.Contains("待报", desk.Text(".own-reports li"), StringComparison.Ordinal);
        var nil = desk.Document.QuerySelector(".own-reports button[name=one]")!.GetAttribute("value")!;

        var after = await visitor.Send(desk.Form("/tasks/many/nil"), ("one", nil));

        Assert.Equal("已办理 1 件。", after.Text(".told"));
        Assert.Null(after.Document.QuerySelector(".own-reports button[name=one]"));
        var report = await server.Send("lanxi.urban-management", new GetTask.Query(Guid.Parse(nil)));
        Assert.Equal((TaskState.PendingSignOff, Outcome.NothingToReport), (report.State, report.Outcome));
    }

    private static IElement Row(SeenPage page, Guid task) => page.Document.QuerySelector($"main a[href='/tasks/{task}']")!.Closest("tr")!;

    private async Task<TaskState> State(Guid task) => (await server.Send("taiping.office", new GetTask.Query(task))).State;

    private async Task<Guid> Submitted(string title)
    {
        var task = await Assign(title, "ecology");
        await server.Send("taiping.ecology", new AcknowledgeTask.Command(task.Id, null));
        await server.Send("taiping.ecology", new SubmitTask.Command(task.Id, null, "已全部落实", null, null, null));
        return task.Id;
    }

    private async Task<Guid> ToSign(string title)
    {
        var task = await Assign(title, "ecology", signOff: true);
        await server.Send("taiping.ecology", new AcknowledgeTask.Command(task.Id, null));
        await server.Send("taiping.ecology", new SubmitTask.Command(task.Id, null, "已全部落实", null, null, null));
        return task.Id;
    }

    /// <summary>Urgent work stands first; these are due so soon that they come before what the plan issued.</summary>
    private Task<TaskView> Assign(string title, string unit, bool signOff = false) => server.Send("taiping.office", new CreateTask.Command(
        null, title, null, unit, null, null, null, null, "PT1H", true, signOff, false, null, null, false));
}
