using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Inspections;

/// <summary>A round as one person sees it.</summary>
/// <param name="PlannedBy">Post.</param>
/// <param name="MayPlan">The caller may change its team.</param>
public sealed record RoundView(
    Guid Id, string Number, string Jurisdiction, InspectionKind Kind, string Title, string Reason, DateTimeOffset From, DateTimeOffset? Until, IReadOnlyList<TeamMember> Team,
    string PlannedBy, DateTimeOffset PlannedAt, bool MayPlan)
{
    public static RoundView Of(InspectionRound round, Actor actor, DateTimeOffset now) => new(
        round.Id, round.Number, round.Jurisdiction, round.Kind, round.Title, round.Reason, round.From, round.Until, round.Team, round.PlannedBy, round.PlannedAt,
        round.MayPlan(actor) && (round.Until is null || now < round.Until));
}

/// <summary>Rounds the caller may see, the newest first.</summary>
public static class ListRounds
{
    public sealed record Query(Paging Paging) : IRequest<ListPage<RoundView>>;

    internal sealed class Handler(Session session, CurrentUser user, DomainClock clock) : IRequestHandler<Query, ListPage<RoundView>>
    {
        public async Task<ListPage<RoundView>> Handle(Query query, CancellationToken ct)
        {
            var (actor, now, name) = (user.Actor, clock.Now, $"|{user.Actor.UserName}|");
            var rows = session.Db.InspectionRounds.AsNoTracking().Where(round => round.Jurisdiction == actor.Jurisdiction);
            rows = actor.Is(Role.Inspector) || actor.Is(Role.Leader) ? rows
                : rows.Where(round => round.TeamNames.Contains(name) && round.From <= now && (round.Until == null || round.Until > now));
            if (query.Paging.After() is { } at)
            {
                var moment = new DateTimeOffset(at.Moment, TimeSpan.Zero);
                rows = rows.Where(round => round.PlannedAt <= moment && (round.PlannedAt < moment || string.Compare(round.Key, at.Key) < 0));
            }

            var page = await rows.OrderByDescending(round => round.PlannedAt).ThenByDescending(round => round.Key).Take(query.Paging.Size + 1).ToListAsync(ct);
            return query.Paging.Cut(page, round => RoundView.Of(round, actor, now), round => (round.PlannedAt.UtcTicks, round.Key));
        }
    }
}

public static class GetRound
{
    public sealed record Query(Guid Id) : IRequest<RoundView>;

    internal sealed class Handler(IMediator mediator) : IRequestHandler<Query, RoundView>
    {
        public async Task<RoundView> Handle(Query query, CancellationToken ct) =>
            await mediator.Send(new FindRound.Query(query.Id), ct) ?? throw new NotFoundException("round", query.Id.ToString());
    }
}

/// <summary>The round of an inspection, where the caller may see it; the inspected unit may not.</summary>
public static class FindRound
{
    public sealed record Query(Guid Id) : IRequest<RoundView?>;

    internal sealed class Handler(Session session, CurrentUser user, DomainClock clock) : IRequestHandler<Query, RoundView?>
    {
        public async Task<RoundView?> Handle(Query query, CancellationToken ct) =>
            await session.Db.InspectionRounds.AsNoTracking().SingleOrDefaultAsync(round => round.Id == query.Id, ct) is { } round && round.VisibleTo(user.Actor, clock.Now)
                ? RoundView.Of(round, user.Actor, clock.Now)
                : null;
    }
}

/// <summary>Who may be on the team of a round.</summary>
public static class ListTeamCandidates
{
    public sealed record Query : IRequest<IReadOnlyList<TeamMember>>;

    internal sealed class Handler(InspectionTeams teams, CurrentUser user) : IRequestHandler<Query, IReadOnlyList<TeamMember>>
    {
        /// <returns>Nobody for who does not plan rounds.</returns>
        public async Task<IReadOnlyList<TeamMember>> Handle(Query query, CancellationToken ct) =>
            user.Actor.Is(Role.Inspector) ? await teams.Candidates(user.Actor.Jurisdiction, ct) : [];
    }
}

/// <summary>Another team for a round, and so for each of its inspections that is not closed.</summary>
public static class SetRoundTeam
{
    /// <param name="Team">User names; all of them, not only the new ones.</param>
    public sealed record Command(Guid Id, IReadOnlyList<string> Team) : IRequest<RoundView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleForEach(command => command.Team).NotEmpty();
    }

    internal sealed class Handler(Session session, InspectionLedger inspections, InspectionTeams teams, CurrentUser user, DomainClock clock) : IRequestHandler<Command, RoundView>
    {
        public async Task<RoundView> Handle(Command command, CancellationToken ct)
        {
            var round = await session.Db.InspectionRounds.AsTracking().SingleOrDefaultAsync(round => round.Id == command.Id, ct);
            if (round is null || !round.VisibleTo(user.Actor, clock.Now))
            {
                throw new NotFoundException("round", command.Id.ToString());
            }

            round.SetTeam(user.Actor, round.MayPlan(user.Actor) ? await teams.Find(command.Team, round.Jurisdiction, ct) : [], clock.Now);
            await teams.Record(round, "set-round-team", user.Actor, ct);
            var open = await session.Db.Inspections.AsTracking().Where(row => row.RoundId == round.Id && row.State != InspectionState.Closed).OrderBy(row => row.Number).ToListAsync(ct);
            foreach (var inspection in open)
            {
                inspection.SetTeam(user.Actor, round.InspectionTeam, clock.Now);
                await inspections.Commit(inspection, ct);
            }

            return RoundView.Of(round, user.Actor, clock.Now);
        }
    }
}
