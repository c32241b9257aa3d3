using TaskMatrix.App.Storage;

namespace TaskMatrix.Web.Shell;

/// <summary>Forms of a page of which one may have been refused: it stands with what was typed, the others are fresh.</summary>
public sealed record PageForms(FormState? Refused)
{
    public FormState this[string id] => Refused?.Id == id ? Refused : new FormState(id);

    public bool Open(string id) => Refused?.Id == id;
}

/// <summary>Takes a posted form: done once, or shown again with all that was typed and why it was refused.</summary>
internal sealed class FormPost(Session session, FormMemory memory, FormDrafts drafts, ProblemWords words)
{
    /// <param name="formId">Of the form on its page.</param>
    /// <param name="done">Key of what is told on the next page.</param>
    /// <param name="act">Sends the command; answers with the address of the next page.</param>
    /// <param name="address">The same from the answer of the command, for the form that is sent twice.</param>
    /// <param name="again">The page with the refused form.</param>
    public async Task<IResult> Take(
        HttpContext http, string formId, string done, Func<IFormCollection, Action, Task<string>> act, Func<object, string> address, Func<FormState, Task<IResult>> again,
        CancellationToken ct)
    {
        var posted = await http.Request.ReadFormAsync(ct);
        try
        {
            // Only what makes the thing is remembered; a file taken in before it is not.
            var next = await act(posted, () =>
            {
                session.Answers = memory.Of(http, posted, address);
                drafts.EndWith(posted);
            });
            Flash.Tell(http, done);
            return Pages.Next(http, next);
        }
        catch (DoneBeforeException before)
        {
            return Pages.Next(http, before.Address);
        }
        catch (Exception e) when (PageProblem.Of(e, http.TraceIdentifier) is { Status: 400 or 403 or 409 or 413 or 503 } problem)
        {
            session.Answers = null;
            drafts.Stay();
            return await again(new FormState(formId, posted, problem, words));
        }
    }
}
