using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>Instructions the caller may see, the newest first.</summary>
public static class ListInstructions
{
    public sealed record Query(InstructionState? State, Paging Paging) : IRequest<ListPage<InstructionView>>;

    internal sealed class Handler(Session session, SourcedTasks sourced, CatalogueSource catalogues, CurrentUser user, DomainClock clock) : IRequestHandler<Query, ListPage<InstructionView>>
    {
        public async Task<ListPage<InstructionView>> Handle(Query query, CancellationToken ct)
        {
            var rows = InstructionLedger.Visible(session.Db, user.Actor);
            rows = query.State is { } state ? rows.Where(row => row.State == state) : rows;
            if (query.Paging.After() is { } at)
            {
                var moment = new DateTimeOffset(at.Moment, TimeSpan.Zero);
                rows = rows.Where(row => row.IssuedAt <= moment && (row.IssuedAt < moment || string.Compare(row.Key, at.Key) < 0));
            }

            var page = await rows.OrderByDescending(row => row.IssuedAt).ThenByDescending(row => row.Key).Take(query.Paging.Size + 1).ToListAsync(ct);
            var tasks = await sourced.OfAll(user.Actor.Jurisdiction, InstructionLedger.TaskSource, page.ConvertAll(row => row.Key), ct);
            var catalogue = await catalogues.Current(session, ct);
            return query.Paging.Cut(
                page, row => InstructionView.Of(row, [.. tasks[row.Key]], catalogue, user.Actor, clock.Now), row => (row.IssuedAt.UtcTicks, row.Key));
        }
    }
}

public static class GetInstruction
{
    public sealed record Query(Guid Id) : IRequest<InstructionView>;

    internal sealed class Handler(InstructionLedger instructions) : IRequestHandler<Query, InstructionView>
    {
        public async Task<InstructionView> Handle(Query query, CancellationToken ct) =>
            await instructions.View((await instructions.Load(query.Id, ct)).Instruction, ct);
    }
}
