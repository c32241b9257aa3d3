using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Plans;

[Collection(PagesCollection.Name)]
public sealed class PlanPageTests(PagesServer server)
{
    [Theory]
    [InlineData("taiping", "taiping-2020-3")]
    [InlineData("lanxi", "lanxi-2020")]
    public async Task Shows_the_document_word_for_word_with_every_duty_beside_it(string jurisdiction, string plan)
    {
        var visitor = await server.Visit($"{jurisdiction}.office");
        var page = await visitor.Get($"/plans/{plan}");
        var document = await server.Send($"{jurisdiction}.office", new GetPlanDocument.Query(plan));
        var shown = string.Concat(page.Document.QuerySelectorAll(".paragraph > p").Select(paragraph => paragraph.TextContent));
        Assert.Equal(Words(document), Words(shown));

        var duties = await server.Send($"{jurisdiction}.office", new App.Duties.ListDuties.Query(null, null, null, plan, new Paging(null, 200)));
        var linked = page.Document.QuerySelectorAll(".beside a[href^='/duties/']").Select(link => Uri.UnescapeDataString(link.GetAttribute("href")!.Split('/')[^1]));
        Assert.Equal(duties.Items.Select(duty => duty.Id).Order(), linked.Order());
        Assert.All(page.Document.QuerySelectorAll(".sections a"), link => Assert.NotNull(page.Document.GetElementById(link.GetAttribute("href")![1..])));
    }

    [Theory]
    [InlineData("taiping", "taiping-2020-3")]
    [InlineData("lanxi", "lanxi-2020")]
    public async Task Each_sentence_and_each_duty_shows_how_its_tasks_stand(string jurisdiction, string plan)
    {
        var visitor = await server.Visit($"{jurisdiction}.office");
        var matrix = await server.Send($"{jurisdiction}.office", new App.Duties.GetMatrix.Query(null, plan));
        var standings = matrix.Rows.ToDictionary(row => row.DutyId, row => Standing.Of(row.Cells.Values.Select(cell => cell.ToStanding())));
        var page = await visitor.Get($"/plans/{plan}");
        foreach (var line in page.Document.QuerySelectorAll(".paragraph"))
        {
            var duties = line.QuerySelectorAll(".beside li").Select(item => Uri.UnescapeDataString(item.QuerySelector("a")!.GetAttribute("href")!.Split('/')[^1])).ToList();
            foreach (var (item, duty) in line.QuerySelectorAll(".beside li").Zip(duties))
            {
                var light = standings[duty].HasLight ? $"light-{Texts.Camel(standings[duty].Light)}" : null;
                Assert.Equal(light, item.QuerySelector(".light")?.ClassList.Single(name => name.StartsWith("light-", StringComparison.Ordinal)));
            }

            // A sentence has the light of one of the duties that stand beside it, unless it began in the line before.
            var lights = duties.Where(duty => standings[duty].HasLight).Select(duty => $"lit-{Texts.Camel(standings[duty].Light)}").ToHashSet();
            Assert.All(line.QuerySelectorAll("mark").Where(_ => duties.Count > 0), mark => Assert.Contains(mark.ClassName is { Length: > 0 } lit ? lit : null, lights.Cast<string?>().Append(null)));
        }

        Assert.NotEmpty(page.Document.QuerySelectorAll("mark[class^=lit-] svg use"));
    }

    [Fact]
    public async Task Chosen_by_how_it_stands_the_text_is_left_with_those_paragraphs_and_their_headings()
    {
        var visitor = await server.Visit("lanxi.office");
        var whole = await visitor.Get("/plans/lanxi-2020");
        foreach (var light in new[] { "red", "yellow", "blue", "green", "grey" })
        {
            var chosen = await visitor.Get(whole.Document.QuerySelector($".statuses a[href$='?light={light}']")!.GetAttribute("href")!);
            var duties = whole.Document.QuerySelectorAll($".beside li:has(.light-{light})").Length;

            Assert.EndsWith($" {duties}", chosen.Text(".statuses a[aria-current]"), StringComparison.Ordinal);
            Assert.Equal(duties, chosen.Document.QuerySelectorAll($".beside li:has(.light-{light})").Length);
            Assert.All(chosen.Document.QuerySelectorAll(".paragraph").Where(line => line.QuerySelector(".document-heading") is null), line => Assert.NotNull(line.QuerySelector($".light-{light}")));
            Assert.InRange(chosen.Document.QuerySelectorAll(".paragraph").Length, duties > 0 ? 2 : 0, duties > 0 ? whole.Document.QuerySelectorAll(".paragraph").Length - 1 : 0);
            Assert.Equal(duties == 0, chosen.Document.QuerySelector(".empty-state a[href='/plans/lanxi-2020']") is not null);
        }

        Assert.Contains(whole.Document.QuerySelectorAll(".beside .light"), _ => true);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await visitor.Get("/plans/lanxi-2020?light=pink")).Status);
    }

    private static string Words(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
