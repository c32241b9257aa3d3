using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Web.Shell;

/// <summary>A draft in the shape of a form that was sent.</summary>
public sealed record KeptForm(DraftView Draft, IFormCollection Values)
{
    public static KeptForm Of(FilledDraft found) => new(found.Draft, new FormCollection(found.Values.ToDictionary(field => field.Key, field => new StringValues(field.Value))));
}

/// <summary>Between a form on a page and its draft: hidden fields say of which page and form it is.</summary>
internal sealed class FormDrafts(Session session, CurrentUser user, TimeProvider wall)
{
    /// <summary>Names of the hidden fields.</summary>
    public const string Page = "draftPage", Form = "draftForm", Name = "draftName", About = "draftAbout", Token = "draftToken";

    /// <summary>The next command does what this form was for: its draft ends with it.</summary>
    public void EndWith(IFormCollection posted) =>
        session.Written = posted[Page] is [{ Length: > 0 } page] && posted[Form] is [{ Length: > 0 } form]
            ? new DraftEnd(new DraftKey(user.Actor.UserName, page, form), DoneKey(posted), wall.GetUtcNow())
            : null;

    /// <summary>It was refused; nothing has been done, and the draft stays.</summary>
    public void Stay() => session.Written = null;

    public SaveDraft.Command Command(IFormCollection posted) => new(
        Pages.Local(posted[Page]), posted[Form].ToString(), posted[Name].ToString(), Short(posted[About].ToString()),
        posted.Where(field => DraftRules.Keeps(field.Key)).ToDictionary(field => field.Key, field => field.Value.Select(Plain).ToArray()), DoneKey(posted));

    /// <summary>Under which it is remembered that this form, as it was shown, is done; null for one that carries no token of ours.</summary>
    private string? DoneKey(IFormCollection posted) => Guid.TryParseExact(posted[Token], "N", out var token)
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', user.Actor.UserName, "draft", token.ToString("N")))))
        : null;

    private static string Plain(string? value) => (value ?? "").ReplaceLineEndings("\n");

    private static string Short(string about) => about.Length <= SaveDraft.LongestAbout ? about : about[..SaveDraft.LongestAbout];
}
