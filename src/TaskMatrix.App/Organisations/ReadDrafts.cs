using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Organisations;

/// <summary>My drafts, the newest first: <see cref="Engine.Organisations.DraftRules.Most"/> at most, so on one page.</summary>
public static class ListDrafts
{
    /// <param name="First">How many; null: all.</param>
    public sealed record Query(int? First = null) : IRequest<IReadOnlyList<DraftView>>;

    internal sealed class Handler(OwnDrafts drafts) : IRequestHandler<Query, IReadOnlyList<DraftView>>
    {
        public async Task<IReadOnlyList<DraftView>> Handle(Query query, CancellationToken ct)
        {
            var own = drafts.All().OrderByDescending(draft => draft.SavedAt).ThenBy(draft => draft.Id)
                .Select(draft => new { draft.Id, draft.Page, draft.Form, draft.Name, draft.About, draft.Excerpt, draft.SavedAt });
            var rows = await (query.First is { } first ? own.Take(first) : own).ToListAsync(ct);
            return [.. rows.Select(draft => drafts.View(draft.Id, draft.Page, draft.Form, draft.Name, draft.About, draft.Excerpt, draft.SavedAt))];
        }
    }
}

/// <summary>My drafts of the forms on some pages, with what was written.</summary>
public static class FindDrafts
{
    /// <param name="Pages">Addresses: of one page with and without its query, or of several.</param>
    public sealed record Query(params IReadOnlyList<string> Pages) : IRequest<IReadOnlyList<FilledDraft>>;

    internal sealed class Handler(OwnDrafts drafts) : IRequestHandler<Query, IReadOnlyList<FilledDraft>>
    {
        public async Task<IReadOnlyList<FilledDraft>> Handle(Query query, CancellationToken ct)
        {
            var pages = query.Pages.Distinct().ToList();
            var found = await drafts.All().Where(draft => pages.Contains(draft.Page)).ToListAsync(ct);
            return [.. found.Select(draft => new FilledDraft(drafts.View(draft), JsonColumn.Read<Dictionary<string, string[]>>(draft.Values)))];
        }
    }
}
