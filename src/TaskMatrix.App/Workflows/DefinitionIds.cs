using System.Text.RegularExpressions;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Workflows;

/// <summary>Which definitions an office may publish: processes, and the duty files of its own jurisdiction.</summary>
internal static partial class DefinitionIds
{
    /// <exception cref="NotFoundException">Another jurisdiction's, or no id that can be published.</exception>
    public static void RequirePublishable(string id, Actor actor)
    {
        PlanAccess.RequireOffice(actor);
        var own = id.StartsWith(actor.Jurisdiction + ".", StringComparison.Ordinal) && DutyFile().IsMatch(id);
        if (!own && !Process().IsMatch(id))
        {
            throw new NotFoundException("workflow", id);
        }
    }

    /// <summary>A text with duties is a duty file of the jurisdiction; any other names its process by its id.</summary>
    public static string Guess(string yaml, string jurisdiction)
    {
        if (DutiesMember().IsMatch(yaml))
        {
            return $"{jurisdiction}.{(UnitMember().Match(yaml) is { Success: true } unit ? unit.Groups[1].Value : "all-units")}";
        }

        return IdMember().Match(yaml) is { Success: true } id ? id.Groups[1].Value : "process";
    }

    [GeneratedRegex(@"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
    private static partial Regex DutyFile();

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex Process();

    [GeneratedRegex(@"^duties\s*:", RegexOptions.Multiline)]
    private static partial Regex DutiesMember();

    [GeneratedRegex(@"^unit\s*:\s*([a-z0-9-]+)", RegexOptions.Multiline)]
    private static partial Regex UnitMember();

    [GeneratedRegex(@"^id\s*:\s*([a-z0-9-]+)", RegexOptions.Multiline)]
    private static partial Regex IdMember();
}
