using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Organisations;

/// <summary>The accounts of the caller's jurisdiction by name; for its system and security administrators.</summary>
public static class ListAccounts
{
    /// <param name="Name">Part of the user name or the post.</param>
    public sealed record Query(string? Unit, Role? Role, AccountStatus? Status, string? Name, Paging Paging) : IRequest<ListPage<AccountView>>;

    internal sealed class Handler(Session session, CurrentUser user, TimeProvider wall) : IRequestHandler<Query, ListPage<AccountView>>
    {
        public async Task<ListPage<AccountView>> Handle(Query query, CancellationToken ct)
        {
            if (!AccountRules.MayRead(user.Actor))
            {
                throw new RuleBrokenException("account.not-allowed", RuleKind.Forbidden);
            }

            var (place, after, now) = (user.Actor.Jurisdiction, query.Paging.After()?.Key ?? "", wall.GetUtcNow());
            var rows = session.Db.Accounts.AsNoTracking().Where(account => account.Jurisdiction == place && string.Compare(account.UserName, after) > 0);
            rows = query.Unit is { } unit ? rows.Where(account => account.Unit == unit) : rows;
            var found = new List<AccountView>();

            // Roles are kept as text and the status follows from several columns, so these two are looked at row by row until the page is full.
            await foreach (var row in rows.OrderBy(account => account.UserName).AsAsyncEnumerable().WithCancellation(ct))
            {
                if (AccountView.Of(row, now) is var view && Fits(view, query))
                {
                    found.Add(view);
                }

                if (found.Count > query.Paging.Size)
                {
                    break;
                }
            }

            return query.Paging.Cut(found, account => account, account => (0, account.UserName));
        }

        private static bool Fits(AccountView account, Query query) =>
            (query.Role is not { } role || account.Roles.Contains(role)) && (query.Status is not { } status || account.Status == status)
            && (query.Name is not { } name || account.UserName.Contains(name, StringComparison.OrdinalIgnoreCase) || account.Post.Contains(name, StringComparison.OrdinalIgnoreCase));
    }
}

public static class GetAccount
{
    public sealed record Query(string UserName) : IRequest<Result>;

    /// <param name="Tokens">Bearer tokens that still open the API, the last to expire first.</param>
    public sealed record Result(AccountView Account, IReadOnlyList<TokenListView> Tokens);

    internal sealed class Handler(Session session, AccountDesk desk, TimeProvider wall) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            var account = await desk.Find(session.Db.Accounts.AsNoTracking(), query.UserName, ct);
            return new Result(AccountView.Of(account, wall.GetUtcNow()), await TokenList.Of(session, account, wall.GetUtcNow(), ct));
        }
    }
}

internal static class TokenList
{
    private const int Most = 100;

    public static async Task<IReadOnlyList<TokenListView>> Of(Session session, Account account, DateTimeOffset now, CancellationToken ct)
    {
        var (name, stamp) = (account.UserName, account.SecurityStamp);
        var rows = await session.Db.AccessTokens.AsNoTracking()
            .Where(token => token.UserName == name && token.SecurityStamp == stamp && !token.Revoked && token.ExpiresAt > now)
            .OrderByDescending(token => token.ExpiresAt).Take(Most).ToListAsync(ct);
        return [.. rows.Select(token => new TokenListView(token.Name, token.ExpiresAt))];
    }
}
