namespace TaskMatrix.App.Notifications;

/// <summary>The words of a message in one language. They stand with those of the pages, outside this project.</summary>
public interface IMessageWords
{
    /// <param name="language">zh-CN or en.</param>
    MessageText Of(Message message, string language, TimeZoneInfo zone);

    /// <summary>Name of a calendar of deadlines.</summary>
    string CalendarName(string unit, bool exercise, string language);
}

/// <summary>A message as it is read.</summary>
/// <param name="Body">Plain text, lines end in \n.</param>
public sealed record MessageText(string Subject, string Body);

/// <summary>Keeps secrets in a form that the database alone does not give away.</summary>
public interface ISecretKeeper
{
    string Protect(string secret);

    /// <exception cref="System.Security.Cryptography.CryptographicException">Of another installation, or its key is lost.</exception>
    string Reveal(string kept);
}
