using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TaskMatrix.App.Workflows;

/// <summary>
/// Typed reading of a YAML mapping. What is missing or of the wrong type is told with its place and read as empty, so that one
/// reading finds every problem of a file.
/// </summary>
internal sealed partial class YamlMap(YamlMappingNode node, ProblemList problems)
{
    private readonly Dictionary<string, YamlNode> members = node.Children
        .Where(child => child.Key is YamlScalarNode)
        .ToDictionary(child => ((YamlScalarNode)child.Key).Value ?? "", child => child.Value, StringComparer.Ordinal);

    public YamlMappingNode Node { get; } = node;

    public IReadOnlyDictionary<string, YamlNode> Members => members;

    public ProblemList Problems { get; } = problems;

    /// <summary>Refuses every member but these.</summary>
    public YamlMap Only(params string[] allowed)
    {
        foreach (var key in Node.Children.Keys.Where(key => key is not YamlScalarNode { Value: { } name } || !allowed.Contains(name)))
        {
            Problems.Add(key, "yaml.unknown-member", key.ToString(), string.Join(", ", allowed));
        }

        return this;
    }

    /// <summary>Given, and not null.</summary>
    public bool Has(string member) => Given(member) is not null;

    /// <summary>Tells a problem at a member's value, or at the mapping where the member is not given.</summary>
    public void Problem(string member, string code, params object[] arguments) => Problems.Add(Given(member) ?? Node, code, arguments);

    public string? OptionalText(string member) => Given(member) switch
    {
        null => null,
        YamlScalarNode { Value: { } text } => text,
        var other => Wrong<string?>(other, member, "text", null),
    };

    /// <summary>Empty, with the problem told, where it is missing or blank.</summary>
    public string Text(string member)
    {
        var text = OptionalText(member);
        if (text is null ? !Has(member) : string.IsNullOrWhiteSpace(text))
        {
            Problem(member, "yaml.missing", member);
        }

        return text ?? "";
    }

    public bool Flag(string member, bool otherwise) => Given(member) switch
    {
        null => otherwise,
        YamlScalarNode { Value: "true", Style: ScalarStyle.Plain } => true,
        YamlScalarNode { Value: "false", Style: ScalarStyle.Plain } => false,
        var other => Wrong(other, member, "true or false", otherwise),
    };

    public int Number(string member) =>
        int.TryParse(Text(member), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !Has(member) ? number : Wrong(Given(member)!, member, "whole number", 0);

    /// <summary>One of a closed list; the default where it is not given.</summary>
    public string OneOf(string member, IReadOnlyList<string> allowed, string? otherwise = null)
    {
        var text = otherwise is null ? Text(member) : OptionalText(member) ?? otherwise;
        if (text.Length > 0 && !allowed.Contains(text))
        {
            Problem(member, "definition.bad-enum", text, string.Join(", ", allowed));
            return otherwise ?? allowed[0];
        }

        return text.Length > 0 ? text : allowed[0];
    }

    public DateOnly? Date(string member) => Given(member) switch
    {
        null => null,
        YamlScalarNode { Value: { } text } when DateOf(text) is { } date => date,
        var other => Wrong<DateOnly?>(other, member, "date (yyyy-MM-dd)", null),
    };

    public static DateOnly? DateOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private YamlNode? Given(string member) =>
        members.GetValueOrDefault(member) is { } value && value is not YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "~" or "null" } ? value : null;

    private T Wrong<T>(YamlNode at, string member, string expected, T read)
    {
        Problems.Add(at, "yaml.wrong-type", member, expected);
        return read;
    }
}
