using System.Globalization;
using System.Text;
using TaskMatrix.Engine.Duties;

namespace TaskMatrix.Engine.Workflows;

/// <summary>
/// Draws a process top to bottom as SVG: a row a step, after the steps that lead to it. Its title is the name of the process,
/// its description says in words which step follows which.
/// </summary>
public static class ProcessDiagram
{
    private const int BoxWidth = 220, BoxHeight = 48, Row = 92, Left = 14, Top = 28, Lane = 14, Badge = 22, Tip = 8;
    private const string Line = "#5b6b7f", Ink = "#1b2733", Accent = "#12406b", Soft = "#e7f0fb", Red = "#b42318";

    /// <param name="marked">Steps where a run stands; drawn with the accent colour and a broad edge.</param>
    /// <param name="standing">By step: how many open tasks stand there, and with a triangle how many of them are late. Null: none are drawn.</param>
    public static string Draw(ProcessDefinition process, IReadOnlySet<string> marked, bool english, IReadOnlyDictionary<string, Standing>? standing = null)
    {
        var order = ProcessOrder.Of(process);
        var lanes = ProcessOrder.Lanes(order);
        var width = Left + BoxWidth + Lane * (lanes.Select(lane => lane.Lane + 1).DefaultIfEmpty(0).Max() + 1) + Lane / 2;
        var height = Top * 2 + order.Count * Row - (Row - BoxHeight);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" font-family="sans-serif" font-size="14">""");
        svg.Append(CultureInfo.InvariantCulture, $"<title>{Escape(english ? process.English : process.Title)}</title><desc>{Escape(InWords(order, english))}</desc>");
        svg.Append(CultureInfo.InvariantCulture, $"""<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" fill="{Line}"/></marker></defs>""");
        for (var i = 0; i + 1 < order.Count; i++)
        {
            if (order[i].Following.Contains(order[i + 1].Id))
            {
                Down(svg, order, i);
            }
        }

        foreach (var (from, to, lane) in lanes)
        {
            Around(svg, order, from, to, lane);
        }

        for (var i = 0; i < order.Count; i++)
        {
            Box(svg, order[i], Y(i), marked.Contains(order[i].Id), english);
            Badges(svg, Y(i), standing?.GetValueOrDefault(order[i].Id));
        }

        return svg.Append("</svg>").ToString();
    }

    private static string InWords(List<Step> order, bool english)
    {
        string Name(Step step) => english ? step.English : step.Title;
        return string.Join("; ", order.Where(step => step.Following.Count > 0)
            .Select(step => $"{Name(step)} → {string.Join(" / ", step.Following.Select(next => Name(order.First(other => other.Id == next))))}"));
    }

    private static int Y(int row) => Top + row * Row;

    /// <summary>How far a branch, drawn as a diamond, reaches above and below the other boxes.</summary>
    private static int Over(Step step) => step is BranchStep ? Tip : 0;

    private static void Box(StringBuilder svg, Step step, int y, bool marked, bool english)
    {
        var (fill, stroke, width) = marked ? (Soft, Accent, 3) : ("#ffffff", Line, 1);
        svg.Append(CultureInfo.InvariantCulture, $"""<g data-step="{Escape(step.Id)}"{(marked ? " aria-current=\"step\"" : "")}>""");
        svg.Append(step is BranchStep
            ? $"""<polygon points="{Left},{y + BoxHeight / 2} {Left + BoxWidth / 2},{y - Tip} {Left + BoxWidth},{y + BoxHeight / 2} {Left + BoxWidth / 2},{y + BoxHeight + Tip}" fill="{fill}" stroke="{stroke}" stroke-width="{width}"/>"""
            : $"""<rect x="{Left}" y="{y}" width="{BoxWidth}" height="{BoxHeight}" rx="{(step is EndStep ? 24 : step is WorkStep ? 6 : 0)}" fill="{fill}" stroke="{stroke}" stroke-width="{width}"{(step is RaiseStep ? " stroke-dasharray=\"6 3\"" : "")}/>""");
        if (step is WorkStep { FanOut: not null })
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<path d="M{Left + 6} {y + BoxHeight + 4}h{BoxWidth}v-{BoxHeight - 4}" fill="none" stroke="{stroke}"/>""");
        }

        var lines = DiagramText.Lines(english ? step.English : step.Title);
        for (var i = 0; i < lines.Count; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Left + BoxWidth / 2}" y="{y + BoxHeight / 2 + 5 + 17 * i - 17 * (lines.Count - 1) / 2}" text-anchor="middle" fill="{Ink}">{Escape(lines[i])}</text>""");
        }

        svg.Append("</g>");
    }

    /// <summary>On the upper edge, where no arrow ends: all open ones, then those that are late.</summary>
    private static void Badges(StringBuilder svg, int y, Standing? standing)
    {
        if (standing is not { Open: > 0 })
        {
            return;
        }

        var x = Left - 10;
        var width = Pill(svg, x, y, standing.Open, Accent, late: false);
        if (standing.Overdue > 0)
        {
            Pill(svg, x + width + 4, y, standing.Overdue, Red, late: true);
        }
    }

    private static int Pill(StringBuilder svg, int x, int y, int count, string fill, bool late)
    {
        var text = count.ToString(CultureInfo.InvariantCulture);
        var width = Badge - 6 + 8 * text.Length + (late ? 13 : 0);
        svg.Append(CultureInfo.InvariantCulture, $"""<g data-{(late ? "late" : "open")}="{text}"><rect x="{x}" y="{y - Badge / 2}" width="{width}" height="{Badge}" rx="{Badge / 2}" fill="{fill}" stroke="#ffffff" stroke-width="2"/>""");
        if (late)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<path d="M{x + 13} {y - 5}l5 9h-10z" fill="#ffffff"/>""");
        }

        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{x + width - 8}" y="{y + 5}" text-anchor="end" fill="#ffffff" font-weight="600" font-size="13">{text}</text></g>""");
        return width;
    }

    private static void Down(StringBuilder svg, List<Step> order, int from) => Arrow(
        svg, $"M{Left + BoxWidth / 2} {Y(from) + BoxHeight + Over(order[from])}V{Y(from + 1) - Over(order[from + 1]) - 2}");

    /// <summary>Enters a box above its middle and leaves it below, so that what comes and what goes stay apart.</summary>
    private static void Around(StringBuilder svg, List<Step> order, int from, int to, int lane) => Arrow(
        svg, $"M{Edge(order[from])} {Y(from) + BoxHeight / 2 + Tip}H{Left + BoxWidth + Lane * (lane + 2)}V{Y(to) + BoxHeight / 2 - Tip}H{Edge(order[to]) + 2}");

    private static int Edge(Step step) => Left + BoxWidth - (step is BranchStep ? BoxWidth / 2 * Tip / (BoxHeight / 2 + Tip) : 0);

    private static void Arrow(StringBuilder svg, string path) =>
        svg.Append(CultureInfo.InvariantCulture, $"""<path d="{path}" fill="none" stroke="{Line}" marker-end="url(#arrow)"/>""");

    private static string Escape(string text) => System.Security.SecurityElement.Escape(text);
}
