using System.Text.RegularExpressions;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Organisations;

/// <summary>What a unit added beside those of the document must be, so that every name still means one unit.</summary>
public static partial class UnitRules
{
    /// <summary>Why the posts of an added unit are assumed.</summary>
    public const string AddedPosts = "增设单位时默认设置，原文未写";

    private const int LongestId = 60;

    /// <summary>Names of accounts that are no units.</summary>
    private static readonly string[] Reserved = ["office", "leader", "inspector", "sysadmin", "secadmin", "auditor", "scheduler"];

    /// <param name="others">Units of the same jurisdiction.</param>
    /// <exception cref="RuleBrokenException">
    /// unit.bad-id (400) · unit.unknown-class: no unit is of that class (400) · unit.name-taken: another unit answers to it (409)
    /// </exception>
    public static void Check(OrganisationUnit unit, IReadOnlyList<OrganisationUnit> others)
    {
        CheckId(unit.Id);
        foreach (var unknown in unit.Classes.Where(name => !others.Any(other => other.Classes.Contains(name))))
        {
            throw new RuleBrokenException("unit.unknown-class", RuleKind.Invalid, unknown);
        }

        CheckNames(unit, others);
    }

    /// <summary>
    /// The classes given, and those that every unit of the document in one of them has besides: a village is one of 各单位 too.
    /// </summary>
    public static IReadOnlyList<string> WithImplied(IReadOnlyList<string> classes, IReadOnlyList<OrganisationUnit> others) =>
        [.. classes.Concat(classes.SelectMany(name => Common([.. others.Where(other => !other.Added && other.Classes.Contains(name))]))).Distinct()];

    private static IEnumerable<string> Common(IReadOnlyList<OrganisationUnit> units) =>
        units.Count == 0 ? [] : units.Select(unit => unit.Classes.AsEnumerable()).Aggregate((common, classes) => common.Intersect(classes));

    /// <summary>Every name of the unit is its own.</summary>
    /// <exception cref="RuleBrokenException">unit.name-taken (409)</exception>
    public static void CheckNames(OrganisationUnit unit, IReadOnlyList<OrganisationUnit> others)
    {
        foreach (var name in unit.Aliases.Append(unit.Name).Append(unit.Id).Where(name => others.Any(other => other.Answers(name))))
        {
            throw new RuleBrokenException("unit.name-taken", RuleKind.Conflict, name);
        }
    }

    /// <exception cref="RuleBrokenException">unit.bad-id (400)</exception>
    public static void CheckId(string id)
    {
        if (!Ids().IsMatch(id) || id.Length > LongestId || Reserved.Contains(id))
        {
            throw new RuleBrokenException("unit.bad-id", RuleKind.Invalid, id);
        }
    }

    /// <summary>A head who signs and a liaison who acts, both assumed.</summary>
    public static IReadOnlyList<Post> DefaultPosts(string name, string english) =>
    [
        new Post("head", name + "负责人", "Head of " + (english.Length > 0 ? english : name), "head", AddedPosts),
        new Post("liaison", name + "联络员", "Liaison officer of " + (english.Length > 0 ? english : name), "liaison", AddedPosts),
    ];

    /// <summary>The leading group and its office are what the others answer to.</summary>
    public static bool MayClose(string unit) => unit is not (Actor.OfficeUnit or Actor.LeadingGroup);

    /// <exception cref="RuleBrokenException">unit.closed, unit.cannot-close (409)</exception>
    public static void CheckClosing(OrganisationUnit unit)
    {
        if (unit.ClosedAt is not null)
        {
            throw new RuleBrokenException("unit.closed", RuleKind.Conflict, unit.Name);
        }

        if (!MayClose(unit.Id))
        {
            throw new RuleBrokenException("unit.cannot-close", RuleKind.Conflict, unit.Name);
        }
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Ids();
}
