using YamlDotNet.RepresentationModel;

namespace TaskMatrix.App.Workflows;

/// <summary>Members that are lists or mappings themselves.</summary>
internal sealed partial class YamlMap
{
    /// <summary>Null where it is not given.</summary>
    public YamlMap? OptionalMap(string member) => Given(member) switch
    {
        null => null,
        YamlMappingNode map => new YamlMap(map, Problems),
        var other => Wrong<YamlMap?>(other, member, "map", null),
    };

    public YamlMap? Map(string member)
    {
        RequireGiven(member);
        return OptionalMap(member);
    }

    /// <summary>The scalars of a list, with their places; empty where it is not given.</summary>
    public IReadOnlyList<YamlScalarNode> Scalars(string member)
    {
        var scalars = new List<YamlScalarNode>();
        foreach (var item in Items(member, "list of texts"))
        {
            if (item is YamlScalarNode { Value.Length: > 0 } scalar)
            {
                scalars.Add(scalar);
            }
            else
            {
                Wrong(item, member, "text", 0);
            }
        }

        return scalars;
    }

    public IReadOnlyList<string> Texts(string member) => [.. Scalars(member).Select(scalar => scalar.Value!)];

    /// <summary>A list of texts, or a single text as a list of one.</summary>
    public IReadOnlyList<string> TextOrTexts(string member) =>
        Given(member) is YamlScalarNode { Value: { Length: > 0 } single } ? [single] : Texts(member);

    /// <summary>A list of mappings; empty where it is not given.</summary>
    public IReadOnlyList<YamlMap> OptionalMaps(string member)
    {
        var maps = new List<YamlMap>();
        foreach (var item in Items(member, "list of maps"))
        {
            if (item is YamlMappingNode map)
            {
                maps.Add(new YamlMap(map, Problems));
            }
            else
            {
                Wrong(item, member, "map", 0);
            }
        }

        return maps;
    }

    public IReadOnlyList<YamlMap> Maps(string member)
    {
        RequireGiven(member);
        return OptionalMaps(member);
    }

    private IEnumerable<YamlNode> Items(string member, string expected) => Given(member) switch
    {
        null => [],
        YamlSequenceNode list => list.Children,
        var other => Wrong<IEnumerable<YamlNode>>(other, member, expected, []),
    };

    private void RequireGiven(string member)
    {
        if (!Has(member))
        {
            Problem(member, "yaml.missing", member);
        }
    }
}
