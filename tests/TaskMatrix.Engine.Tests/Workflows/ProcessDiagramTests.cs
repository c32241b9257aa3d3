using System.Xml.Linq;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.Engine.Tests.Workflows;

/// <summary>The picture of a process: what stands where, which way arrows go, what is said in words.</summary>
public sealed class ProcessDiagramTests
{
    private static readonly ProcessDefinition Collect = new(
        "collect", 1, "收集<汇总>", "Collect & report", "return", null,
        [
            new WorkStep("return", "报送", "Return", "summary") { FanOut = new FanOut("all-units", true), Each = "any" },
            new BranchStep("any", "有无", "Any?", [new BranchCase(new Condition("return", "cases", "gt", "0"), "raise")], "done"),
            new RaiseStep("raise", "发起", "Raise", "suspected-case", "done"),
            new WorkStep("summary", "汇总", "Sum up", "done"),
            new EndStep("done", "办结", "Done"),
        ]);

    private static readonly ProcessDefinition Standing2 = new(
        "standing", 1, "常态", "Standing", "arrange", "feedback",
        [
            new WorkStep("arrange", "部署", "Arrange", "arranged"), new EndStep("arranged", "已部署", "Arranged"),
            new WorkStep("feedback", "反馈", "Feedback", "fed-back"), new EndStep("fed-back", "已反馈", "Fed back"),
        ]);

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Every_step_stands_after_those_that_lead_to_it()
    {
        Assert.Equal(["return", "summary", "any", "raise", "done"], ProcessOrder.Of(Collect).Select(step => step.Id));
        Assert.Equal(["arrange", "arranged", "feedback", "fed-back"], ProcessOrder.Of(Standing2).Select(step => step.Id));
    }

    [Fact]
    public void A_loop_is_drawn_and_each_step_once()
    {
        var loop = Collect with { Steps = [.. Collect.Steps.Select(step => step is WorkStep { Id: "summary" } summary ? summary with { Next = "return" } : step)] };

        Assert.Equal(5, ProcessOrder.Of(loop).Select(step => step.Id).Distinct().Count());
        XDocument.Parse(ProcessDiagram.Draw(loop, new HashSet<string>(), false));
    }

    [Fact]
    public void Arrows_that_pass_by_the_same_row_take_different_lanes()
    {
        var lanes = ProcessOrder.Lanes(ProcessOrder.Of(Collect));

        // return → any, summary → done, any → done; the others go straight down.
        Assert.Equal([(0, 2), (1, 4), (2, 4)], lanes.Select(arrow => (arrow.From, arrow.To)).Order());
        Assert.All(lanes, one => Assert.DoesNotContain(lanes, other => other != one && other.Lane == one.Lane && one.From < other.To && other.From < one.To));
    }

    [Fact]
    public void Title_and_description_say_what_is_drawn_in_the_language_asked_for()
    {
        var (chinese, english) = (Drawn(Collect, false), Drawn(Collect, true));

        Assert.Equal(("收集<汇总>", "Collect & report"), (chinese.Element(Svg + "title")!.Value, english.Element(Svg + "title")!.Value));
        Assert.Contains("有无 → 发起 / 办结", chinese.Element(Svg + "desc")!.Value, StringComparison.Ordinal);
        Assert.Contains("Return → Sum up / Any?", english.Element(Svg + "desc")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_shows_how_many_stand_there_and_how_many_of_them_are_late()
    {
        var svg = Drawn(Collect, false, new Dictionary<string, Standing> { ["return"] = new(1234, 7, 0, Light.Red), ["summary"] = new(2, 0, 0, Light.Green), ["done"] = Standing.Nothing });

        Assert.Equal(["1234", "2"], Marked(svg, "data-open"));
        Assert.Equal(["7"], Marked(svg, "data-late"));
        Assert.Empty(Marked(Drawn(Collect, false), "data-open"));
    }

    [Fact]
    public void Nothing_is_styled_within_the_page_and_nothing_runs()
    {
        var svg = Drawn(Collect, true, new Dictionary<string, Standing> { ["return"] = new(1, 1, 0, Light.Red) });

        Assert.All(svg.DescendantsAndSelf(), node => Assert.DoesNotContain(node.Attributes(), attribute => attribute.Name == "style" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
        Assert.Equal("img", svg.Attribute("role")!.Value);
    }

    [Fact]
    public void Everything_stays_within_the_picture()
    {
        var svg = Drawn(Collect, false);
        var width = int.Parse(svg.Attribute("width")!.Value, System.Globalization.CultureInfo.InvariantCulture);
        var right = svg.Elements(Svg + "path").SelectMany(path => path.Attribute("d")!.Value.Split('H').Skip(1)).Select(part => int.Parse(part.Split('V')[0], System.Globalization.CultureInfo.InvariantCulture));

        Assert.All(right, x => Assert.InRange(x, 0, width));
    }

    [Theory]
    [InlineData("办结", "办结")]
    [InlineData("十四个汉字以内的步骤名称写一行", "十四个汉字以内的步骤名称写一", "行")]
    [InlineData("Keep and record the watch", "Keep and record the watch")]
    [InlineData("Return the figures of the village", "Return the figures of the", "village")]
    [InlineData("一个长得两行也写不下的步骤名称一个长得两行也写不下的步骤名称", "一个长得两行也写不下的步骤名", "称一个长得两行也写不下的步…")]
    public void A_long_name_takes_two_lines_and_no_more(string name, params string[] lines) => Assert.Equal(lines, DiagramText.Lines(name));

    [Fact]
    public void A_pair_of_surrogates_is_never_torn() =>
        Assert.All(DiagramText.Lines(string.Concat(Enumerable.Repeat("𠮷", 20)) + "a"), line => Assert.Equal(line, new System.Text.UTF8Encoding(false, true).GetString(new System.Text.UTF8Encoding(false, true).GetBytes(line))));

    private static XElement Drawn(ProcessDefinition process, bool english, IReadOnlyDictionary<string, Standing>? standing = null) =>
        XDocument.Parse(ProcessDiagram.Draw(process, new HashSet<string>(), english, standing)).Root!;

    private static IEnumerable<string> Marked(XElement svg, string name) => svg.Descendants(Svg + "g").Select(group => group.Attribute(name)?.Value).OfType<string>();
}
