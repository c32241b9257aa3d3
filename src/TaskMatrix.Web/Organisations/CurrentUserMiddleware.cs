using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using Microsoft.EntityFrameworkCore;

namespace TaskMatrix.Web.Organisations;

/// <summary>Finds the account of the signed-in name anew with every request: a lost role or a lock counts at once. No cache keeps what a person was told.</summary>
internal sealed class CurrentUserMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, Session session, CurrentUser user)
    {
        if (context.User.Identity is { IsAuthenticated: true, Name: { } name })
        {
            var account = await session.Db.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.UserName == name && !account.Disabled, context.RequestAborted);
            if (account is null)
            {
                context.User = new System.Security.Claims.ClaimsPrincipal();
            }
            else
            {
                user.Actor = account.ToActor();
                context.Features.Set(account);
                context.Response.Headers.CacheControl = "no-store";
            }
        }

        await next(context);
    }
}
