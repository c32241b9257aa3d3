using System.Net;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Workflows;

/// <summary>Events, instructions and meetings by plain forms.</summary>
[Collection(PagesCollection.Name)]
public sealed class EventPageTests(PagesServer server)
{
    private const string Evil = "<svg onload=alert(1)>";

    [Fact]
    public async Task A_suspected_case_is_raised_by_a_form_that_says_what_it_will_start_and_stands_first_on_desks()
    {
        var reporter = await server.Visit("taiping.education");
        var list = await reporter.Get("/events");
        var raise = await reporter.Send(list.Form("/events/new"), ("kind", "suspected-case"));
        Assert.Contains("疑似病例流行病学调查", raise.Text(".starts"), StringComparison.Ordinal);
        Assert.Contains("原文", raise.Text(".task-columns"), StringComparison.Ordinal);

        var refused = await reporter.Send(raise.Form("/events/new"), ("summary", "发热一例"), ("form.people", "-1"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("发热一例", refused.Document.QuerySelector("[name=summary]")!.TextContent);
        Assert.Equal("-1", refused.Document.QuerySelector("[name='form.people']")!.GetAttribute("value"));
        Assert.Equal("true", refused.Document.QuerySelector("[name='form.people']")!.GetAttribute("aria-invalid"));

        var page = await reporter.Send(refused.Form("/events/new"), ("summary", Evil), ("form.people", "1"), ("form.contact", "13712340737"));
        Assert.StartsWith("/events/", page.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("svg[onload]"));
        Assert.Contains(Evil, page.Text(".description"), StringComparison.Ordinal);
        Assert.Contains("137****0737", page.Html, StringComparison.Ordinal);
        Assert.Contains("2454686", page.Text(".contacts"), StringComparison.Ordinal);

        var again = await reporter.Send(refused.Form("/events/new"), ("summary", Evil), ("form.people", "1"));
        Assert.Equal(page.Address, again.Address);

        var health = await server.Visit("taiping.health");
        var desk = await health.Get("/");
        Assert.NotNull(desk.Document.QuerySelector("section[aria-labelledby=first-heading] tbody tr:first-child .urgent"));
        var link = desk.Document.QuerySelector("section[aria-labelledby=first-heading] tbody tr:first-child .title-cell a")!.GetAttribute("href")!;
        var task = await health.Get(link);
        Assert.Contains("13712340737", task.Html, StringComparison.Ordinal);
        Assert.NotNull(task.Document.QuerySelector($"a[href='{page.Address.AbsolutePath}']"));
    }

    [Fact]
    public async Task What_is_to_be_read_stands_on_the_desk_and_is_confirmed_many_at_once()
    {
        var raised = await server.Send("taiping.agriculture", new RaiseEvent.Command(null, "animal-disease", null, "牛只死亡", null));
        var notice = raised.TaskIds[0];
        await server.Send("taiping.agriculture", new AcknowledgeTask.Command(notice, null));
        await server.Send("taiping.agriculture", new SubmitTask.Command(notice, null, "已通报", null, null, null));
        await server.Send("taiping.agriculture.head", new SignTask.Command(notice, null, null));
        await server.Send("taiping.office", new ApproveTask.Command(notice, null, null));

        var reader = await server.Visit("taiping.health");
        var desk = await reader.Get("/");
        Assert.Contains("已通报", desk.Text("section[aria-labelledby=read-heading]"), StringComparison.Ordinal);
        var list = await reader.Get("/receipts");
        var after = await reader.Send(list.Form("/receipts/confirm"), ("taskIds", notice.ToString()));
        Assert.Equal("/receipts", after.Address.AbsolutePath);
        Assert.DoesNotContain(notice.ToString(), after.Html, StringComparison.Ordinal);
        Assert.Contains("已阅", (await reader.Get($"/tasks/{notice}")).Text(".co-units"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acting_first_and_filing_afterwards_stand_together_on_the_tasks_page()
    {
        var raised = await server.Send("taiping.health", new RaiseEvent.Command(null, "funds-need", null, "口罩", null));
        var tasks = await Task.WhenAll(raised.TaskIds.Select(id => server.Send("taiping.office", new GetTask.Query(id))));
        var act = tasks.Single(task => task.Step == "act").Id;
        await server.Send("taiping.finance", new AcknowledgeTask.Command(act, null));
        await server.Send("taiping.finance", new SubmitTask.Command(act, null, "已拨付", null, null, null));
        await server.Send("taiping.finance.head", new SignTask.Command(act, null, null));
        await server.Send("taiping.office", new ApproveTask.Command(act, null, null));

        var page = await (await server.Visit("taiping.finance")).Get($"/tasks/{act}");

        var steps = page.Document.QuerySelectorAll(".run li");
        Assert.Equal(2, steps.Length);
        Assert.NotNull(steps[0].QuerySelector("[aria-current=page]"));
        Assert.NotNull(steps[1].QuerySelector("a[href^='/tasks/']"));
        Assert.Equal(2, page.Document.QuerySelectorAll(".run time").Length);
    }

    [Fact]
    public async Task An_instruction_is_issued_tasked_and_answered_by_forms()
    {
        var (leader, office) = (await server.Visit("taiping.leader"), await server.Visit("taiping.office"));
        var issued = await leader.Send((await leader.Get("/instructions")).Form("/instructions"), ("text", Evil + " 请核查"));
        var address = issued.Address.AbsolutePath;
        Assert.Null(issued.Document.QuerySelector("svg[onload]"));

        var page = await office.Get(address);
        var refused = await office.Send(page.Form(address + "/tasks"), ("tasks[1].title", "核查"), ("tasks[1].dueIn", "P1D"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("核查", refused.Document.QuerySelector("[name='tasks[1].title']")!.GetAttribute("value"));
        Assert.Equal("true", refused.Document.QuerySelector("[name='tasks[1].leadUnit']")!.GetAttribute("aria-invalid"));

        var tasked = await office.Send(refused.Form(address + "/tasks"), ("tasks[1].leadUnit", "justice"));
        Assert.Contains("核查", tasked.Text("section[aria-labelledby=tasks-heading]"), StringComparison.Ordinal);
        await office.Send(tasked.Form(address + "/feedback"), ("text", "已部署"));
        Assert.Contains("已部署", (await leader.Get(address)).Text(".answers"), StringComparison.Ordinal);
        Assert.Contains("批示-2020-", (await (await server.Visit("taiping.justice")).Get("/instructions")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_meeting_is_proposed_called_and_answered_by_forms()
    {
        var (unit, office) = (await server.Visit("taiping.civil-affairs"), await server.Visit("taiping.office"));
        var proposed = await unit.Send((await unit.Get("/meetings")).Form("/meetings"), ("title", Evil), ("agenda", "研判"));
        var address = proposed.Address.AbsolutePath;
        Assert.Null(proposed.Document.QuerySelector("svg[onload]"));

        var page = await office.Get(address);
        var refused = await office.Send(page.Form(address + "/call"), ("startsAt", "2020-01-01T09:00"), ("place", "三楼"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("三楼", refused.Document.QuerySelector("[name=place]")!.GetAttribute("value"));
        var called = await office.Send(refused.Form(address + "/call"), ("startsAt", "2020-03-01T09:00"), ("invitees", "civil-affairs"));
        Assert.Contains(address + "/cancel", called.FormActions);
        Assert.DoesNotContain(address + "/minutes", called.FormActions);

        var answered = await unit.Send((await unit.Get(address)).Form(address + "/confirm"), ("attending", "true"), ("attendee", "副局长"));
        Assert.Contains("副局长", answered.Text(".invitees"), StringComparison.Ordinal);
        var moved = await office.Send((await office.Get(address)).Form(address + "/move"), ("startsAt", "2020-03-02T09:00"), ("reason", "领导外出"));
        Assert.Contains("领导外出", moved.Text(".task-head"), StringComparison.Ordinal);
        Assert.DoesNotContain("副局长", moved.Text(".invitees"), StringComparison.Ordinal);
    }
}
