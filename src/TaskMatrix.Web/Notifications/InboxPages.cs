using MediatR;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Notifications;

/// <param name="UnreadOnly">Only what is unread is shown.</param>
public sealed record InboxModel(ListPage<MessageView> List, bool UnreadOnly);

/// <summary>消息: what the person, the unit or the office is told, the newest first.</summary>
internal static class InboxPages
{
    public static void MapInboxPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/notifications", async (string? unread, string? cursor, IMediator mediator, CancellationToken ct) =>
            Pages.Show<InboxPage>(new InboxModel(await mediator.Send(new ListMessages.Query(unread == "true", new Paging(Blank.ToNull(cursor), null)), ct), unread == "true")));
        pages.MapPost("/notifications/{id:guid}/open", Open);
        pages.MapPost("/notifications/read-all", async (HttpContext http, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new ReadAllMessages.Command(), ct);
            return Pages.Next(http, "/notifications");
        });
    }

    /// <summary>Marks it and goes where it points.</summary>
    private static async Task<IResult> Open(Guid id, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        try
        {
            return Pages.Next(http, (await mediator.Send(new ReadMessage.Command(id), ct)).Path);
        }
        catch (NotFoundException)
        {
            return Pages.Next(http, "/notifications");
        }
    }
}
