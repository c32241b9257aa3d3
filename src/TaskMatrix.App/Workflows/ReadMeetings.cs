using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>Meetings the caller may see, the newest first, each as it is read alone.</summary>
public static class ListMeetings
{
    public sealed record Query(MeetingState? State, Paging Paging) : IRequest<ListPage<MeetingView>>;

    internal sealed class Handler(Session session, CurrentUser user, MeetingLedger meetings) : IRequestHandler<Query, ListPage<MeetingView>>
    {
        public async Task<ListPage<MeetingView>> Handle(Query query, CancellationToken ct)
        {
            var rows = MeetingLedger.Visible(session.Db, user.Actor);
            rows = query.State is { } state ? rows.Where(row => row.State == state) : rows;
            if (query.Paging.After() is { } at)
            {
                var moment = new DateTimeOffset(at.Moment, TimeSpan.Zero);
                rows = rows.Where(row => row.ProposedAt <= moment && (row.ProposedAt < moment || string.Compare(row.Key, at.Key) < 0));
            }

            var page = await rows.OrderByDescending(row => row.ProposedAt).ThenByDescending(row => row.Key).Take(query.Paging.Size + 1).ToListAsync(ct);
            var views = (await meetings.Views(page, ct)).ToDictionary(view => view.Id);
            return query.Paging.Cut(page, row => views[row.Id], row => (row.ProposedAt.UtcTicks, row.Key));
        }
    }
}

public static class GetMeeting
{
    public sealed record Query(Guid Id) : IRequest<MeetingView>;

    internal sealed class Handler(MeetingLedger meetings) : IRequestHandler<Query, MeetingView>
    {
        public async Task<MeetingView> Handle(Query query, CancellationToken ct) => await meetings.View(await meetings.Load(query.Id, ct), ct);
    }
}
