using System.Text;

namespace TaskMatrix.Engine.Plans;

/// <summary>A sentence that a plan takes over from the plan above.</summary>
/// <param name="UnitName">The unit of the own area that carries it out.</param>
/// <param name="ParentSection">Where it stands in the plan above.</param>
/// <param name="Quote">Word for word.</param>
public sealed record TakenOver(string UnitName, string ParentSection, string Quote);

/// <summary>The text of a plan made from the plan above, where the office brings none of its own.</summary>
public static class DerivedText
{
    private const string Digits = "一二三四五六七八九";

    /// <summary>Each sentence stands in a section of its own, so that a quotation of it is found exactly once there.</summary>
    public static string Write(string title, string parentTitle, string parentNumber, IReadOnlyList<TakenOver> sentences)
    {
        var text = new StringBuilder().Append(title).Append('\n').Append("参照《").Append(parentTitle).Append('》');
        text = parentNumber.Length > 0 ? text.Append('(').Append(parentNumber).Append(')') : text;
        text.Append(",制定本行政区域内的工作方案。\n");
        for (var i = 0; i < sentences.Count; i++)
        {
            text.Append(Heading(i, sentences[i])).Append('\n').Append(sentences[i].UnitName).Append(':').Append(sentences[i].Quote);
            text.Append(sentences[i].Quote is [.., '。' or ';' or '；'] ? "\n" : "。\n");
        }

        return text.ToString();
    }

    /// <param name="index">0-based; unique in the document by its number.</param>
    public static string Heading(int index, TakenOver sentence) =>
        $"{Number(index + 1)}、{sentence.UnitName}(参照上级方案“{sentence.ParentSection}”)";

    /// <summary>Sections that a text can have: headings count up to 九百九十九.</summary>
    public const int MostSections = 999;

    /// <summary>1–999 as Chinese headings count: 一, 十, 十一, 二十, 一百, 一百零一, 一百一十.</summary>
    public static string Number(int number) => number switch
    {
        < 1 or > MostSections => throw new ArgumentOutOfRangeException(nameof(number), number, $"1 to {MostSections} sections"),
        < 20 and >= 10 => "十" + Ones(number % 10),
        < 100 => Tens(number),
        _ when number % 100 == 0 => Ones(number / 100) + "百",
        _ when number % 100 < 10 => Ones(number / 100) + "百零" + Ones(number % 10),
        _ => Ones(number / 100) + "百" + Tens(number % 100),
    };

    private static string Tens(int number) => number < 10 ? Ones(number) : Ones(number / 10) + "十" + Ones(number % 10);

    private static string Ones(int digit) => digit == 0 ? "" : Digits[digit - 1].ToString();
}
