using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Web.Organisations;

/// <summary>Finds the account of the signed-in name anew with every request: a lost role or a lock counts at once. A token brings its account along. No cache keeps what a person was told.</summary>
internal sealed class CurrentUserMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, Session session, CurrentUser user, CatalogueSource catalogues, SignedInAccounts accounts)
    {
        if (context.User.Identity is { IsAuthenticated: true, Name: { } name })
        {
            var account = context.Features.Get<Account>() is { } known && known.UserName == name ? known
                : await accounts.Named(name, context.RequestAborted);
            if (account is null)
            {
                context.User = new System.Security.Claims.ClaimsPrincipal();
            }
            else
            {
                user.Actor = await Actor(account, session, catalogues, context.RequestAborted);
                context.Features.Set(account);
                context.Response.Headers.CacheControl = "no-store";
            }
        }

        await next(context);
    }

    /// <summary>People of a unit are asked for its own area, which decides what they are offered.</summary>
    private static async Task<Actor> Actor(Account account, Session session, CatalogueSource catalogues, CancellationToken ct)
    {
        var actor = account.ToActor();
        return actor.ActsFor(actor.Unit) && (await catalogues.Current(session, ct)).Set.AreaOf(actor.Jurisdiction, actor.Unit) is not null
            ? actor with { PassesDown = true }
            : actor;
    }
}
