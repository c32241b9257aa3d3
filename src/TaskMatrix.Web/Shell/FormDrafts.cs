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
internal sealed class FormDrafts(Session session, CurrentUser user)
{
    /// <summary>Names of the hidden fields.</summary>
    public const string Page = "draftPage", Form = "draftForm", Name = "draftName", About = "draftAbout";

    /// <summary>The next command does what this form was for: its draft ends with it.</summary>
    public void EndWith(IFormCollection posted) =>
        session.Written = posted[Page] is [{ Length: > 0 } page] && posted[Form] is [{ Length: > 0 } form] ? new DraftKey(user.Actor.UserName, page, form) : null;

    /// <summary>It was refused; nothing has been done, and the draft stays.</summary>
    public void Stay() => session.Written = null;

    /// <param name="doneKey">Under which its own token is remembered once it is done.</param>
    public static SaveDraft.Command Command(IFormCollection posted, string? doneKey) => new(
        Pages.Local(posted[Page]), posted[Form].ToString(), posted[Name].ToString(), Short(posted[About].ToString()),
        posted.Where(field => DraftRules.Keeps(field.Key)).ToDictionary(field => field.Key, field => field.Value.Select(Plain).ToArray()), doneKey);

    private static string Plain(string? value) => (value ?? "").ReplaceLineEndings("\n");

    private static string Short(string about) => about.Length <= SaveDraft.LongestAbout ? about : about[..SaveDraft.LongestAbout];
}
