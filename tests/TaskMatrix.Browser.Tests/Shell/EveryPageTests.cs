using System.Runtime.CompilerServices;

namespace TaskMatrix.Browser.Tests.Shell;

/// <summary>Every page at both sizes: silent console, no sideways scrolling; pictures go to an ignored folder to be looked at.</summary>
[Collection(RunningProgramCollection.Name)]
public sealed class EveryPageTests(RunningProgram program)
{
    private static readonly string[] Paths =
        ["/", "/tasks", "/tasks/new", "/overdue", "/inspections", "/inspections/rounds", "/matrix", "/plans", "/plans/taiping-2020-3", "/duties/taiping.education.absence-checks", "/schedules", "/account", "/help"];

    [Theory]
    [InlineData(false, "zh-CN")]
    [InlineData(true, "en")]
    public async Task Is_silent_and_fits(bool phone, string language)
    {
        await using var office = await Person.SignIn(program, new Looking(true, phone, language), "taiping.office");
        foreach (var path in Paths)
        {
            await office.Go(path);
            Assert.True(await office.FitsTheScreen(), $"{path} is wider than the screen");
            Assert.False(await office.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"), $"{path} scrolls sideways");
            await office.Page.ScreenshotAsync(new() { Path = Picture(path, phone, language), FullPage = true });
        }

        Assert.Empty(office.Faults);
    }

    private static string Picture(string path, bool phone, string language, [CallerFilePath] string here = "") => Path.Combine(
        Path.GetDirectoryName(here)!, "..", "screenshots", $"{(path == "/" ? "desk" : path.Trim('/').Replace('/', '-'))}.{language}.{(phone ? "phone" : "desktop")}.png");
}
