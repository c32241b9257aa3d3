using System.CommandLine;
using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Audit;

/// <summary>verify: checks the record beside or without a server. It writes nothing.</summary>
internal static class VerifyVerb
{
    private const int Intact = 0, Broken = 1, CouldNotRun = 2;

    private static readonly Option<string?> Heads = new("--heads") { Description = "Heads kept elsewhere, to be held against the record: a file of exported heads" };

    public static Command Command(IEnumerable<Option> shared)
    {
        var verify = new Command("verify", "Check the record: exit 0 intact, 1 broken, 2 could not run");
        foreach (var option in shared.Prepend(Heads))
        {
            verify.Options.Add(option);
        }

        verify.SetAction((parsed, ct) => Run(Flags.Read(parsed), parsed.GetValue(Heads), ct));
        return verify;
    }

    private static async Task<int> Run(ServeOptions options, string? heads, CancellationToken ct)
    {
        try
        {
            await using var app = WebHost.Build(options);
            await using var scope = app.Services.CreateAsyncScope();
            if (scope.ServiceProvider.GetRequiredService<AppOptions>() is { Postgres: null } place && !File.Exists(place.DatabaseFile))
            {
                Console.Error.WriteLine($"there is no database at {place.DatabaseFile}");
                return CouldNotRun;
            }

            var result = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new VerifyRecord.Query(heads is null ? null : ExportedHeads.Read(heads)), ct);
            Console.WriteLine(result.FirstBroken is { } broken
                ? $"broken: chain {broken.Chain}, sequence {broken.Sequence}: {broken.Why}"
                : $"intact: {result.Entries} entries in {result.Chains} chains");
            return result.Ok ? Intact : Broken;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Console.Error.WriteLine($"verify could not run: {e.Message}");
            return CouldNotRun;
        }
    }
}
