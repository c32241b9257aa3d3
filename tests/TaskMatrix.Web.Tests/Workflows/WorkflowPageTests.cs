using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Workflows;

/// <summary>Definitions as people read and write them.</summary>
[Collection(PagesCollection.Name)]
public sealed class WorkflowPageTests(PagesServer server)
{
    private const string Sound =
        """
        id: page-made
        title: 页面新建流程
        english: Made on a page
        start: work
        steps:
          - { id: work, kind: task, title: 办理, english: Carry out, signOff: true, review: true, next: end }
          - { id: end, kind: end, title: 完成, english: Done }
        """;

    [Fact]
    public async Task Processes_are_listed_by_their_titles()
    {
        var page = await (await server.Visit("taiping.office")).Get("/workflows");

        Assert.Equal("日报告", page.Text("a[href='/workflows/daily-report']"));
    }

    [Theory]
    [InlineData("zh-CN", "escalations.standard", "标准催办")]
    [InlineData("zh-CN", "forms.checklist", "检查记录")]
    [InlineData("zh-CN", "calendars.china", "中国大陆工作日历")]
    [InlineData("en", "escalations.standard", "Standard escalation")]
    [InlineData("en", "calendars.china", "Working days in mainland China")]
    public async Task Ladders_forms_and_calendars_have_their_titles_in_the_list_and_on_their_page(string language, string id, string title)
    {
        var visitor = await server.Visit("taiping.inspector");
        visitor.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);

        Assert.Equal(title, (await visitor.Get("/workflows")).Text($"a[href='/workflows/{id}']"));
        Assert.Equal(title, (await visitor.Get("/workflows/" + id)).Text("h1"));
    }

    [Fact]
    public async Task A_refusal_speaks_of_definitions_and_of_the_member_by_its_name()
    {
        var refused = await (await server.Visit("taiping.education")).Get("/workflows/daily-checklist/edit");
        Assert.Contains("流程定义", refused.Text(".notice"), StringComparison.Ordinal);

        var unreadable = await (await server.Visit("taiping.office")).Get("/workflows/daily-checklist?version=first");
        Assert.Equal(HttpStatusCode.BadRequest, unreadable.Status);
        Assert.Contains("“version”的值无法识别", unreadable.Text(".notice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_is_shown_with_its_diagram_and_text_and_a_task_marks_where_it_stands()
    {
        var visitor = await server.Visit("taiping.office");
        var page = await visitor.Get("/workflows/daily-checklist");
        Assert.NotNull(page.Document.QuerySelector(".diagram svg[role=img]"));
        Assert.Contains("id: daily-checklist", page.Text(".definition-text"), StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector(".diagram [aria-current=step]"));

        var list = await visitor.Get("/tasks?duty=taiping.education.absence-checks");
        var task = await visitor.Get(list.Document.QuerySelector("table.tasks .title-cell a")!.GetAttribute("href")!);
        var marked = await visitor.Get(task.Document.QuerySelector(".facts a[href^='/workflows/']")!.GetAttribute("href")!);
        Assert.NotNull(marked.Document.QuerySelector(".diagram [aria-current=step]"));
    }

    [Theory]
    [InlineData("taiping.office")]
    [InlineData("taiping.education")]
    public async Task The_steps_show_how_many_open_tasks_stand_there_and_lead_to_them(string userName)
    {
        var visitor = await server.Visit(userName);
        var page = await visitor.Get("/workflows/standing-duty");
        Assert.Equal("常态职责", page.Text("h1"));
        Assert.Equal("常态职责", page.Text(".diagram svg title"));
        Assert.NotEmpty(page.Text(".diagram svg desc"));
        var step = page.Document.QuerySelector("table.standing tr[data-step=arrange]")!;
        var open = step.QuerySelectorAll("td.count")[0].TextContent;
        Assert.Equal(open, page.Document.QuerySelector(".diagram [data-open]")!.GetAttribute("data-open"));

        var list = await visitor.Get(step.QuerySelector("a")!.GetAttribute("href")!);
        Assert.Contains(open, list.Text(".total"), StringComparison.Ordinal);
        Assert.Contains("部署落实", list.Text(".told"), StringComparison.Ordinal);
        Assert.NotEmpty(list.Document.QuerySelectorAll("table.tasks tbody tr"));
        var narrowed = await visitor.Send(list.Document.QuerySelector<IHtmlFormElement>("form.filter")!, ("unit", "education"));
        Assert.Contains("step=arrange", narrowed.Address.Query, StringComparison.Ordinal);
        Assert.All(narrowed.Document.QuerySelectorAll("a[href^='/tasks/ledger']"), link => Assert.Contains("workflow=standing-duty", link.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_task_of_a_longer_process_shows_on_its_page_where_it_stands()
    {
        var visitor = await server.Visit("taiping.office");
        var arrange = await visitor.Get("/tasks?workflow=standing-duty&step=arrange");
        var task = await visitor.Get(arrange.Document.QuerySelector("table.tasks .title-cell a")!.GetAttribute("href")!);
        Assert.Equal("部署落实", task.Document.QuerySelector(".diagram [aria-current=step] text")!.TextContent);
        Assert.Contains("部署落实", task.Text("section[aria-labelledby=process-heading] p"), StringComparison.Ordinal);

        var single = await visitor.Get("/tasks?workflow=daily-checklist");
        Assert.Null((await visitor.Get(single.Document.QuerySelector("table.tasks .title-cell a")!.GetAttribute("href")!)).Document.QuerySelector(".diagram"));
    }

    [Fact]
    public async Task What_is_wrong_is_told_by_line_with_the_text_kept_and_what_is_sound_becomes_a_version()
    {
        var visitor = await server.Visit("taiping.office");
        var broken = Sound.Replace("next: end", "next: nowhere");
        var editor = await visitor.Get("/workflows/new");
        var refused = await visitor.Send(editor.Form("/workflows/new"), ("id", "page-made"), ("yaml", broken), ("then", "publish"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(broken, refused.Document.QuerySelector("[name=yaml]")!.TextContent);
        Assert.Contains("next: nowhere", refused.Text(".definition-problems"), StringComparison.Ordinal);

        var check = await visitor.Send(refused.Form("/workflows/new"), ("yaml", Sound), ("then", "check"));
        Assert.NotNull(check.Document.QuerySelector(".diagram svg"));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/workflows/page-made")).Status);

        var made = await visitor.Send(check.Form("/workflows/new"), ("then", "publish"));
        Assert.Equal("/workflows/page-made", made.Address.AbsolutePath);
        var again = await visitor.Send(check.Form("/workflows/new"), ("then", "publish"));
        Assert.Equal("/workflows/page-made", again.Address.AbsolutePath);
        Assert.Null(again.Document.QuerySelector(".jump"));
    }

    [Fact]
    public async Task A_unit_reads_definitions_and_writes_none()
    {
        var visitor = await server.Visit("taiping.education");
        Assert.Null((await visitor.Get("/workflows/daily-checklist")).Document.QuerySelector("a[href$='/edit']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Get("/workflows/daily-checklist/edit")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Get("/workflows/new")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/workflows/lanxi.finance")).Status);
    }
}
