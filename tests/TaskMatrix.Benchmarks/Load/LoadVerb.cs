using System.CommandLine;

namespace TaskMatrix.Benchmarks.Load;

/// <summary>Drives a running server with the end of a day and says whether it kept its bounds.</summary>
internal static class LoadVerb
{
    public static Command Command()
    {
        var url = new Option<string>("--url") { Description = "The server", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var reports = new Option<int>("--reports") { Description = "Reports of a day; 80 % of them come in the hour that is driven", DefaultValueFactory = _ => 20_000 };
        var seconds = new Option<double>("--seconds") { Description = "Seconds in which the hour passes; at 3600 it is driven at its own speed, less is a shorter piece at the same rates", DefaultValueFactory = _ => 60 };
        var password = new Option<string>("--password") { Description = "Password of the accounts <jurisdiction>.<unit> and <jurisdiction>.office", DefaultValueFactory = _ => Figures.HttpAcknowledge.Password };
        var write = new Option<double>("--write-p99") { Description = "Bound for writes, ms", DefaultValueFactory = _ => 500 };
        var read = new Option<double>("--read-p99") { Description = "Bound for reads, ms", DefaultValueFactory = _ => 500 };
        var command = new Command("load", "Open-loop load with the shape of the end of a day: ten reads a write, the worst minute three times the mean") { url, reports, seconds, password, write, read };
        command.SetAction(async (parsed, ct) =>
        {
            var drive = await EndOfDay.SignIn(new Uri(parsed.GetValue(url)!), parsed.GetValue(password)!, ct);
            return await drive.Run(parsed.GetValue(reports) * 0.8 / 3600, TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(write), parsed.GetValue(read), ct);
        });
        return command;
    }
}
