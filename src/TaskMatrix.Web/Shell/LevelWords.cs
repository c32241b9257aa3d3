using TaskMatrix.Engine.Plans;

namespace TaskMatrix.Web.Shell;

/// <summary>Levels of a response in words: 一级 … 四级.</summary>
internal static class LevelWords
{
    /// <summary>Levels from the gravest to the mildest.</summary>
    public static readonly IReadOnlyList<string> All = ["1", "2", "3", "4"];

    public static string Level(this Texts texts, int? level) => level is { } declared ? texts["level." + declared] : texts["level.none"];

    public static string Levels(this Texts texts, IReadOnlyList<int> levels) =>
        levels.Count == 0 ? texts["level.every"] : string.Join(texts["list.comma"], levels.Select(level => texts.Level(level)));

    /// <summary>As an assumption holds them.</summary>
    public static string Levels(this Texts texts, string written) => texts.Levels(ResponseLevels.Parse(written));

    public static IEnumerable<(string, string)> LevelChoices(this Texts texts) => All.Select(level => (level, texts["level." + level]));
}
