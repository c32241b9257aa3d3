using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Organisations;

/// <summary>Who acts for a unit.</summary>
/// <param name="Phone">In full for the office and the own unit, masked for others; null where none was given.</param>
public sealed record MemberView(string UserName, string Unit, string Post, IReadOnlyList<Role> Roles, string? Phone);

/// <summary>The people of the units of the caller's jurisdiction who can sign in, by unit; for those who have to do with tasks.</summary>
public static class ListMembers
{
    /// <param name="Unit">Of this unit alone; null: of all.</param>
    public sealed record Query(string? Unit = null) : IRequest<IReadOnlyList<MemberView>>;

    internal sealed class Handler(Session session, CurrentUser user) : IRequestHandler<Query, IReadOnlyList<MemberView>>
    {
        public async Task<IReadOnlyList<MemberView>> Handle(Query query, CancellationToken ct)
        {
            var actor = user.Actor;
            if (!Plans.PlanAccess.MayRead(actor))
            {
                return [];
            }

            var accounts = session.Db.Accounts.AsNoTracking().Where(account => account.Jurisdiction == actor.Jurisdiction && !account.Disabled);
            var rows = await (query.Unit is { } unit ? accounts.Where(account => account.Unit == unit) : accounts)
                .OrderBy(account => account.UserName).ToListAsync(ct);
            return [.. rows.Where(row => !AccountRules.LinkWaits(row.Roles)).Select(row => new MemberView(row.UserName, row.Unit, row.Post, row.Roles, Phone(row, actor)))];
        }

        private static string? Phone(Account row, Actor reader) =>
            row.Phone is not { } phone ? null : reader.Is(Role.Office) || reader.Unit == row.Unit ? phone : ContactMask.Of(phone);
    }
}
