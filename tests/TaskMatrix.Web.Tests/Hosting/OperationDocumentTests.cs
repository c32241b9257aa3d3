using System.Text.RegularExpressions;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>What is written down for those who run it names what the program knows.</summary>
public sealed partial class OperationDocumentTests
{
    private static readonly string Operations = Read("docs/operations.md");

    [Fact]
    public void The_nineteen_are_all_there_and_every_test_they_name_exists()
    {
        var text = Read("docs/reliability.md");
        var tests = string.Concat(SourceRoot.Files("tests", "*.cs").Select(File.ReadAllText));

        Assert.Equal(Enumerable.Range(1, 19), Numbers().Matches(text).Select(match => int.Parse(match.Groups[1].Value, null)));
        var named = Names().Matches(text).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.True(named.Count > 40, $"only {named.Count}");
        Assert.All(named, name => Assert.True(
            tests.Contains($" {name}(", StringComparison.Ordinal) || tests.Contains($"class {name}", StringComparison.Ordinal), $"{name} is no test"));
    }

    [Fact]
    public void Every_flag_verb_exit_code_and_variable_is_explained()
    {
        Assert.All(Flags.All, flag => Assert.Contains($"`{flag.Name}", Operations, StringComparison.Ordinal));
        Assert.All(StoreVerbs.All(Flags.All), verb => Assert.Contains($"`{verb.Name}", Operations, StringComparison.Ordinal));
        Assert.Contains($"{StoreRefusal.ExitCode} the data cannot be used", Operations, StringComparison.Ordinal);
        Assert.Contains("`ConnectionStrings__TaskMatrix`", Operations, StringComparison.Ordinal);
        Assert.Contains("`ConnectionStrings__TaskMatrixOwner`", Operations, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_figure_the_program_counts_is_explained()
    {
        var source = string.Concat(SourceRoot.Files("src", "*.cs").Select(File.ReadAllText));
        var gauges = Gauges().Matches(source).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(gauges);
        Assert.All(gauges, gauge => Assert.Contains(gauge, Operations, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("taskmatrix.service", "serve --data", "--urls", "RestartPreventExitStatus=1 3", "ProtectSystem=strict", "NoNewPrivileges=yes", "KillSignal=SIGINT")]
    [InlineData("taskmatrix-backup.service", " backup ", " verify --data")]
    [InlineData("taskmatrix-backup.timer", "OnCalendar=")]
    [InlineData("Containerfile", "NOT RUN", "postgresql-client", "\"serve\", \"--data\"", "TaskMatrix.Web.dll", "USER taskmatrix")]
    [InlineData("compose.yaml", "NOT RUN", "ConnectionStrings__TaskMatrix:", "ConnectionStrings__TaskMatrixOwner:", "[\"migrate\"", "node1:", "node2:", "node3:", "postgres:16", "taskmatrix_app", "[\"backup\"", "backups:/backups")]
    [InlineData("postgres-roles.sql", "CREATE ROLE taskmatrix_app", "NOSUPERUSER")]
    [InlineData("Caddyfile", "/metrics", "127.0.0.1:5080")]
    public void The_files_for_running_it_name_what_the_program_knows(string file, params string[] named)
    {
        var text = Read("deploy/" + file);
        Assert.All(named, name => Assert.Contains(name, text, StringComparison.Ordinal));
        var flags = Flags.All.Select(flag => flag.Name).Append("--force").ToList();
        Assert.All(text.Split('\n').Where(line => line.Contains("TaskMatrix.Web.dll", StringComparison.Ordinal) && !line.TrimStart().StartsWith('#')), line =>
            Assert.All(LongFlags().Matches(line).Select(match => match.Value), flag => Assert.Contains(flag, flags)));
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(SourceRoot.Folder, path));

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"`([A-Z]\w*(?:_\w+)+|\w+(?:Tests|Suite))`")]
    private static partial Regex Names();

    [GeneratedRegex(@"Gauge\(text, ""(\w+)""")]
    private static partial Regex Gauges();

    [GeneratedRegex(@"(?<= )--[a-z]+")]
    private static partial Regex LongFlags();
}
