using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.App.Schedules;

/// <summary>A deadline that is given often, and the moment it stands for now.</summary>
/// <param name="Key">Its name: <c>endOfWork</c>, <c>tomorrow</c>, or the duration itself.</param>
/// <param name="Exact">The moment is meant and not the time until then.</param>
public sealed record DeadlineChoice(string Key, DateTimeOffset At, bool Exact);

/// <summary>The usual deadlines of the caller's jurisdiction, by its calendar and hours.</summary>
public static class ListDeadlineChoices
{
    public sealed record Query : IRequest<IReadOnlyList<DeadlineChoice>>;

    internal sealed class Handler(Session session, CatalogueSource catalogues, CurrentUser user, DomainClock clock) : IRequestHandler<Query, IReadOnlyList<DeadlineChoice>>
    {
        public async Task<IReadOnlyList<DeadlineChoice>> Handle(Query query, CancellationToken ct) =>
            DeadlineChoices.At(clock.Now, (await catalogues.Current(session, ct)).Reckoning(user.Actor.Jurisdiction)).ToList()
                .ConvertAll(choice => new DeadlineChoice(choice.Key, choice.At, choice.Exact));
    }
}
