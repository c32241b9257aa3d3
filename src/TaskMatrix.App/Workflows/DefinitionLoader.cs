namespace TaskMatrix.App.Workflows;

/// <summary>Makes sets of definitions from their texts and finds every problem in them.</summary>
public static class DefinitionLoader
{
    /// <summary>Reads everything.</summary>
    /// <param name="document">Text of a document by its name in a seed; may throw IOException.</param>
    /// <param name="versions">Version of each definition by id; 1 where it is not listed.</param>
    /// <param name="organise">Puts places and units beside those of the seeds, before anything refers to them.</param>
    /// <exception cref="DefinitionException">With the problems of all files.</exception>
    public static DefinitionSet Load(
        IReadOnlyList<DefinitionFile> files, Func<string, string> document, IReadOnlyDictionary<string, int>? versions = null,
        Func<DefinitionSet, DefinitionSet>? organise = null)
    {
        var (set, problems, readable) = (DefinitionSet.Empty, new List<DefinitionProblem>(), true);
        foreach (var kind in files.GroupBy(file => DefinitionKinds.Of(file.Id)).OrderBy(kind => kind.Key))
        {
            if (kind.Key > DefinitionKind.Seed && organise is not null)
            {
                (set, organise) = (organise(set), null);
            }

            foreach (var file in readable ? kind.AsEnumerable() : [])
            {
                var found = new ProblemList(file.Path);
                var put = DefinitionParts.Put(set, file, versions?.GetValueOrDefault(file.Id, 1) ?? 1, document, found);
                problems.AddRange(found.Found);
                set = put ?? set;
                // Whatever refers to a text that cannot be read would look wrong too, so the later kinds wait for it.
                readable &= put is not null || kind.Key >= DefinitionKind.Duties;
            }
        }

        return problems.Count == 0 ? set : throw new DefinitionException(problems);
    }

    /// <summary>The problems a definition would have in place of its older version, or as a new one; none when it can be published.</summary>
    public static IReadOnlyList<DefinitionProblem> Check(DefinitionSet current, string id, string yaml) => Replace(current, id, 1, yaml).Problems;

    /// <summary>The id under which a text would be published, told by what it says; null when it does not say.</summary>
    public static string? IdOf(DefinitionSet current, string yaml) =>
        YamlText.Parse(yaml, new ProblemList("")) is { } root ? DefinitionNaming.IdOf(current, root) : null;

    /// <summary>The set with one definition replaced or added.</summary>
    /// <exception cref="DefinitionException">It has problems; the set is as it was.</exception>
    public static DefinitionSet With(DefinitionSet current, string id, int version, string yaml)
    {
        var (set, problems) = Replace(current, id, version, yaml);
        return problems.Count == 0 ? set : throw new DefinitionException(problems);
    }

    private static (DefinitionSet Set, IReadOnlyList<DefinitionProblem> Problems) Replace(DefinitionSet current, string id, int version, string yaml)
    {
        var problems = new ProblemList(id);
        if (!MayBePublished(current, id))
        {
            problems.Add(1, 1, "definition.not-publishable", id);
            return (current, problems.Found);
        }

        var set = DefinitionParts.Put(current, new DefinitionFile(id, id, yaml), version, NoDocuments, problems) ?? current;
        if (problems.Found.Count == 0)
        {
            DefinitionUses.Check(set, id, problems);
        }

        return (set, problems.Found);
    }

    /// <summary>A seed is shipped and never published; duties belong to a jurisdiction.</summary>
    private static bool MayBePublished(DefinitionSet current, string id) => DefinitionKinds.Of(id) switch
    {
        DefinitionKind.Seed => false,
        DefinitionKind.Duties or DefinitionKind.NoDuties => current.Jurisdiction(id.Split('.')[0]) is not null,
        _ => DefinitionKinds.NameIn(id).Length > 0,
    };

    private static string NoDocuments(string name) => throw new IOException(name);
}
