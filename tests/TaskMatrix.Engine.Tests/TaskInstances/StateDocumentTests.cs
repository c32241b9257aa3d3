using TaskMatrix.Engine.Tests.Architecture;

namespace TaskMatrix.Engine.Tests.TaskInstances;

/// <summary>docs/task-states.md says what the code does, line by line.</summary>
public sealed class StateDocumentTests
{
    private static readonly string[] Lines = File.ReadAllLines(SourceTree.Path("docs/task-states.md"));

    [Fact]
    public void The_document_names_the_states_as_the_code_does() => Same(StateDocument.Names(), "names");

    [Fact]
    public void The_documents_diagram_shows_the_transitions_of_the_code() => Same(StateDocument.Diagram(), "diagram");

    [Fact]
    public void The_documents_table_is_the_table_of_the_code() => Same(StateDocument.Table(), "table");

    private static void Same(IEnumerable<string> expected, string section)
    {
        var (code, document) = (expected.ToList(), Section(section).ToList());
        var difference = code.Zip(document).Select((pair, line) => (pair, line)).FirstOrDefault(at => at.pair.First != at.pair.Second);

        Assert.True(
            code.SequenceEqual(document),
            $"docs/task-states.md, {section}, line {difference.line + 1}: has «{difference.pair.Second}». It should be:\n{string.Join('\n', code)}\n");
    }

    /// <summary>What stands between the two comments, less the fence of a code block.</summary>
    private static IEnumerable<string> Section(string name) => Lines
        .SkipWhile(line => line != $"<!-- {name} -->").Skip(1)
        .TakeWhile(line => line != $"<!-- end of {name} -->")
        .Where(line => line.Length > 0 && !line.StartsWith("```", StringComparison.Ordinal));
}
