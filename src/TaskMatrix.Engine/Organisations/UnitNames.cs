namespace TaskMatrix.Engine.Organisations;

/// <summary>Units as people type them: several in one field, by id, name, English name, alias or a part that only one of them has.</summary>
public static class UnitNames
{
    /// <summary>A comma may also stand within an English name.</summary>
    private static readonly char[] Between = ['、', '；', ';', '\n', '\t'], Commas = ['，', ','];

    /// <returns>Their ids, each once; what no unit or more than one answers to stands as it was typed, to be refused by its name.</returns>
    public static IReadOnlyList<string> Read(string? typed, IReadOnlyList<OrganisationUnit> units) =>
        [.. Split(typed ?? "", Between).SelectMany(part => Find(part, units) is { } unit ? (IEnumerable<string>)[unit] : Split(part, Commas).Select(name => Find(name, units) ?? name)).Distinct()];

    private static string[] Split(string text, char[] between) => text.Split(between, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string? Find(string name, IReadOnlyList<OrganisationUnit> units) =>
        (units.FirstOrDefault(unit => unit.Answers(name)) ?? Single(units.Where(unit => string.Equals(unit.English, name, StringComparison.OrdinalIgnoreCase)))
            ?? Single(units.Where(unit => unit.ClosedAt is null && Names(unit).Any(one => one.Contains(name, StringComparison.OrdinalIgnoreCase)))))?.Id;

    private static OrganisationUnit? Single(IEnumerable<OrganisationUnit> found) => found.Take(2).ToList() is [var one] ? one : null;

    private static IEnumerable<string> Names(OrganisationUnit unit) => unit.Aliases.Append(unit.Name).Append(unit.English).Append(unit.Id);
}
