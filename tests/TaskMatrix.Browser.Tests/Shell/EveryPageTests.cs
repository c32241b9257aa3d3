using System.Runtime.CompilerServices;

namespace TaskMatrix.Browser.Tests.Shell;

/// <summary>Every page at both sizes: silent console, no sideways scrolling; pictures go to an ignored folder to be looked at.</summary>
[Collection(RunningProgramCollection.Name)]
public sealed class EveryPageTests(RunningProgram program)
{
    private static readonly string[] Paths =
        ["/", "/tasks", "/tasks/new", "/overdue", "/matrix", "/plans", "/plans/taiping-2020-3", "/duties/taiping.education.absence-checks", "/schedules", "/statistics", "/account", "/help"];

    /// <summary>What the office does not see.</summary>
    private static readonly string[] OfInspectors = ["/audit"];

    [Theory]
    [InlineData(false, "zh-CN")]
    [InlineData(true, "en")]
    public async Task Is_silent_and_fits(bool phone, string language)
    {
        await Look("taiping.office", Paths, phone, language);
        await Look("taiping.inspector", OfInspectors, phone, language);
    }

    private async Task Look(string userName, string[] paths, bool phone, string language)
    {
        await using var person = await Person.SignIn(program, new Looking(true, phone, language), userName);
        foreach (var path in paths)
        {
            await person.Go(path);
            Assert.True(await person.FitsTheScreen(), $"{path} is wider than the screen");
            Assert.False(await person.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"), $"{path} scrolls sideways");
            await person.Page.ScreenshotAsync(new() { Path = Picture(path, phone, language), FullPage = true });
        }

        Assert.Empty(person.Faults);
    }

    private static string Picture(string path, bool phone, string language, [CallerFilePath] string here = "") => Path.Combine(
        Path.GetDirectoryName(here)!, "..", "screenshots", $"{(path == "/" ? "desk" : path.Trim('/').Replace('/', '-'))}.{language}.{(phone ? "phone" : "desktop")}.png");
}
