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
    public static YamlMap? Parse(string text, ProblemList problems)
    {
        try
        {
            return IsPlain(text, problems) ? Root(text, problems) : null;
        }
        catch (YamlException e) when (IsDuplicate(e))
        {
            problems.Add(e.Start, "yaml.duplicate-member", NameAt(text, e.Start));
        }
        catch (YamlException e)
        {
            problems.Add(e.Start, "yaml.syntax", (e.InnerException ?? e).Message);
        }

        return null;
    }

    private static YamlMap? Root(string text, ProblemList problems)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        if (stream.Documents is [{ RootNode: YamlMappingNode root }])
        {
            return new YamlMap(root, problems);
        }

        problems.Add(stream.Documents.LastOrDefault()?.RootNode.Start ?? Mark.Empty, "yaml.wrong-type", "", "map");
        return null;
    }

    /// <summary>Refuses anchors, aliases and deep nesting before a tree is built from them.</summary>
    private static bool IsPlain(string text, ProblemList problems)
    {
        var parser = new Parser(new StringReader(text));
        for (var depth = 0; parser.MoveNext();)
        {
            depth += parser.Current!.NestingIncrease;
            if (parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false } || depth > MaxDepth)
            {
                problems.Add(parser.Current.Start, "yaml.syntax", depth > MaxDepth ? "nested too deeply" : "anchors and aliases are not used here");
                return false;
            }
        }

        return true;
    }

    private static bool IsDuplicate(YamlException e) => e.Message.Contains("Duplicate key", StringComparison.OrdinalIgnoreCase);

    private static string NameAt(string text, Mark at) => text[(int)at.Index..].Split([':', '\n'], 2)[0].Trim();
}
