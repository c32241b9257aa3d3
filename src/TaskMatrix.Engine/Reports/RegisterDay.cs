namespace TaskMatrix.Engine.Reports;

/// <summary>So many lines of a place with this result on the day.</summary>
/// <param name="Place">Null where the lines name none.</param>
/// <param name="Result">Null: not answered that day.</param>
public sealed record RegisterCount(string? Place, string? Result, int Lines);

/// <param name="Coverage">Answered of all, 0–1; null without lines.</param>
public sealed record RegisterShare(int Lines, int Answered, double? Coverage)
{
    public static RegisterShare Of(int lines, int answered) => new(lines, answered, lines == 0 ? null : (double)answered / lines);
}

public sealed record RegisterPlace(string? Place, int Lines, int Answered, double? Coverage);

/// <summary>The figures of a register on one day.</summary>
/// <param name="ByPlace">In the order of the places, those without one last.</param>
public sealed record RegisterDay(RegisterShare All, IReadOnlyList<RegisterPlace> ByPlace, IReadOnlyDictionary<string, int> Results)
{
    public static RegisterDay Of(IReadOnlyCollection<RegisterCount> counts)
    {
        var places = counts.GroupBy(count => count.Place).OrderBy(place => place.Key is null).ThenBy(place => place.Key, StringComparer.Ordinal)
            .Select(place => (place.Key, Share: ShareOf(place))).Select(place => new RegisterPlace(place.Key, place.Share.Lines, place.Share.Answered, place.Share.Coverage));
        return new RegisterDay(
            ShareOf(counts), [.. places],
            counts.Where(count => count.Result is not null).GroupBy(count => count.Result!).OrderBy(result => result.Key, StringComparer.Ordinal)
                .ToDictionary(result => result.Key, result => result.Sum(count => count.Lines)));
    }

    /// <summary>The figures that the daily form <c>register-daily</c> asks for; who was not reached was not asked.</summary>
    public RegisterFigures Figures
    {
        get
        {
            var notReached = Results.GetValueOrDefault(RegisterResultKind.NotReached);
            return new RegisterFigures(All.Lines, All.Answered - notReached, notReached, Results.GetValueOrDefault(RegisterResultKind.Unwell));
        }
    }

    private static RegisterShare ShareOf(IEnumerable<RegisterCount> counts)
    {
        var listed = counts.ToList();
        return RegisterShare.Of(listed.Sum(count => count.Lines), listed.Where(count => count.Result is not null).Sum(count => count.Lines));
    }
}

/// <summary>Members of the form <c>register-daily</c>.</summary>
public sealed record RegisterFigures(int Registered, int Contacted, int NotReached, int Unwell);
