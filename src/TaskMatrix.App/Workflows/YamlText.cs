using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace TaskMatrix.App.Workflows;

/// <summary>Parses one YAML document whose nodes know their line and column.</summary>
internal static class YamlText
{
    /// <summary>No definition is nested deeper; a hostile one would exhaust the stack of the tree builder.</summary>
    private const int MaxDepth = 24;

    /// <returns>Null, with the problem told, when the text is not one YAML mapping.</returns>
    public static YamlMap? Parse(string text, ProblemList problems) =>
        Guarded(text, problems, parser => IsPlain(parser, problems)) ? Guarded(text, problems, parser => Root(parser, problems)) : null;

    private static T? Guarded<T>(string text, ProblemList problems, Func<Parser, T> read)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            return read(parser);
        }
        catch (YamlException e) when (IsDuplicate(e))
        {
            problems.Add(e.Start, "yaml.duplicate-member", NameAt(text, e.Start));
        }
        catch (YamlException e)
        {
            problems.Add(e.Start, "yaml.syntax", e.Message);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // YamlDotNet 16.3 meets some broken texts with these; they are broken texts all the same.
            problems.Add(parser.Current?.Start ?? Mark.Empty, "yaml.syntax", "cannot be parsed from here");
        }

        return default;
    }

    private static YamlMap? Root(Parser parser, ProblemList problems)
    {
        var stream = new YamlStream();
        stream.Load(parser);
        if (stream.Documents is [{ RootNode: YamlMappingNode root }])
        {
            return new YamlMap(root, problems);
        }

        problems.Add(stream.Documents.LastOrDefault()?.RootNode.Start ?? Mark.Empty, "yaml.wrong-type", "", "map");
        return null;
    }

    /// <summary>Refuses anchors, aliases, tags and deep nesting before a tree is built from them.</summary>
    private static bool IsPlain(Parser parser, ProblemList problems)
    {
        for (var depth = 0; parser.MoveNext();)
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MaxDepth || parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag.IsEmpty: false })
            {
                problems.Add(parser.Current.Start, "yaml.syntax", depth > MaxDepth ? "nested too deeply" : "anchors, aliases and tags are not used here");
                return false;
            }
        }

        return true;
    }

    private static bool IsDuplicate(YamlException e) => e.Message.Contains("Duplicate key", StringComparison.OrdinalIgnoreCase);

    private static string NameAt(string text, Mark at) => text[(int)at.Index..].Split([':', '\n'], 2)[0].Trim();
}
