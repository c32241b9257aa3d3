namespace TaskMatrix.Engine.Workflows;

/// <summary>Names that have to fit a box of a diagram.</summary>
public static class DiagramText
{
    /// <summary>Widths of half a Chinese character that fit one line.</summary>
    public const int Most = 28;

    /// <summary>One or two lines; what does not fit the second ends with an ellipsis. English breaks between words where it can.</summary>
    public static IReadOnlyList<string> Lines(string name)
    {
        if (Width(name) <= Most)
        {
            return [name];
        }

        var first = Fitting(name, Most);
        var rest = name[first.Length..].TrimStart();
        return [first.TrimEnd(), Width(rest) <= Most ? rest : Fitting(rest, Most - 2).TrimEnd() + "…"];
    }

    private static string Fitting(string text, int most)
    {
        var (length, width) = (0, 0);
        while (length < text.Length && width + Width(text[length]) <= most)
        {
            width += Width(text[length++]);
        }

        length -= length < text.Length && char.IsHighSurrogate(text[length - 1]) ? 1 : 0;
        var blank = length < text.Length ? text.LastIndexOf(' ', length - 1, length) : -1;
        return text[..(blank > 0 ? blank : length)];
    }

    private static int Width(string text) => text.Sum(Width);

    private static int Width(char letter) => letter < 0x2e80 ? 1 : 2;
}
