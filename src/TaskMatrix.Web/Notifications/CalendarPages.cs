using MediatR;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Notifications;

/// <param name="NewPath">Of the feed just made; told this once.</param>
public sealed record AccountModel(Actor Actor, GetOwnAccount.Result Own, CalendarFeedView Feed, string? NewPath, string Origin, PageForms Forms);

/// <summary>The calendar feed on the page of the account: made, renewed, revoked.</summary>
internal static class CalendarPages
{
    public static void MapCalendarPages(this IEndpointRouteBuilder pages)
    {
        pages.MapPost("/account/calendar", async (HttpContext http, IMediator mediator, Visit visit, CancellationToken ct) =>
        {
            var made = await mediator.Send(new MakeCalendarFeed.Command(), ct);
            return Pages.Show<Organisations.AccountPage>(await Model(http, visit, mediator, made.Path, ct));
        });
        pages.MapPost("/account/calendar/revoke", async (HttpContext http, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new RevokeCalendarFeed.Command(), ct);
            Flash.Tell(http, "done.calendar-revoked");
            return Pages.Next(http, "/account#calendar");
        });
    }

    public static async Task<AccountModel> Model(HttpContext http, Visit visit, IMediator mediator, string? newPath, CancellationToken ct) =>
        new(
            visit.Actor!, await mediator.Send(new GetOwnAccount.Query(), ct), await mediator.Send(new GetCalendarFeed.Query(), ct), newPath,
            $"{http.Request.Scheme}://{http.Request.Host}", new PageForms(null));
}
