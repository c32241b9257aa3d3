using System.Net;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.TaskInstances;

/// <summary>Deadlines by day.</summary>
[Collection(PagesCollection.Name)]
public sealed class CalendarPageTests(PagesServer server)
{
    [Fact]
    public async Task A_month_has_whole_weeks_and_its_tasks_stand_on_the_day_they_are_due()
    {
        var visitor = await server.Visit("taiping.education");
        var page = await visitor.Get("/tasks/calendar");
        var days = page.Document.QuerySelectorAll(".month td time").Select(day => DateOnly.Parse(day.GetAttribute("datetime")!)).ToList();
        Assert.Equal(0, days.Count % 7);
        Assert.Equal(DayOfWeek.Monday, days[0].DayOfWeek);
        Assert.Equal(days, Enumerable.Range(0, days.Count).Select(days[0].AddDays));
        Assert.Single(page.Document.QuerySelectorAll(".month .today"));

        var cell = page.Document.QuerySelectorAll(".month td").First(cell => cell.QuerySelector("li a[href^='/tasks/']") is not null);
        var day = cell.QuerySelector("time")!.GetAttribute("datetime")!;
        var list = await visitor.Get("/tasks?due=" + day);
        var listed = list.Document.QuerySelectorAll("table.tasks .title-cell a").Select(link => link.GetAttribute("href")).ToList();
        Assert.All(cell.QuerySelectorAll("li a[href^='/tasks/']"), link => Assert.Contains(link.GetAttribute("href"), listed));
    }

    [Theory]
    [InlineData("2020-02", 5)]
    [InlineData("2021-02", 4)]
    [InlineData("2020-03", 6)]
    public async Task A_named_month_is_shown_with_as_many_weeks_as_it_touches(string month, int weeks)
    {
        var page = await (await server.Visit("taiping.office")).Get("/tasks/calendar?month=" + month);
        Assert.Equal(weeks, page.Document.QuerySelectorAll(".month tbody tr").Length);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("9999-12")]
    public async Task What_is_no_month_shows_this_one(string month)
    {
        var page = await (await server.Visit("taiping.office")).Get("/tasks/calendar?month=" + month);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Single(page.Document.QuerySelectorAll(".month .today"));
    }
}
