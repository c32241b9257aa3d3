using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Organisations;

/// <summary>A unit on one page: who, what by the plan, and how that stands.</summary>
[Collection(LateDaysCollection.Name)]
public sealed class UnitPageTests(LateDays days)
{
    private const string Page = "/organisation/health";

    private readonly PagesServer server = days.Server;

    [Fact]
    public async Task Names_the_unit_its_posts_and_who_signs_in_for_them()
    {
        var page = await (await server.Visit("taiping.office")).Get(Page);

        Assert.Equal("区卫健局", page.Text("h1"));
        Assert.Contains("区卫生健康委", page.Text(".task-head .facts"), StringComparison.Ordinal);
        Assert.Contains("成员单位", page.Text(".task-head .facts"), StringComparison.Ordinal);
        var people = page.Document.QuerySelector(".people")!;
        Assert.Contains("taiping.health.head", people.TextContent, StringComparison.Ordinal);
        Assert.Contains("局长", people.QuerySelector("dt")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(PageRules.Broken(page));
    }

    [Fact]
    public async Task Telephones_are_masked_for_other_units()
    {
        await server.Send("taiping.health", new SetPhone.Command("0418-2820123"));

        Assert.Contains("0418-2820123", (await (await server.Visit("taiping.office")).Get(Page)).Text(".people"), StringComparison.Ordinal);
        var other = (await (await server.Visit("taiping.education")).Get(Page)).Text(".people");
        Assert.DoesNotContain("0418-2820123", other, StringComparison.Ordinal);
        Assert.Contains("*", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_unit_is_only_told_of_is_none_of_its_duties()
    {
        var letters = (await (await server.Visit("taiping.office")).Get("/organisation/education")).Document.QuerySelectorAll("table.duties tbody td:nth-child(2)").Select(cell => cell.TextContent.Trim()).ToList();

        Assert.NotEmpty(letters);
        Assert.DoesNotContain(letters, letter => letter.StartsWith('I'));
    }

    [Fact]
    public async Task Each_duty_has_its_letters_and_leads_to_its_sentence()
    {
        var visitor = await server.Visit("taiping.education");
        var page = await visitor.Get(Page);
        var duties = await server.Send("taiping.education", new App.Duties.ListDuties.Query(null, "health", null, null, new Paging(null, Paging.Most)));

        Assert.Equal(duties.Items.Where(duty => duty.Raci.LettersOf("health") is not "I").Select(duty => "/duties/" + duty.Id).Order(), page.Document.QuerySelectorAll("table.duties a[href^='/duties/']").Select(link => link.GetAttribute("href")!).Order());
        var partner = page.Document.QuerySelector("table.duties a[href='/duties/taiping.education.absence-checks']")!.Closest("tr")!;
        Assert.StartsWith("C", partner.QuerySelectorAll("td")[1].TextContent.Trim(), StringComparison.Ordinal);
        var clause = partner.QuerySelector("a[href^='/plans/']")!.GetAttribute("href")!.Split('#');
        Assert.NotNull((await visitor.Get(clause[0])).Document.GetElementById(clause[1]));
        Assert.StartsWith("R", page.Document.QuerySelector("table.duties tbody td:nth-child(2)")!.TextContent.Trim(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("taiping.office")]
    [InlineData("taiping.health")]
    [InlineData("taiping.education")]
    public async Task Every_figure_leads_to_as_many_rows_and_the_open_tasks_are_paged(string userName)
    {
        var visitor = await server.Visit(userName);
        var page = await visitor.Get(Page);
        var figures = page.Document.QuerySelectorAll(".figures a").ToList();

        Assert.Equal(3, figures.Count);
        foreach (var figure in figures)
        {
            var rows = await ListWalk.Rows(visitor, figure.GetAttribute("href")!, "table.tasks tbody tr");
            Assert.Equal(figure.QuerySelector("strong")!.TextContent, rows.Count.ToString(CultureInfo.InvariantCulture));
        }

        var open = await ListWalk.Rows(visitor, Page, "table.tasks .title-cell a");
        Assert.Equal(figures[0].QuerySelector("strong")!.TextContent, open.Select(link => link.GetAttribute("href")).Distinct().Count().ToString(CultureInfo.InvariantCulture));
        Assert.True(page.Document.QuerySelectorAll("table.tasks tbody tr").Length <= 20);
    }

    [Fact]
    public async Task Another_unit_sees_what_it_works_on_too_and_no_cadences()
    {
        var (own, other) = (await (await server.Visit("taiping.health")).Get(Page), await (await server.Visit("taiping.education")).Get(Page));

        Assert.Contains("参与", other.Text("main"), StringComparison.Ordinal);
        Assert.NotNull(own.Document.QuerySelector("#schedules-heading"));
        Assert.Null(other.Document.QuerySelector("#schedules-heading"));
        var visible = await server.Send("taiping.education", new ListTasks.Query(new TaskFilter { Unit = "health", OpenOnly = true }, null, Paging.First));
        Assert.NotEmpty(visible.Items);
        Assert.All(visible.Items, task => Assert.Contains("education", task.CoUnits.Append(task.LeadUnit)));
    }

    [Fact]
    public async Task What_a_unit_owes_today_stands_with_how_it_stands()
    {
        var page = await (await server.Visit("lanxi.office")).Get("/organisation/urban-management");

        Assert.NotEmpty(page.Document.QuerySelectorAll(".own-reports li .light"));
        Assert.Matches(@"^\d/\d$", page.Text(".figures a[href='/reports'] strong"));
    }

    [Fact]
    public async Task A_unit_without_duties_and_tasks_says_so()
    {
        await server.Send("lanxi.office", new AddUnit.Command("lanxi", "east-market", "东市场", "East market", null, null));

        var page = await (await server.Visit("lanxi.office")).Get("/organisation/east-market");

        Assert.Equal(2, page.Document.QuerySelectorAll(".empty-state").Length);
        Assert.Contains("增设", page.Text(".task-head"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("taiping.office", "/organisation/none")]
    [InlineData("taiping.office", "/organisation/aquatic-farm")]
    [InlineData("taiping.sysadmin", Page)]
    [InlineData("lanxi.office", Page)]
    public async Task What_is_not_there_or_not_to_be_seen_is_the_usual_page(string userName, string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await server.Visit(userName)).Get(address)).Status);

    [Theory]
    [InlineData("/organisation", "tbody th")]
    [InlineData("/search?q=卫健", "section[aria-labelledby=units-heading]")]
    [InlineData("/overdue", "table.overdue")]
    [InlineData("/matrix", "th.unit")]
    [InlineData("/matrix?duty=taiping.education.absence-checks", "table.duty-units")]
    public async Task Is_come_to_from_where_the_unit_is_named(string address, string place)
    {
        var page = await (await server.Visit("taiping.office")).Get(address);

        Assert.NotEmpty(page.Document.QuerySelectorAll($"{place} a[href='{Page}']"));
    }

    [Fact]
    public async Task A_task_leads_to_its_unit()
    {
        var visitor = await server.Visit("taiping.health");
        var task = (await server.Send("taiping.health", new ListTasks.Query(new TaskFilter { Unit = "health", LeadsOnly = true, OpenOnly = true }, null, Paging.First))).Items[0];

        Assert.NotNull((await visitor.Get($"/tasks/{task.Id}")).Document.QuerySelector($"section[aria-labelledby=units-heading] a[href='{Page}']"));
    }

    [Fact]
    public async Task In_English_somebody_without_an_English_post_stands_by_role()
    {
        var visitor = await server.Visit("taiping.office");
        visitor.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var office = (await visitor.Get("/organisation")).Document.GetElementById("leading-group-office")!.QuerySelectorAll("td ul")[1];

        Assert.DoesNotMatch(@"[\u4e00-\u9fff]", office.TextContent);
        Assert.Contains("taiping.office", office.TextContent, StringComparison.Ordinal);
    }
}
