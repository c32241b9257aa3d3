using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
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
        var linked = page.Document.QuerySelectorAll(".beside a").Select(link => Uri.UnescapeDataString(link.GetAttribute("href")!.Split('/')[^1]));
        Assert.Equal(duties.Items.Select(duty => duty.Id).Order(), linked.Order());
        Assert.All(page.Document.QuerySelectorAll(".sections a"), link => Assert.NotNull(page.Document.GetElementById(link.GetAttribute("href")![1..])));
    }

    private static string Words(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
