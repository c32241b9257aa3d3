using System.Text;
using MediatR;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Schedules;

namespace TaskMatrix.Web.Notifications;

/// <param name="Secret">Never shown again.</param>
internal sealed record ChannelBody(string? Recipient, string? Kind, string? Target, string? Secret, string? Language);

internal static class NotificationEndpoints
{
    public static void MapNotifications(this IEndpointRouteBuilder api)
    {
        var inbox = api.MapGroup("/notifications");
        inbox.MapGet("/", (bool? unread, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ListMessages.Query(unread ?? false, new Paging(cursor, limit)), ct));
        inbox.MapGet("/unread", async (IMediator mediator, CancellationToken ct) =>
            new UnreadView(await mediator.Send(new CountUnread.Query(), ct), CountUnread.Most));
        inbox.MapPost("/{id:guid}/read", (Guid id, NoMembers? _, IMediator mediator, CancellationToken ct) => mediator.Send(new ReadMessage.Command(id), ct));
        inbox.MapPost("/read-all", (NoMembers? _, IMediator mediator, CancellationToken ct) => mediator.Send(new ReadAllMessages.Command(), ct));

        api.MapGet("/tasks/{id:guid}/deliveries", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new ListTaskDeliveries.Query(id), ct));

        var channels = api.MapGroup("/channels");
        channels.MapGet("/", (IMediator mediator, CancellationToken ct) => mediator.Send(new ListChannels.Query(), ct));
        channels.MapPost("/", async (ChannelBody body, IMediator mediator, CancellationToken ct) =>
        {
            var channel = await mediator.Send(new AddChannel.Command(body.Recipient ?? "", body.Kind ?? "", body.Target ?? "", body.Secret, body.Language), ct);
            return Results.Created((string?)null, channel);
        }).WithMetadata(new Answers(201)).Produces<ChannelView>(201);
        channels.MapPost("/{id:guid}/test", (Guid id, NoMembers? _, IMediator mediator, CancellationToken ct) => mediator.Send(new TestChannel.Command(id), ct));
        channels.MapDelete("/{id:guid}", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new RemoveChannel.Command(id), ct));
    }

    public static void MapCalendar(this IEndpointRouteBuilder api)
    {
        api.MapGet("/calendar", (IMediator mediator, CancellationToken ct) => mediator.Send(new GetCalendarFeed.Query(), ct));
        api.MapPost("/calendar", (NoMembers? _, HttpContext context, Session session, IMediator mediator, CancellationToken ct) =>
        {
            // The answer is the right to read, so it is kept nowhere: an Idempotency-Key has no effect, as with tokens.
            session.Answers = null;
            context.Response.Headers.CacheControl = "no-store";
            return mediator.Send(new MakeCalendarFeed.Command(), ct);
        });
        api.MapDelete("/calendar", (IMediator mediator, CancellationToken ct) => mediator.Send(new RevokeCalendarFeed.Command(), ct));

        // A calendar program signs in nowhere: the token is the right to read.
        api.MapGet("/calendar/{token}.ics", async (string token, HttpContext context, IMediator mediator, CancellationToken ct) =>
        {
            context.Response.Headers.CacheControl = "private, no-store";
            return Results.Text(await mediator.Send(new GetCalendar.Query(token), ct), "text/calendar", Encoding.UTF8);
        }).AllowAnonymous().Produces<string>(200, "text/calendar");
    }
}

/// <param name="Unread">At most <paramref name="Most"/>, which means that many or more.</param>
internal sealed record UnreadView(int Unread, int Most);
