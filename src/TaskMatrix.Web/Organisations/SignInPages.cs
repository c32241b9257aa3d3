using Microsoft.AspNetCore.Identity;
using TaskMatrix.App.Organisations;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Organisations;

/// <summary>Signing in and out, and the language, with plain forms.</summary>
internal static class SignInPages
{
    public static void MapSignInPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/login", (string? returnUrl, CurrentUser user) =>
            user.IsKnown ? Results.LocalRedirect(Pages.Local(returnUrl)) : Pages.Show<LoginPage>(new LoginModel("", Pages.Local(returnUrl), null))).AllowAnonymous();
        pages.MapPost("/login", SignIn).AllowAnonymous();
        pages.MapPost("/logout", SignOut);
        pages.MapGet("/denied", IResult () => Pages.Show<ErrorPage>(new PageProblem(403, "not-allowed", []), StatusCodes.Status403Forbidden));
        pages.MapPost("/language", ChooseLanguage).AllowAnonymous();
    }

    private static async Task<IResult> SignIn(HttpContext http, Tokens passwords, SignInManager<Account> signIn, MediatR.IMediator mediator)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (userName, password, returnUrl) = (form["userName"].ToString().Trim(), form["password"].ToString(), Pages.Local(form["returnUrl"]));
        if (userName.Length == 0 || password.Length == 0)
        {
            return Refuse("sign-in.incomplete", StatusCodes.Status400BadRequest);
        }

        if (await passwords.Check(userName, password) is not { } account)
        {
            return Refuse("sign-in.refused", StatusCodes.Status401Unauthorized);
        }

        await signIn.SignInAsync(account, isPersistent: false);
        await mediator.Send(new NoteSignIn.Command(account.UserName), http.RequestAborted);
        if (RequestLanguage.Known(account.Language) is { } language)
        {
            RequestLanguage.Remember(http, language);
        }

        return Pages.Next(http, returnUrl);

        IResult Refuse(string code, int status) =>
            Pages.Show<LoginPage>(new LoginModel(userName, returnUrl, new PageProblem(status, code, [])), status);
    }

    /// <summary>Ends every session and token of the account, not this one alone.</summary>
    private static async Task<IResult> SignOut(HttpContext http, SignInManager<Account> signIn)
    {
        if (await signIn.UserManager.GetUserAsync(http.User) is { } account)
        {
            await signIn.UserManager.UpdateSecurityStampAsync(account);
        }

        await signIn.SignOutAsync();
        return Pages.Next(http, "/login");
    }

    private static async Task<IResult> ChooseLanguage(HttpContext http, CurrentUser user, MediatR.IMediator mediator)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (RequestLanguage.Known(form["language"]) is { } language)
        {
            RequestLanguage.Remember(http, language);
            if (user.IsKnown)
            {
                await mediator.Send(new SetLanguage.Command(language), http.RequestAborted);
            }
        }

        return Pages.Next(http, Pages.Local(form["returnUrl"]));
    }
}

/// <param name="ReturnUrl">Already known to be an address of this site.</param>
public sealed record LoginModel(string UserName, string ReturnUrl, PageProblem? Problem);
