using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Notifications;

/// <summary>Hands mail to the configured server by SMTP. Which server that is, only the operator of the machine says.</summary>
public sealed class MailSender(AppOptions options)
{
    /// <returns>Null when the server took it; else why it cannot be sent.</returns>
    /// <exception cref="SmtpException">The server refused it or does not answer.</exception>
    public async Task<string?> Send(string to, MessageText text, Guid delivery, CancellationToken ct)
    {
        if (options.Notifications.Smtp is not { } smtp)
        {
            return "no mail server is configured";
        }

        using var mail = new MailMessage(smtp.From, to)
        {
            Subject = OneLine(text.Subject), SubjectEncoding = Encoding.UTF8, Body = text.Body.ReplaceLineEndings("\r\n"), BodyEncoding = Encoding.UTF8, IsBodyHtml = false,
        };
        // Made twice by two attempts, it is the same mail: servers and readers drop the second one.
        mail.Headers.Add("Message-ID", $"<{delivery:N}@{mail.From!.Host}>");
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        using var client = new SmtpClient(smtp.Host, smtp.Port)
        {
            EnableSsl = smtp.StartTls, UseDefaultCredentials = false,
            Credentials = smtp.UserName is { } user ? new NetworkCredential(user, smtp.Password) : null,
        };
        await client.SendMailAsync(mail, ct);
        return null;
    }

    /// <summary>No title can begin a header of its own, or turn around what is read.</summary>
    private static string OneLine(string subject) =>
        string.Concat(subject.Select(c => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format ? ' ' : c));
}
