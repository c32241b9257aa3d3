using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Text;

namespace TaskMatrix.Web.Tests.Shell;

/// <summary>Whatever people write, through whichever form, does no harm on any page; and what is refused is not lost.</summary>
[Collection(HarmedCollection.Name)]
public sealed partial class HarmTests(HarmedProgram program)
{
    /// <summary>Forms that took the harmful words: were they refused for another reason, the pages would prove nothing.</summary>
    public static TheoryData<string> Taken =>
    [
        "/tasks/new", "/instructions", "/instructions/*/feedback", "/meetings", "/events/new", "/inspections", "/inspections/*/issue-order", "/organisation/units", "/watch/shifts",
        "/registers/*/lines", "/plans/*/derive", "/tasks/*/progress", "/tasks/*/submit",
        "/tasks/*/request-extension", "/tasks/*/hand-over", "/tasks/*/sign", "/tasks/*/approve", "/tasks/*/return", "/tasks/*/urge", "/tasks/*/terminate", "/tasks/*/reassign", "/meetings/*/call",
    ];

    [Theory]
    [MemberData(nameof(Taken))]
    public void Harmful_words_came_in_by(string form) => Assert.True(
        program.Harmful.Exists(attempt => attempt.Form == form && !attempt.Refused),
        $"{form}: " + string.Join('\n', program.Harmful.Where(attempt => attempt.Form == form).Select(Said)) + "\n all: " + string.Join(' ', program.Harmful.Select(attempt => $"{attempt.Form}={(int)attempt.Answer.Status}").Distinct()));

    [Fact]
    public void No_form_fails_whatever_is_in_it() =>
        Assert.Empty(program.Harmful.Concat(program.TooLong).Where(attempt => attempt.Answer.Status is >= HttpStatusCode.InternalServerError or HttpStatusCode.UnsupportedMediaType).Select(Said));

    [Fact]
    public void No_page_takes_what_was_written_for_its_own_markup()
    {
        var pages = program.Pages.Values.SelectMany(pages => pages).Concat(program.Harmful.Select(attempt => attempt.Answer)).ToList();
        var marked = pages.Where(page => page.Html.Contains(HarmfulWords.Mark, StringComparison.Ordinal)).ToList();
        Assert.True(marked.Select(page => PageWalk.Kind(page.Address.AbsolutePath)).Distinct().Count() > 15, "Hardly any page shows what was written");
        Assert.All(marked, page => Assert.False(
            page.Document.All.Any(element => element.LocalName is "svg" or "img" && (element.HasAttribute("onload") || element.HasAttribute("onerror"))), page.Address.ToString()));
    }

    /// <summary>Tables open without running anything, documents open at all.</summary>
    [Fact]
    public async Task Files_carry_no_formula_and_are_whole()
    {
        var visitor = await program.Server.Visit("taiping.office");
        var links = program.Pages["taiping.office"].SelectMany(page => page.Document.QuerySelectorAll("a[href^='/']")).Select(link => link.GetAttribute("href")!)
            .Where(link => File().IsMatch(link)).DistinctBy(PageWalk.Kind).ToList();
        Assert.True(links.Count > 5, string.Join(' ', links));
        var marked = 0;
        foreach (var link in links)
        {
            var bytes = await visitor.Client.GetByteArrayAsync(link);
            var text = bytes is [(byte)'P', (byte)'K', ..] ? string.Concat(Parts(bytes)) : Encoding.UTF8.GetString(bytes);
            Assert.False(link.Contains(".csv", StringComparison.Ordinal) && Formula().IsMatch(text), link);
            marked += text.Contains(HarmfulWords.Mark, StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(marked > 1, "No file shows what was written");
    }

    /// <summary>The text of each part of a document; one that is no XML throws.</summary>
    private static IEnumerable<string> Parts(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        foreach (var entry in zip.Entries.Where(entry => entry.Name.EndsWith(".xml", StringComparison.Ordinal) || entry.Name.EndsWith(".rels", StringComparison.Ordinal)))
        {
            using var content = entry.Open();
            var part = XDocument.Load(content);
            Assert.DoesNotContain(part.Descendants(), element => element.Name.LocalName == "f");
            yield return part.Root!.Value;
        }
    }

    [GeneratedRegex(@"\.(csv|xlsx|docx)\b|/reports/bulletin")]
    private static partial Regex File();

    /// <summary>A cell of a CSV file that a table program would run.</summary>
    [GeneratedRegex(@"(^|[,\n])""?[=+@\t]", RegexOptions.Multiline)]
    private static partial Regex Formula();

    /// <summary>The names of those fields, the limit in figures, and all that was typed, in the form that comes back.</summary>
    [Fact]
    public void What_is_too_long_is_named_with_its_limit_and_given_back()
    {
        var faults = new List<string>();
        foreach (var attempt in program.TooLong.Where(attempt => attempt.Sent.All(field => field.Name != "yaml")))
        {
            var links = attempt.Answer.Document.QuerySelectorAll(".refusal a[href^='#']").ToList();
            if (attempt.Answer.Status != HttpStatusCode.BadRequest || links.Count == 0)
            {
                faults.Add(Said(attempt));
                continue;
            }

            faults.AddRange(links.Where(link => attempt.Answer.Document.GetElementById(link.GetAttribute("href")![1..]) is null).Select(link => $"{attempt.Form}: {link.TextContent} leads to nothing"));
            if (!links.Exists(link => link.TextContent.Any(char.IsAsciiDigit)))
            {
                faults.Add($"{attempt.Form} names no limit: {string.Join(" | ", links.Select(link => link.TextContent))}");
            }

            var again = attempt.Answer.Document.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>().First(form => PageWalk.Kind(form.GetAttribute("action")!) == attempt.Form);
            faults.AddRange(again.Elements.Where(HarmfulWords.TakesWords).Where(field => Kept(field).Length < 5001 && Kept(field).Length != 5000)
                .Select(field => $"{attempt.Form} lost {field.GetAttribute("name")}"));
        }

        Assert.NotEmpty(program.TooLong);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static string Kept(IElement field) => field is IHtmlTextAreaElement area ? area.Value : ((IHtmlInputElement)field).Value;

    private static string Said(Attempt attempt) =>
        $"{attempt.Who} {attempt.Form}: {(int)attempt.Answer.Status} {attempt.Answer.Address.PathAndQuery} {attempt.Answer.Text(".refusal").CollapseAndStrip()} {attempt.Answer.Text(".notice").CollapseAndStrip()}";
}
