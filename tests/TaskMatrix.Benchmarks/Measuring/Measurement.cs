using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskMatrix.Benchmarks.Measuring;

/// <summary>What is written for a figure: medians over the rounds.</summary>
/// <param name="Rounds">The ratio of each round, in order.</param>
internal sealed record Measured(
    double Ratio, double Goal, bool AtLeast, double Numerator, double Denominator, string Unit, IReadOnlyList<double> Rounds)
{
    [JsonIgnore]
    public bool Reached => AtLeast ? Ratio >= Goal : Ratio <= Goal;
}

/// <summary>Takes the figures one after another and says how each came out.</summary>
internal static class Measurement
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <returns>0; 1 when a figure could not be taken; 2 for a name that does not exist. A goal that is missed is no error.</returns>
    public static async Task<int> Run(IReadOnlyList<Figure> figures, IReadOnlyList<string> only, string? json, Workplace place, CancellationToken ct)
    {
        if (only.Except(figures.Select(figure => figure.Name)).FirstOrDefault() is { } unknown)
        {
            await Console.Error.WriteLineAsync($"No figure is called {unknown}. There are: {string.Join(", ", figures.Select(figure => figure.Name))}");
            return 2;
        }

        var (results, failed) = (new Dictionary<string, Measured>(), false);
        place.Clear();
        foreach (var figure in figures.Where(figure => only.Count == 0 || only.Contains(figure.Name)))
        {
            try
            {
                results[figure.Name] = await Take(figure, place, ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failed = true;
                Console.WriteLine($"{figure.Name}: could not be measured\n{e}");
            }

            await Save(json, results, ct);
        }

        place.Clear();
        return failed ? 1 : 0;
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>Rounds take both sides in turn, and the side that goes first changes, so that a drift of the machine favours neither.</summary>
    private static async Task<Measured> Take(Figure figure, Workplace place, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        Console.Write($"{figure.Name}: preparing");
        await using var comparison = await figure.Prepare(place, ct);
        Console.Write($" {watch.Elapsed.TotalSeconds:0} s;");
        await WarmUp(comparison, ct);
        var (sides, costs) = (new List<(double Numerator, double Denominator)>(), new List<double>());
        for (var round = 0; round < place.Rounds; round++)
        {
            var first = round % 2 == 1 ? await Numerator(comparison, costs, ct) : 0;
            var denominator = await comparison.Denominator(ct);
            var numerator = round % 2 == 1 ? first : await Numerator(comparison, costs, ct);
            sides.Add((numerator, denominator));
            Console.Write($" {Number(numerator / denominator)}");
        }

        if (costs.Count > 0)
        {
            comparison.Facts["cpuMicroseconds"] = Median(costs);
        }

        var measured = new Measured(
            Median(sides.Select(side => side.Numerator / side.Denominator)), figure.Goal, figure.AtLeast, Median(sides.Select(side => side.Numerator)),
            Median(sides.Select(side => side.Denominator)), figure.Unit, [.. sides.Select(side => side.Numerator / side.Denominator)]);
        Console.WriteLine();
        Console.WriteLine(
            $"    {Number(measured.Ratio)} = {Number(measured.Numerator)} / {Number(measured.Denominator)} {figure.Unit}; goal {(figure.AtLeast ? "≥" : "≤")} {Number(figure.Goal)}: "
            + $"{(measured.Reached ? "reached" : "MISSED")} ({watch.Elapsed.TotalSeconds:0} s){string.Concat(comparison.Facts.Select(fact => $" {fact.Key} {Number(fact.Value)}"))}");
        return measured;
    }

    /// <summary>A round that does not count: a server runs for months, so what its first seconds cost is no part of what its work costs.</summary>
    private static async Task WarmUp(Comparison comparison, CancellationToken ct)
    {
        if (comparison.WarmsUp)
        {
            await comparison.Numerator(ct);
            await comparison.Denominator(ct);
        }
    }

    private static async Task<double> Numerator(Comparison comparison, List<double> costs, CancellationToken ct)
    {
        Clients.Forget();
        var rate = await comparison.Numerator(ct);
        if (Clients.Cost > 0)
        {
            costs.Add(Clients.Cost);
        }

        return rate;
    }

    private static async Task Save(string? path, Dictionary<string, Measured> results, CancellationToken ct)
    {
        if (path is not null)
        {
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(results, Json), ct);
        }
    }

    private static string Number(double value) => value.ToString(value >= 100 ? "0" : "0.###", CultureInfo.InvariantCulture);
}
