using System.Reflection;
using System.Xml.Linq;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Tests.Architecture;

/// <summary>The engine is pure: no package, no I/O, no clock of its own; its folders are the stages of the flow.</summary>
public sealed class EngineArchitectureTests
{
    private static readonly Assembly Engine = typeof(TaskInstance).Assembly;

    private static readonly string[] Stages =
        ["Plans", "Duties", "Workflows", "Schedules", "TaskInstances", "Reports", "Overdue", "Notifications", "Inspections", "Audit", "Statistics", "Organisations"];

    /// <summary>Clocks, and ways to wait on one.</summary>
    private static readonly string[] ClockTypes =
        ["System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Threading.Timer", "System.Threading.PeriodicTimer", "System.Threading.Thread"];

    private static readonly string[] ClockMembers =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now",
        "System.DateTimeOffset.get_UtcNow", "System.Environment.get_TickCount", "System.Environment.get_TickCount64",
        "System.Threading.Tasks.Task.Delay", "System.TimeZoneInfo.get_Local",
    ];

    [Fact]
    public void References_nothing_but_the_base_class_library()
    {
        var library = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

        var others = Engine.GetReferencedAssemblies().Where(reference => !File.Exists(Path.Combine(library, $"{reference.Name}.dll")));

        Assert.Empty(others);
    }

    [Fact]
    public void Its_project_file_asks_for_no_package_and_no_project()
    {
        var project = XDocument.Load(SourceTree.Path("src/TaskMatrix.Engine/TaskMatrix.Engine.csproj"));

        Assert.DoesNotContain(project.Descendants(), element => element.Name.LocalName is "PackageReference" or "ProjectReference" or "FrameworkReference");
    }

    [Fact]
    public void Knows_no_clock()
    {
        using var references = new EngineReferences(Engine.Location);

        Assert.Empty(references.Types().Intersect(ClockTypes));
        Assert.Empty(references.Members().Intersect(ClockMembers));
    }

    [Fact]
    public void Does_no_input_or_output()
    {
        using var references = new EngineReferences(Engine.Location);

        string[] outside = ["System.IO.", "System.Net.", "System.Data.", "System.Console."];
        Assert.DoesNotContain(references.Types(), type => outside.Any(prefix => $"{type}.".StartsWith(prefix, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_scan_for_clocks_finds_those_of_an_assembly_that_has_them()
    {
        using var references = new EngineReferences(typeof(HttpClient).Assembly.Location);

        Assert.NotEmpty(references.Types().Intersect(ClockTypes));
        Assert.NotEmpty(references.Members().Intersect(ClockMembers));
        Assert.Contains("System.IO.Stream", references.Types());
    }

    [Fact]
    public void Has_no_type_or_namespace_that_could_be_taken_for_a_task_of_the_runtime()
    {
        Assert.DoesNotContain(Engine.GetTypes(), type => type.Name == "Task");
        Assert.DoesNotContain(Engine.GetTypes(), type => (type.Namespace ?? "").Split('.').Contains("Tasks"));
    }

    [Fact]
    public void Every_type_lives_in_a_stage() => Assert.All(
        Engine.GetTypes().Where(type => type.Namespace?.StartsWith("TaskMatrix", StringComparison.Ordinal) == true),
        type => Assert.Contains(type.Namespace, Stages.Select(stage => $"TaskMatrix.Engine.{stage}")));

    [Theory]
    [InlineData("src/TaskMatrix.Engine", "TaskMatrix.Engine")]
    [InlineData("tests/TaskMatrix.Engine.Tests", "TaskMatrix.Engine.Tests")]
    public void Every_file_lies_in_the_folder_its_namespace_names(string folder, string root)
    {
        var files = Directory.EnumerateFiles(SourceTree.Path(folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => (Folder: Path.GetRelativePath(SourceTree.Path(folder), Path.GetDirectoryName(file)!), Lines: File.ReadLines(file)))
            .Where(file => file.Folder.Split('/', '\\')[0] is not ("obj" or "bin"))
            .ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Contains($"namespace {root}.{file.Folder.Replace(Path.DirectorySeparatorChar, '.')};", file.Lines));
    }
}
