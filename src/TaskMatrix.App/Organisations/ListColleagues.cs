using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Organisations;

/// <summary>A person of the caller's own unit.</summary>
public sealed record ColleagueView(string UserName, string DisplayName);

/// <summary>Who of the caller's unit may take over a task.</summary>
public static class ListColleagues
{
    public sealed record Query : IRequest<IReadOnlyList<ColleagueView>>;

    internal sealed class Handler(Session session, CurrentUser user) : IRequestHandler<Query, IReadOnlyList<ColleagueView>>
    {
        public async Task<IReadOnlyList<ColleagueView>> Handle(Query query, CancellationToken ct)
        {
            var actor = user.Actor;
            var people = await session.Db.Accounts.AsNoTracking()
                .Where(account => account.Jurisdiction == actor.Jurisdiction && account.Unit == actor.Unit && !account.Disabled)
                .OrderBy(account => account.UserName).ToListAsync(ct);
            return [.. people.Where(person => person.Roles.Contains(Role.Liaison) || person.Roles.Contains(Role.Head))
                .Select(person => new ColleagueView(person.UserName, person.DisplayName))];
        }
    }
}
