using MediatR;
using TaskMatrix.Web.Notifications;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Organisations;

internal static class AccountPages
{
    public static void MapAccountPages(this IEndpointRouteBuilder pages) =>
        pages.MapGet("/account", async (HttpContext http, Visit visit, IMediator mediator, CancellationToken ct) =>
            Pages.Show<AccountPage>(await CalendarPages.Model(http, visit, mediator, null, ct)));
}
