using System.Text.Json;
using Microsoft.Playwright;

namespace TaskMatrix.Browser.Tests.Shell;

/// <summary>What axe finds on a page.</summary>
internal static class Accessibility
{
    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "axe.min.js")));

    private const string Run =
        """
        async () => JSON.stringify((await axe.run(document, { resultTypes: ['violations'] })).violations
          .filter(found => found.impact === 'serious' || found.impact === 'critical')
          .map(found => `${found.impact} ${found.id}: ${found.nodes.slice(0, 3).map(node => node.target.join(' ')).join(', ')}`))
        """;

    /// <returns>Serious and critical ones, each with the first places it was found at.</returns>
    public static async Task<IReadOnlyList<string>> Faults(IPage page)
    {
        await Person.Whole(page);
        await page.EvaluateAsync(Axe.Value);
        return JsonSerializer.Deserialize<string[]>(await page.EvaluateAsync<string>(Run))!;
    }
}
