using System.CommandLine;
using System.Globalization;
using TaskMatrix.Web.Audit;
using TaskMatrix.Web.Organisations;

namespace TaskMatrix.Web.Hosting;

/// <summary>The verbs of the executable. Serving is the default; every verb accepts the flags of serving.</summary>
internal static class CommandLine
{
    /// <summary>How long all that stops may take when it is told to; the unit and the compose file wait a little longer.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(55);

    /// <summary>How long what is under way may take to its end then; the rest is for the heads.</summary>
    public static readonly TimeSpan WorkTimeout = TimeSpan.FromSeconds(50);

    public static Task<int> Run(string[] args)
    {
        var root = new RootCommand("TaskMatrix: a plan as a running, supervised responsibility matrix") { Flags.All };
        root.SetAction((parsed, ct) => Serve.Run(Flags.Read(parsed), ct));
        var serve = new Command("serve", "Serve pages and API (default)") { Flags.All };
        serve.SetAction((parsed, ct) => Serve.Run(Flags.Read(parsed), ct));
        root.Subcommands.Add(serve);
        root.Subcommands.Add(UserVerbs.Command(Flags.All));
        root.Subcommands.Add(VerifyVerb.Command(Flags.All));
        foreach (var verb in StoreVerbs.All(Flags.All))
        {
            root.Subcommands.Add(verb);
        }

        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = StopTimeout });
    }

    private static void Add(this Command command, IEnumerable<Option> options)
    {
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }
}

/// <summary>What was asked for on the command line.</summary>
/// <param name="Demo">Accounts for trying out; loopback only.</param>
/// <param name="Exercise">演练: a database of its own and a clock that can be moved.</param>
/// <param name="Clock">Where the clock of a new exercise starts.</param>
/// <param name="Data">Folder of the database; made when missing.</param>
/// <param name="Urls">Addresses to listen on, separated by semicolons.</param>
internal sealed record ServeOptions(bool Demo, bool Exercise, DateTimeOffset? Clock, string Data, string Urls);

/// <summary>The flags of serving.</summary>
internal static class Flags
{
    private static readonly Option<bool> Demo = new("--demo") { Description = "Seed both plans, activate them and make demo accounts (loopback only)" };
    private static readonly Option<bool> Exercise = new("--exercise") { Description = "Run as an exercise (演练) on its own database, with a clock that can be moved" };
    private static readonly Option<string?> Clock = new("--clock") { Description = "Where the clock of a new exercise starts, ISO 8601" };
    private static readonly Option<string> Data = new("--data") { Description = "Folder of the database", DefaultValueFactory = _ => "data" };
    private static readonly Option<string> Urls = new("--urls") { Description = "Addresses to listen on", DefaultValueFactory = _ => "http://127.0.0.1:5080" };

    static Flags() => Clock.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<string?>() is { } text && ReadClock(text) is null)
        {
            result.AddError($"--clock {text}: not a time with an offset, such as 2020-01-23T08:00:00+08:00");
        }
    });

    public static IReadOnlyList<Option> All => [Demo, Exercise, Clock, Data, Urls];

    public static ServeOptions Read(ParseResult parsed) => new(
        parsed.GetValue(Demo), parsed.GetValue(Exercise), parsed.GetValue(Clock) is { } clock ? ReadClock(clock) : null,
        Path.GetFullPath(parsed.GetValue(Data)!), parsed.GetValue(Urls)!);

    private static DateTimeOffset? ReadClock(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
