using System.Globalization;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Schedules;

/// <summary>
/// 太平区 moved to Berlin, where 02:00–03:00 is skipped on 2020-03-29 and comes twice on 2020-10-25: what its schedules make on
/// such days, against moments that are written here in UTC.
/// </summary>
public sealed class DaylightSavingTests
{
    /// <summary>Begins at 08:00 and is due at 15:00; the other one is made to begin at 02:30 and to be due at 06:00.</summary>
    private const string Morning = "taiping.education.absence-checks", Night = "taiping.education.ventilation";

    [Theory]
    [InlineData("2020-03-27", 1, "03-28T01:30 03-29T01:00 03-30T00:30 03-31T00:30", "03-28T05:00 03-29T04:00 03-30T04:00 03-31T04:00", "03-28T07:00 03-29T06:00 03-30T06:00 03-31T06:00", "03-28T14:00 03-29T13:00 03-30T13:00 03-31T13:00")]
    [InlineData("2020-10-23", 2, "10-24T00:30 10-25T00:30 10-26T01:30 10-27T01:30", "10-24T04:00 10-25T05:00 10-26T05:00 10-27T05:00", "10-24T06:00 10-25T07:00 10-26T07:00 10-27T07:00", "10-24T13:00 10-25T14:00 10-26T14:00 10-27T14:00")]
    public async Task Each_day_has_its_occurrence_once_at_its_local_hours_when_clocks_change(string from, int offset, string nights, string nightsDue, string mornings, string morningsDue)
    {
        var folder = Directory.CreateTempSubdirectory("taskmatrix-").FullName;
        var start = new DateTimeOffset(DateTime.Parse(from, CultureInfo.InvariantCulture).AddHours(9), TimeSpan.FromHours(offset));
        await using var system = await TestSystem.Attach(new AppOptions { DataFolder = folder, ContentFolder = Moved() }, start, prepare: true);
        await system.Tamper($"UPDATE schedules SET policy = {"all"}");
        var expected = Expected(Night, nights, nightsDue).Concat(Expected(Morning, mornings, morningsDue)).OrderBy(one => one.Start).ToList();

        foreach (var (duty, begins, due) in expected)
        {
            system.Clock.Now = begins.AddMilliseconds(-1);
            await system.RunDue();
            Assert.Empty(await Made(system, duty, begins));

            system.Clock.Now = begins;
            await system.RunDue();
            await system.RunDue();
            var task = Assert.Single(await Made(system, duty, begins));
            Assert.Equal((begins, due), (task.CreatedAt, task.DueAt));
        }

        var all = await system.Tasks(task => (task.Duty == Morning || task.Duty == Night) && task.CreatedAt > start);
        Assert.Equal(expected.Count, all.Count);
    }

    private static Task<List<TaskInstance>> Made(TestSystem system, string duty, DateTimeOffset at)
    {
        var day = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return system.Tasks(task => task.Duty == duty && task.Occurrence!.StartsWith(day));
    }

    private static IEnumerable<(string Duty, DateTimeOffset Start, DateTimeOffset Due)> Expected(string duty, string starts, string dues) =>
        starts.Split(' ').Zip(dues.Split(' '), (start, due) => (duty, Utc(start), Utc(due)));

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse($"2020-{text}Z", CultureInfo.InvariantCulture);

    /// <summary>Another zone, and a duty that begins in the hour that is skipped or comes twice.</summary>
    private static string Moved() => ChangedContent.With(
        ("seed/taiping.yaml", "zone: Asia/Shanghai", "zone: Europe/Berlin"),
        ("workflows/taiping/education.yaml", "cron: \"0 8 * * *\", basis", "cron: \"30 2 * * *\", due: \"06:00\", basis"));
}
