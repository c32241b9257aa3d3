using System.Globalization;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Plans;

/// <summary>What a change of the response means for the duties of a plan.</summary>
/// <param name="Stops">Were carried out before and are not any more.</param>
/// <param name="Starts">Were not carried out before and are from now on.</param>
public sealed record ResponseEffects(IReadOnlyList<Duty> Stops, IReadOnlyList<Duty> Starts);

/// <summary>
/// Levels of a response: 1 (一级, the gravest) to 4 (四级). Without a declared level every duty is carried out; a duty that
/// names no level is carried out at each.
/// </summary>
public static class ResponseLevels
{
    public const int Gravest = 1, Mildest = 4;

    /// <summary>Stands for every level where levels are written.</summary>
    public const string Every = "all";

    public static bool AppliesAt(this Duty duty, int? level) => duty.Levels.Count == 0 || level is null || duty.Levels.Contains(level.Value);

    /// <summary>The duties that stop and start when the level changes. Duties that are turned off do neither.</summary>
    public static ResponseEffects Between(IEnumerable<Duty> duties, int? from, int? to)
    {
        var enabled = duties.Where(duty => duty.Enabled).ToList();
        return new ResponseEffects(
            enabled.FindAll(duty => duty.AppliesAt(from) && !duty.AppliesAt(to)), enabled.FindAll(duty => !duty.AppliesAt(from) && duty.AppliesAt(to)));
    }

    /// <summary>A change as the documents write it: 未分级 → 一级.</summary>
    public static string Words(int? from, int? to) => $"{Word(from)} → {Word(to)}";

    private static string Word(int? level) => level is { } known ? "一二三四"[known - 1] + "级" : "未分级";

    /// <summary>Null is no level at all.</summary>
    /// <exception cref="RuleBrokenException">plan.bad-level (400)</exception>
    public static void Check(int? level)
    {
        if (level is < Gravest or > Mildest)
        {
            throw Bad(level.Value.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Another level than the one that is declared.</summary>
    /// <exception cref="RuleBrokenException">plan.bad-level (400) · plan.same-level (409)</exception>
    public static void CheckChange(int? from, int to)
    {
        Check(to);
        if (from == to)
        {
            throw new RuleBrokenException("plan.same-level", RuleKind.Conflict, to);
        }
    }

    /// <summary>Reads <c>1,2</c> or <c>all</c>; all is the empty list.</summary>
    /// <exception cref="RuleBrokenException">plan.bad-level (400)</exception>
    public static IReadOnlyList<int> Parse(string text)
    {
        if (text.Trim() == Every)
        {
            return [];
        }

        return [.. text.Split(',').Select(Level).Distinct().Order()];
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public static string Write(IReadOnlyList<int> levels) => levels.Count == 0 ? Every : string.Join(',', levels);

    private static int Level(string text) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level is >= Gravest and <= Mildest ? level : throw Bad(text);

    private static RuleBrokenException Bad(string text) => new("plan.bad-level", RuleKind.Invalid, text, Gravest, Mildest);
}
