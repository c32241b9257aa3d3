using System.Xml.Linq;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.Tests.Architecture;

namespace TaskMatrix.Engine.Tests.Inspections;

/// <summary>docs/inspection-states.md says what the code does, line by line.</summary>
public sealed class InspectionDocumentTests
{
    private static readonly string[] Lines = File.ReadAllLines(SourceTree.Path("docs/inspection-states.md"));

    [Fact]
    public void The_documents_diagram_shows_the_transitions_of_the_code() => Same(
        [
            "stateDiagram-v2",
            .. Enum.GetValues<InspectionState>().Select(state => $"    {state}: {state} {Chinese(state)}"),
            "    [*] --> Open: open",
            .. InspectionActions.Rules.Where(rule => !rule.From.SequenceEqual(rule.To)).SelectMany(rule => rule.From.SelectMany(from => rule.To.Select(to => (from, to, rule.Action))))
                .GroupBy(step => (step.from, step.to), step => step.Action).Select(arrow => $"    {arrow.Key.from} --> {arrow.Key.to}: {string.Join(", ", arrow)}"),
        ],
        "diagram");

    [Fact]
    public void The_documents_table_is_the_table_of_the_code() => Same(
        [
            "| action | who | from | to |", "|---|---|---|---|",
            .. InspectionActions.Rules.Select(rule =>
                $"| {rule.Action} | {rule.Who} | {string.Join(", ", rule.From)} | {(rule.From.SequenceEqual(rule.To) ? "the same" : string.Join(", ", rule.To))} |"),
        ],
        "table");

    private static void Same(IReadOnlyList<string> expected, string section)
    {
        var document = Lines.SkipWhile(line => line != $"<!-- {section} -->").Skip(1).TakeWhile(line => line != $"<!-- end of {section} -->")
            .Where(line => line.Length > 0 && !line.StartsWith("```", StringComparison.Ordinal)).ToList();
        Assert.True(expected.SequenceEqual(document), $"docs/inspection-states.md, {section}. It should be:\n{string.Join('\n', expected)}\n");
    }

    /// <summary>The Chinese name of a state stands first in its XML summary.</summary>
    private static string Chinese(InspectionState state) => XDocument.Load(Path.ChangeExtension(typeof(InspectionState).Assembly.Location, ".xml")).Descendants("member")
        .Single(member => member.Attribute("name")!.Value == $"F:{typeof(InspectionState).FullName}.{state}").Element("summary")!.Value.Trim().Split(':')[0];
}
