using System.Text;
using TaskMatrix.Engine.Notifications;
using TaskMatrix.Engine.Tests.Schedules;

namespace TaskMatrix.Engine.Tests.Notifications;

/// <summary>iCalendar as RFC 5545 has it.</summary>
public sealed class DeadlineCalendarTests
{
    private static readonly CalendarDeadline Deadline =
        new("id@taskmatrix", 3, "核查返程学生；统计, 汇总\\上报", "太平-2020-000001\n晨检", China.At("2020-01-24 17:00"), China.At("2020-01-23 08:00"), "https://host/tasks/id");

    [Fact]
    public void Names_the_deadline_in_utc_with_a_uid_that_stays()
    {
        var lines = Unfolded(DeadlineCalendar.Write("区教育局", [Deadline]));

        Assert.Equal(["BEGIN:VCALENDAR", "VERSION:2.0"], lines[..2]);
        Assert.Contains("UID:id@taskmatrix", lines);
        Assert.Contains("DTSTART:20200124T090000Z", lines);
        Assert.Contains("DTSTAMP:20200123T000000Z", lines);
        Assert.Contains("SEQUENCE:3", lines);
        Assert.Contains("URL:https://host/tasks/id", lines);
        Assert.Equal(["END:VEVENT", "END:VCALENDAR", ""], lines[^3..]);
    }

    [Fact]
    public void Escapes_what_would_end_a_value()
    {
        var lines = Unfolded(DeadlineCalendar.Write("x", [Deadline with { Summary = "a,b;c\\d\r\nBEGIN:VALARM\u0007" }]));

        Assert.Contains(@"SUMMARY:a\,b\;c\\d\nBEGIN:VALARM", lines);
        Assert.DoesNotContain("BEGIN:VALARM", lines);
    }

    [Fact]
    public void Folds_at_75_octets_and_tears_no_character()
    {
        var text = DeadlineCalendar.Write("x", [Deadline with { Summary = string.Concat(Enumerable.Repeat("疫情防控𠀀", 40)) }]);

        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.Contains("SUMMARY:" + string.Concat(Enumerable.Repeat("疫情防控𠀀", 40)), Unfolded(text));
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Cuts_words_without_end()
    {
        var lines = Unfolded(DeadlineCalendar.Write("x", [Deadline with { Description = new string('长', 100_000) }]));

        Assert.Equal("DESCRIPTION:".Length + DeadlineCalendar.LongestText, lines.Single(line => line.StartsWith("DESCRIPTION", StringComparison.Ordinal)).Length);
    }

    private static string[] Unfolded(string text) => text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
}
