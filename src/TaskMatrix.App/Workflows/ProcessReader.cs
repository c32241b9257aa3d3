using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>Reads a process and checks its graph.</summary>
internal static class ProcessReader
{
    public static ProcessDefinition Read(YamlMap root, string id, int version, DefinitionSet known)
    {
        root.Only("id", "title", "english", "parameters", "start", "onOccurrence", "steps").RequireId(id);
        var reader = new StepReader(known, root.Texts("parameters"));
        var steps = new List<(YamlMap Map, Step Step)>();
        foreach (var map in root.Maps("steps"))
        {
            if (reader.Read(map) is { } step)
            {
                steps.Add((map, step));
            }
        }

        var process = new ProcessDefinition(
            id, version, root.Text("title"), root.Text("english"), root.Text("start"), root.OptionalText("onOccurrence"), [.. steps.Select(one => one.Step)])
        {
            Parameters = root.Texts("parameters"),
        };
        new ProcessGraph(root, process, steps).Check(known);
        return process;
    }
}
