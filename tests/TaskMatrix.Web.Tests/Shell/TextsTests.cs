using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TaskMatrix.Web.Tests.Shell;

/// <summary>Every word people read is in both languages, and none is left over.</summary>
public sealed partial class TextsTests
{
    private static readonly string Web = Path.Combine(SourceRoot.Folder, "src", "TaskMatrix.Web");

    private static readonly Dictionary<string, string> Chinese = Read("Texts.resx"), English = Read("Texts.en.resx");

    [Fact]
    public void Both_languages_have_the_same_keys() => Assert.Equal(Chinese.Keys.Order(), English.Keys.Order());

    [Fact]
    public void Both_languages_name_the_same_arguments() =>
        Assert.All(Chinese, text => Assert.Equal(Arguments(text.Value), Arguments(English[text.Key])));

    [Fact]
    public void No_key_is_missing()
    {
        var missing = SourceKeys.Literal(Sources()).Concat(SourceKeys.Families()).Concat(SourceKeys.Codes(SourceRoot.Files("src", "*.cs"), Chinese.Keys)).Where(key => !Chinese.ContainsKey(key)).Order().ToList();
        Assert.Empty(missing);
    }

    [Fact]
    public void No_key_is_unused()
    {
        var mentioned = SourceKeys.Mentioned(Sources()).Concat(SourceKeys.Families()).ToHashSet();
        Assert.Empty(Chinese.Keys.Where(key => !mentioned.Contains(key)).Order());
    }

    [Fact]
    public void No_page_has_words_of_its_own()
    {
        var written = Directory.EnumerateFiles(Web, "*.razor", SearchOption.AllDirectories).Where(file => Ideograph().IsMatch(File.ReadAllText(file)));
        Assert.Empty(written.Select(Path.GetFileName));
    }

    private static Dictionary<string, string> Read(string file) => XDocument.Load(Path.Combine(Web, "Resources", file)).Descendants("data")
        .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static List<string> Arguments(string text) => [.. Placeholder().Matches(text).Select(match => match.Value).Distinct().Order()];

    private static IEnumerable<string> Sources() => SourceRoot.Files("src", "*.cs").Concat(SourceRoot.Files("src", "*.razor"));

    [GeneratedRegex(@"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")]
    private static partial Regex Ideograph();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholder();
}
