using System.Globalization;
using System.Text;

namespace TaskMatrix.Engine.Notifications;

/// <summary>A deadline in a calendar.</summary>
/// <param name="Uid">Stays the same as long as the task does.</param>
/// <param name="Sequence">Grows with each change, so that a calendar takes over what moved.</param>
/// <param name="Address">Of the task's page; null where the program does not know its own address.</param>
public sealed record CalendarDeadline(string Uid, int Sequence, string Summary, string Description, DateTimeOffset DueAt, DateTimeOffset ChangedAt, string? Address);

/// <summary>Writes deadlines as iCalendar text (RFC 5545): CRLF, escaped, folded at 75 octets.</summary>
public static class DeadlineCalendar
{
    /// <summary>Longer words are cut; a calendar shows one line.</summary>
    public const int LongestText = 500;

    private const int LineOctets = 75;

    public static string Write(string name, IEnumerable<CalendarDeadline> deadlines)
    {
        var text = new StringBuilder();
        Line(text, "BEGIN:VCALENDAR");
        Line(text, "VERSION:2.0");
        Line(text, "PRODID:-//TaskMatrix//Deadlines//EN");
        Line(text, "CALSCALE:GREGORIAN");
        Line(text, "METHOD:PUBLISH");
        Line(text, "X-WR-CALNAME:" + Escape(name));
        Line(text, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        foreach (var deadline in deadlines)
        {
            Add(text, deadline);
        }

        Line(text, "END:VCALENDAR");
        return text.ToString();
    }

    /// <summary>A deadline is a moment: it begins and has no length (RFC 5545, 3.6.1).</summary>
    private static void Add(StringBuilder text, CalendarDeadline deadline)
    {
        Line(text, "BEGIN:VEVENT");
        Line(text, "UID:" + Escape(deadline.Uid));
        Line(text, "DTSTAMP:" + Moment(deadline.ChangedAt));
        Line(text, "DTSTART:" + Moment(deadline.DueAt));
        Line(text, string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{deadline.Sequence}"));
        Line(text, "SUMMARY:" + Escape(deadline.Summary));
        Line(text, "DESCRIPTION:" + Escape(deadline.Description));
        if (deadline.Address is { } address)
        {
            Line(text, "URL:" + address);
        }

        Line(text, "TRANSP:TRANSPARENT");
        Line(text, "END:VEVENT");
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Backslash, semicolon, comma and line ends are escaped; other control characters have no place in a line.</summary>
    private static string Escape(string value)
    {
        var escaped = new StringBuilder();
        foreach (var rune in value.ReplaceLineEndings("\n").EnumerateRunes().Take(LongestText))
        {
            _ = rune.Value switch
            {
                '\\' => escaped.Append(@"\\"),
                ';' => escaped.Append(@"\;"),
                ',' => escaped.Append(@"\,"),
                '\n' => escaped.Append(@"\n"),
                < ' ' or 0x7F => escaped,
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    /// <summary>A line longer than 75 octets goes on in the next one after a space; no character is torn.</summary>
    private static void Line(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineOctets)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }
}
