using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Organisations;

/// <summary>Somebody whose user name stands in a task or in the record.</summary>
public sealed record PersonView(string UserName, string DisplayName, string Post);

/// <summary>Names and posts of people of the caller's jurisdiction, disabled accounts among them; for those who have to do with tasks.</summary>
public static class FindPeople
{
    /// <param name="UserNames">Those that are not known are left out.</param>
    public sealed record Query(IReadOnlyList<string> UserNames) : IRequest<IReadOnlyList<PersonView>>;

    internal sealed class Handler(Session session, CurrentUser user) : IRequestHandler<Query, IReadOnlyList<PersonView>>
    {
        public async Task<IReadOnlyList<PersonView>> Handle(Query query, CancellationToken ct)
        {
            var place = user.Actor.Jurisdiction;
            return query.UserNames.Count == 0 || !PlanAccess.MayRead(user.Actor) ? [] : await session.Db.Accounts.AsNoTracking()
                .Where(account => query.UserNames.Contains(account.UserName) && account.Jurisdiction == place)
                .Select(account => new PersonView(account.UserName, account.DisplayName, account.Post)).ToListAsync(ct);
        }
    }
}
