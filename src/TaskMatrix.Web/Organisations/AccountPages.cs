using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Organisations;

internal static class AccountPages
{
    public static void MapAccountPages(this IEndpointRouteBuilder pages) =>
        pages.MapGet("/account", (Visit visit) => Pages.Show<AccountPage>(visit.Actor!));
}
