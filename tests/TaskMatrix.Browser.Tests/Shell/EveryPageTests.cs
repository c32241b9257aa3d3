using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace TaskMatrix.Browser.Tests.Shell;

/// <summary>
/// Every page a person comes to from the menu, one of each kind behind it, and each way of looking at it: silent console, no sideways scrolling, nothing
/// that axe calls serious or critical. Pictures go to an ignored folder to be looked at.
/// </summary>
[Collection(RunningProgramCollection.Name)]
public sealed partial class EveryPageTests(RunningProgram program)
{
    /// <summary>From the menu a link deep: the page of a list and that of one of its things.</summary>
    private const int Deepest = 2;

    /// <summary>Where nobody looks at them there are none.</summary>
    private static readonly bool Pictures = Environment.GetEnvironmentVariable("CI") != "true";

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
            if (!New(next.Path, seen) || !await person.IsPage(next.Path))
            {
                continue;
            }

            await person.Go(next.Path);
            faults.AddRange(await Faults(person, next.Path));
            if (Pictures)
            {
                await person.Page.ScreenshotAsync(new() { Path = Picture(next.Path, userName, language, phone), FullPage = true, Timeout = 120_000 });
            }

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

    /// <summary>What of a question makes another view of the page; of other names (a unit, a day, a word) one value is like the other.</summary>
    private static readonly string[] Views = ["light", "level", "state", "view", "by", "kind"];

    /// <summary>Values of one name on one kind of page that are looked at: what has many shows them all in the same way.</summary>
    private const int MostValues = 3;

    /// <summary>Another kind of page, one asked with a name that none was asked with before, or with a value that makes another view of it.</summary>
    private static bool New(string path, HashSet<string> seen)
    {
        var (kind, asked) = (Shape(path) + "?", Names(path).ToList());
        var views = asked.Where(name => Views.Contains(name.Name)).Select(name => $"{kind}{name.Name}={name.Value}")
            .Where(view => seen.Count(known => known.StartsWith(view[..(view.IndexOf('=', StringComparison.Ordinal) + 1)], StringComparison.Ordinal)) < MostValues);
        return asked.Select(name => kind + name.Name).Append(kind).Concat(views).ToList().Count(seen.Add) > 0;
    }

    private static IEnumerable<(string Name, string Value)> Names(string path) =>
        from pair in path.Split('#')[0].Split('?').ElementAtOrDefault(1)?.Split('&') ?? []
        let parts = pair.Split('=', 2)
        select (parts[0], parts.ElementAtOrDefault(1) ?? "");

    private static string Picture(string path, string userName, string language, bool phone, [CallerFilePath] string here = "")
    {
        var view = string.Concat(Names(path).Select(name => "." + name.Name + (Views.Contains(name.Name) ? "-" + name.Value : "")));
        var name = (path == "/" ? "desk" : NoName().Replace(Shape(path).Replace("*", "one", StringComparison.Ordinal).Trim('/'), "-").Trim('-')) + view;
        return Path.Combine(Path.GetDirectoryName(here)!, "..", "screenshots", $"{userName}.{name}.{language}.{(phone ? "phone" : "desktop")}.png");
    }

    /// <summary>A part of an address that names one thing: an id with digits, or the dotted name of a duty or definition.</summary>
    [GeneratedRegex(@"(?<=/registers)/[^/]+/[^/]+|(?<=/workflows)/(?!new)[^/]+|/(?=[^/]*[\d.])[^/]+")]
    private static partial Regex Which();

    [GeneratedRegex("[^a-z-]+")]
    private static partial Regex NoName();
}
