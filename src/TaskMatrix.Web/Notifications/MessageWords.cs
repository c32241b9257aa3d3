using System.Globalization;
using System.Text;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Notifications;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Notifications;

/// <summary>The words of messages that leave the program: the texts of the pages, in the language of the channel.</summary>
internal sealed class MessageWords(Texts texts, AppOptions options) : IMessageWords
{
    public MessageText Of(Message message, string language, TimeZoneInfo zone) => In(language, () =>
    {
        var subject = $"{(message.Exercise ? texts["notify.exercise"] : "")}{texts["app.name"]}{texts["list.colon"]}{Headline(message.Kind, message.Count, First(message))}";
        var body = new StringBuilder();
        foreach (var line in message.Subjects.Select(one => Line(one, zone)))
        {
            body.Append(line).Append('\n');
        }

        if (message.Count > message.Subjects.Count && message.Subjects.Count > 0)
        {
            body.Append(texts["notify.more", message.Count - message.Subjects.Count]).Append('\n');
        }

        if (message.Text is { Length: > 0 } text)
        {
            body.Append(text).Append('\n');
        }

        if (options.Notifications.Link(message.Path) is { } link)
        {
            body.Append(link).Append('\n');
        }

        return new MessageText(subject, body.ToString().TrimEnd());
    });

    /// <summary>A kind by itself: its headline without what it is about.</summary>
    public string KindName(string kind) => texts["notice." + kind, ""].Trim().TrimEnd(':', '：');

    public string CalendarName(string unit, bool exercise, string language) =>
        In(language, () => (exercise ? texts["notify.exercise"] : "") + texts["feed.name", unit]);

    /// <summary>One thing by its title, several by their number.</summary>
    public string Headline(string kind, int count, string title) => count == 1 ? texts[$"notice.{kind}", title] : texts[$"notice.{kind}.many", count];

    private static string First(Message message) => message.Subjects.Count > 0 ? Texts.Pick(message.Subjects[0].Title, message.Subjects[0].English) : "";

    private string Line(NoticeSubject subject, TimeZoneInfo zone)
    {
        var title = $"{subject.Number} {Texts.Pick(subject.Title, subject.English)}".Trim();
        return subject.At is { } at
            ? texts["notify.line", title, TimeZoneInfo.ConvertTime(at, zone).ToString(texts["time.moment-with-year"], CultureInfo.CurrentUICulture)]
            : title;
    }

    private static T In<T>(string language, Func<T> write)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return write();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
