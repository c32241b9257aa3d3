namespace TaskMatrix.Engine.Workflows;

/// <summary>Whether a line stands in both texts, only in the old one or only in the new one.</summary>
public enum LineFate
{
    Same,
    Gone,
    Added,
}

/// <param name="Number">From 1; in the old text for a line that is gone, else in the new one.</param>
public sealed record DiffLine(LineFate Fate, int Number, string Text);

/// <summary>What differs between two texts, line by line.</summary>
public static class LineDiff
{
    /// <summary>Cells of the table that finds the longest common lines; beyond it the middle is given as replaced whole.</summary>
    private const long Most = 4_000_000;

    /// <summary>Every line of both texts in the order of the new one; what is gone stands before what came in its place.</summary>
    public static IReadOnlyList<DiffLine> Of(string old, string now)
    {
        var (before, after) = (Lines(old), Lines(now));
        var head = 0;
        while (head < before.Length && head < after.Length && before[head] == after[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < before.Length - head && tail < after.Length - head && before[^(tail + 1)] == after[^(tail + 1)])
        {
            tail++;
        }

        var diff = new List<DiffLine>();
        diff.AddRange(after[..head].Select((text, i) => new DiffLine(LineFate.Same, i + 1, text)));
        Middle(before[head..^tail], after[head..^tail], head, diff);
        diff.AddRange(after[^tail..].Select((text, i) => new DiffLine(LineFate.Same, after.Length - tail + i + 1, text)));
        return diff;
    }

    /// <summary>Only what changed, with some lines around it.</summary>
    /// <param name="around">Lines before and after each change.</param>
    public static IReadOnlyList<DiffLine> Changes(string old, string now, int around = 3)
    {
        var diff = Of(old, now);
        var near = new bool[diff.Count];
        for (var i = 0; i < diff.Count; i++)
        {
            if (diff[i].Fate is not LineFate.Same)
            {
                Array.Fill(near, true, Math.Max(0, i - around), Math.Min(diff.Count - 1, i + around) - Math.Max(0, i - around) + 1);
            }
        }

        return [.. diff.Where((_, i) => near[i])];
    }

    private static void Middle(string[] before, string[] after, int head, List<DiffLine> diff)
    {
        if ((long)before.Length * after.Length > Most)
        {
            diff.AddRange(before.Select((text, i) => new DiffLine(LineFate.Gone, head + i + 1, text)));
            diff.AddRange(after.Select((text, i) => new DiffLine(LineFate.Added, head + i + 1, text)));
            return;
        }

        var (common, i, j) = (Common(before, after), 0, 0);
        while (i < before.Length || j < after.Length)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                diff.Add(new DiffLine(LineFate.Same, head + j + 1, after[j]));
                (i, j) = (i + 1, j + 1);
            }
            else if (i < before.Length && (j == after.Length || common[i + 1, j] >= common[i, j + 1]))
            {
                diff.Add(new DiffLine(LineFate.Gone, head + i + 1, before[i++]));
            }
            else
            {
                diff.Add(new DiffLine(LineFate.Added, head + j + 1, after[j++]));
            }
        }
    }

    /// <summary>How many lines the rests of both texts have in common, from each place on.</summary>
    private static int[,] Common(string[] before, string[] after)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
