using System.Globalization;
using System.Text;

namespace TaskMatrix.Engine.Workflows;

/// <summary>Draws a process top to bottom as SVG: a row a step, in the order a run can reach them.</summary>
public static class ProcessDiagram
{
    private const int Width = 420, BoxWidth = 240, BoxHeight = 48, Row = 92, Left = 40, Top = 24;

    /// <param name="marked">Steps where a run stands; drawn with the accent colour.</param>
    public static string Draw(ProcessDefinition process, IReadOnlySet<string> marked, bool english)
    {
        var order = Order(process);
        var height = Top * 2 + order.Count * Row - (Row - BoxHeight);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" width="{Width}" height="{height}" role="img" font-family="sans-serif" font-size="14">""");
        svg.Append(CultureInfo.InvariantCulture, $"<title>{Escape(english ? process.English : process.Title)}</title>");
        svg.Append("""<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" fill="#5b6b7f"/></marker></defs>""");
        for (var i = 0; i < order.Count; i++)
        {
            foreach (var next in order[i].Following)
            {
                Arrow(svg, i, order.FindIndex(step => step.Id == next));
            }
        }

        for (var i = 0; i < order.Count; i++)
        {
            Box(svg, order[i], Top + i * Row, marked.Contains(order[i].Id), english);
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>Breadth first from the starts, so that every arrow but a loop points down.</summary>
    private static List<Step> Order(ProcessDefinition process)
    {
        var order = new List<Step>();
        var waiting = new Queue<string>(process.OnOccurrence is { } other ? [process.Start, other] : [process.Start]);
        while (waiting.TryDequeue(out var id))
        {
            if (order.All(step => step.Id != id))
            {
                var step = process.Find(id);
                order.Add(step);
                step.Following.ToList().ForEach(waiting.Enqueue);
            }
        }

        return order;
    }

    private static void Box(StringBuilder svg, Step step, int y, bool marked, bool english)
    {
        var (fill, stroke, width) = marked ? ("#e7f0fb", "#1f5fa8", 3) : ("#ffffff", "#5b6b7f", 1);
        var radius = step switch { WorkStep => 6, EndStep => 24, _ => 0 };
        svg.Append(CultureInfo.InvariantCulture, $"""<g data-step="{Escape(step.Id)}"{(marked ? " aria-current=\"step\"" : "")}>""");
        svg.Append(step is BranchStep
            ? $"""<polygon points="{Left},{y + BoxHeight / 2} {Left + BoxWidth / 2},{y - 8} {Left + BoxWidth},{y + BoxHeight / 2} {Left + BoxWidth / 2},{y + BoxHeight + 8}" fill="{fill}" stroke="{stroke}" stroke-width="{width}"/>"""
            : $"""<rect x="{Left}" y="{y}" width="{BoxWidth}" height="{BoxHeight}" rx="{radius}" fill="{fill}" stroke="{stroke}" stroke-width="{width}"{(step is RaiseStep ? " stroke-dasharray=\"6 3\"" : "")}/>""");
        if (step is WorkStep { FanOut: not null })
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<path d="M{Left + 6} {y + BoxHeight + 4}h{BoxWidth}v-{BoxHeight - 4}" fill="none" stroke="{stroke}"/>""");
        }

        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Left + BoxWidth / 2}" y="{y + BoxHeight / 2 + 5}" text-anchor="middle" fill="#1b2733">{Escape(english ? step.English : step.Title)}</text></g>""");
    }

    /// <summary>Straight down to the next row, around the right side to any other.</summary>
    private static void Arrow(StringBuilder svg, int from, int to)
    {
        var (x, y) = (Left + BoxWidth / 2, Top + from * Row + BoxHeight);
        var target = Top + to * Row;
        var path = to == from + 1
            ? $"M{x} {y}V{target - 2}"
            : $"M{Left + BoxWidth} {y - BoxHeight / 2}H{Left + BoxWidth + 40 + 12 * Math.Abs(to - from)}V{target + BoxHeight / 2}H{Left + BoxWidth + 2}";
        svg.Append(CultureInfo.InvariantCulture, $"""<path d="{path}" fill="none" stroke="#5b6b7f" marker-end="url(#arrow)"/>""");
    }

    private static string Escape(string text) => System.Security.SecurityElement.Escape(text);
}
