using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace TaskMatrix.Browser.Tests.Shell;

/// <summary>
/// Every page a person comes to from the menu, and one of each kind behind it: silent console, no sideways scrolling, nothing
/// that axe calls serious or critical. Pictures go to an ignored folder to be looked at.
/// </summary>
[Collection(RunningProgramCollection.Name)]
public sealed partial class EveryPageTests(RunningProgram program)
{
    /// <summary>From the menu a link deep: the page of a list and that of one of its things.</summary>
    private const int Deepest = 2;

    /// <summary>Each kind of desk once; <c>./test --long</c> looks with more eyes.</summary>
    public static TheoryData<string, bool, string> Visitors
    {
        get
        {
            var visitors = new TheoryData<string, bool, string>
            {
                { "taiping.office", false, "zh-CN" }, { "lanxi.finance", true, "en" }, { "taiping.inspector", true, "zh-CN" }, { "taiping.sysadmin", true, "zh-CN" }, { "taiping.auditor", false, "en" },
            };
            if (Environment.GetEnvironmentVariable("TASKMATRIX_LONG") == "1")
            {
                visitors.Add("taiping.office", true, "en");
                visitors.Add("taiping.education.head", false, "en");
                visitors.Add("taiping.leader", false, "zh-CN");
            }

            return visitors;
        }
    }

    [Theory]
    [MemberData(nameof(Visitors))]
    public async Task Is_silent_fits_and_can_be_used_by_everybody(string userName, bool phone, string language)
    {
        await using var person = await Person.SignIn(program, new Looking(true, phone, language), userName);
        var (waiting, seen, faults) = (new Queue<(string Path, int Depth)>([("/", 0)]), new HashSet<string>(), new List<string>());
        while (waiting.TryDequeue(out var next))
        {
            if (!seen.Add(Shape(next.Path)) || !await person.IsPage(next.Path))
            {
                continue;
            }

            await person.Go(next.Path);
            faults.AddRange(await Faults(person, next.Path));
            await person.Page.ScreenshotAsync(new() { Path = Picture(next.Path, userName, language, phone), FullPage = true, Timeout = 120_000 });
            foreach (var link in await person.Links("nav a"))
            {
                waiting.Enqueue((link, 1));
            }

            foreach (var link in next.Depth < Deepest ? await person.Links("main a") : [])
            {
                waiting.Enqueue((link, next.Depth + 1));
            }
        }

        Assert.True(seen.Count > 3, "The menu leads nowhere");
        Assert.True(faults.Count + person.Faults.Count == 0, string.Join('\n', faults.Concat(person.Faults)));
    }

    private static async Task<IEnumerable<string>> Faults(Person person, string path)
    {
        var faults = new List<string>();
        if (!await person.FitsTheScreen())
        {
            faults.Add("is wider than the screen");
        }

        return faults.Concat(await Accessibility.Faults(person.Page)).Select(fault => $"{path}: {fault}");
    }

    /// <summary>Pages that differ only in which thing they show are one kind.</summary>
    private static string Shape(string path) => Which().Replace(path.Split('?', '#')[0], "/*");

    private static string Picture(string path, string userName, string language, bool phone, [CallerFilePath] string here = "")
    {
        var name = path == "/" ? "desk" : NoName().Replace(Shape(path).Trim('/'), "-").Trim('-');
        return Path.Combine(Path.GetDirectoryName(here)!, "..", "screenshots", $"{userName}.{name}.{language}.{(phone ? "phone" : "desktop")}.png");
    }

    /// <summary>A part of an address that names one thing: an id with digits, or the dotted name of a duty or definition.</summary>
    [GeneratedRegex(@"(?<=/registers)/[^/]+/[^/]+|(?<=/workflows)/(?!new)[^/]+|/(?=[^/]*[\d.])[^/]+")]
    private static partial Regex Which();

    [GeneratedRegex("[^a-z-]+")]
    private static partial Regex NoName();
}
