using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Organisations;

/// <param name="UserName">Whose link it is.</param>
public sealed record AccountLinkModel(string Key, string UserName, FormState Form);

/// <summary>The page behind a one-time link: its person chooses a password and is led to the sign-in.</summary>
internal static class AccountLinkPages
{
    public const string Path = "/welcome";

    private const string Form = "f-welcome";

    public static void MapAccountLinkPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, async (string? key, IMediator mediator, CancellationToken ct) => await mediator.Send(new FindAccountLink.Query(key), ct) is { } name
            ? Pages.Show<AccountLinkPage>(new AccountLinkModel(key!, name, new FormState(Form)))
            : Ended()).AllowAnonymous();
        pages.MapPost(Path, Choose).AllowAnonymous();
    }

    private static async Task<IResult> Choose(HttpContext http, FormPost form, Passwords passwords, IMediator mediator, CancellationToken ct)
    {
        var key = (await http.Request.ReadFormAsync(ct))["key"].ToString();
        return await mediator.Send(new FindAccountLink.Query(key), ct) is not { } name ? Ended() : await form.Take(
            http, Form, "done.password-chosen",
            async (posted, _) =>
            {
                await passwords.ChooseByLink(name, key, posted["newPassword"].ToString(), posted["again"].ToString(), ct);
                return "/login";
            },
            _ => "/login",
            refused => Task.FromResult(Pages.Show<AccountLinkPage>(new AccountLinkModel(key, name, refused), refused.Problem!.Status)), ct);
    }

    private static IResult Ended() => Pages.Show<ErrorPage>(new PageProblem(404, "account.link-ended", []), StatusCodes.Status404NotFound);
}
