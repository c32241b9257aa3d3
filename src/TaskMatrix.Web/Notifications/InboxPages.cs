using MediatR;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Notifications;

/// <param name="UnreadOnly">Only what is unread is shown.</param>
/// <param name="Kind">Only messages of this kind; null: all.</param>
public sealed record InboxModel(ListPage<MessageView> List, bool UnreadOnly, string? Kind)
{
    public string Address(bool unread) => PageAddress.Of("/notifications", ("unread", unread ? "true" : "false"), ("kind", Kind));
}

/// <summary>消息: what the person, the unit or the office is told, the newest first.</summary>
internal static class InboxPages
{
    public static void MapInboxPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/notifications", Show);
        pages.MapGet("/notifications/unread", (Visit visit, Texts texts) =>
            Results.Json(new { visit.Unread, Label = texts["notify.header", visit.Unread] }));
        pages.MapPost("/notifications/{id:guid}/open", Open);
        pages.MapPost("/notifications/read-all", async (HttpContext http, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new ReadAllMessages.Command(), ct);
            return Pages.Next(http, "/notifications");
        });
    }

    /// <summary>What is unread comes first: without a choice it is shown as long as there is any.</summary>
    private static async Task<IResult> Show(string? unread, string? kind, string? cursor, Visit visit, IMediator mediator, CancellationToken ct)
    {
        var only = unread is "true" || (Blank.ToNull(unread) is null && visit.Unread > 0 && Blank.ToNull(kind) is null);
        var list = await mediator.Send(new ListMessages.Query(only, new Paging(Blank.ToNull(cursor), null), Blank.ToNull(kind)), ct);
        return Pages.Show<InboxPage>(new InboxModel(list, only, Blank.ToNull(kind)));
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
