using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.Web.Notifications;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Organisations;

/// <summary>本人: the own post, unit and roles, and what one decides oneself: language, telephone, password, tokens, calendar.</summary>
internal static class AccountPages
{
    public const string PhoneForm = "f-phone", PasswordForm = "f-password";

    public static void MapAccountPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/account", async (HttpContext http, Visit visit, IMediator mediator, CancellationToken ct) =>
            Pages.Show<AccountPage>(await CalendarPages.Model(http, visit, mediator, null, ct)));
        pages.MapPost("/account/phone", (HttpContext http, FormPost form, Visit visit, IMediator mediator, CancellationToken ct) => Take(
            PhoneForm, "done.phone", posted => mediator.Send(new SetPhone.Command(TaskInstances.Blank.ToNull(posted["phone"])), ct), http, form, visit, mediator, ct));
        pages.MapPost("/account/password", (HttpContext http, FormPost form, Passwords passwords, Visit visit, IMediator mediator, CancellationToken ct) => Take(
            PasswordForm, "done.password",
            posted => passwords.Change(http.Features.Get<Account>()!, posted["oldPassword"].ToString(), posted["newPassword"].ToString(), posted["again"].ToString(), ct),
            http, form, visit, mediator, ct));
        pages.MapPost("/account/tokens/{name}/revoke", async (string name, HttpContext http, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new RevokeOwnToken.Command(name), ct);
            Flash.Tell(http, "done.token-revoked");
            return Pages.Next(http, "/account");
        });
    }

    private static Task<IResult> Take(
        string id, string done, Func<IFormCollection, Task> act, HttpContext http, FormPost form, Visit visit, IMediator mediator, CancellationToken ct) => form.Take(
        http, id, done,
        async (posted, _) =>
        {
            await act(posted);
            return "/account";
        },
        _ => "/account",
        async refused => Pages.Show<AccountPage>((await CalendarPages.Model(http, visit, mediator, null, ct)) with { Forms = new PageForms(refused) }, refused.Problem!.Status), ct);
}
