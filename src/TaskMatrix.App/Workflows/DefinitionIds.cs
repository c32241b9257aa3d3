using System.Text.RegularExpressions;
using TaskMatrix.App.Organisations;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Workflows;

/// <summary>Which definitions an office may publish: processes, and the duty files of its own jurisdiction.</summary>
internal static partial class DefinitionIds
{
    /// <exception cref="Engine.TaskInstances.RuleBrokenException">workflow.not-allowed (403)</exception>
    /// <exception cref="NotFoundException">Another jurisdiction's, or no id that can be published.</exception>
    public static void RequirePublishable(string id, Actor actor)
    {
        WorkflowAccess.RequireOffice(actor);
        var own = id.StartsWith(actor.Jurisdiction + ".", StringComparison.Ordinal) && DutyFile().IsMatch(id);
        if (!own && (!Process().IsMatch(id) || id == DefinitionPublisher.Events))
        {
            throw new NotFoundException("workflow", id);
        }
    }

    [GeneratedRegex(@"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
    private static partial Regex DutyFile();

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex Process();
}
