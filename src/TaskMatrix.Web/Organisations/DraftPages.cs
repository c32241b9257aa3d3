using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Organisations;

/// <summary>A draft that could not be kept: why, and what was written, so that it can be copied.</summary>
public sealed record UnkeptDraft(string Page, PageProblem Problem, IReadOnlyList<string> Written);

/// <summary>我的草稿: keeping what is written in any form of the pages, the list of it, and throwing it away.</summary>
internal static class DraftPages
{
    public const string Address = "/drafts", DiscardAddress = "/drafts/discard";

    /// <summary>Id of the form on a page with which its drafts are thrown away.</summary>
    public const string DiscardForm = "draft-discard";

    /// <summary>Set by drafts.js, which wants a line of text and no page.</summary>
    private const string Quiet = "X-Draft";

    public static void MapDraftPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (IMediator mediator, CancellationToken ct) => Pages.Show<DraftsPage>(await mediator.Send(new ListDrafts.Query(), ct)));
        pages.MapPost(Address, Save);
        pages.MapPost(DiscardAddress, Discard);
    }

    private static async Task<IResult> Save(HttpContext http, IMediator mediator, FormDrafts drafts, Texts texts, TimeWords times, ProblemWords words, CancellationToken ct)
    {
        var posted = await http.Request.ReadFormAsync(ct);
        var quiet = http.Request.Headers.ContainsKey(Quiet);
        try
        {
            var saved = await mediator.Send(drafts.Command(posted), ct);
            if (quiet)
            {
                return Results.Text(texts["draft.saved-at", times.Clock(saved.SavedAt)]);
            }

            Flash.Tell(http, "done.draft-saved");
            return Pages.Next(http, Blank.ToNull(posted["returnUrl"]) is { } back ? Pages.Local(back) : $"{saved.Page}#{saved.Form}-draft");
        }
        catch (Exception e) when (PageProblem.Of(e, http.TraceIdentifier) is { Status: 400 or 409 or 503 } problem)
        {
            return quiet
                ? Results.Text(words.Of(problem), statusCode: problem.Status)
                : Pages.Show<UnkeptDraftPage>(new UnkeptDraft(Pages.Local(posted[FormDrafts.Page]), problem, Written(posted)), problem.Status);
        }
    }

    private static async Task<IResult> Discard(HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var posted = await http.Request.ReadFormAsync(ct);
        if (Guid.TryParse(posted["id"], out var id) && (await mediator.Send(new DiscardDraft.Command(id), ct)).Discarded)
        {
            Flash.Tell(http, "done.draft-discarded");
        }

        return Pages.Next(http, Pages.Local(posted["returnUrl"]));
    }

    /// <summary>What is more than a choice or a date.</summary>
    private static IReadOnlyList<string> Written(IFormCollection posted) =>
        [.. posted.Where(field => Engine.Organisations.DraftRules.Keeps(field.Key)).SelectMany(field => field.Value).OfType<string>().Where(text => text.Length > 20)];
}
