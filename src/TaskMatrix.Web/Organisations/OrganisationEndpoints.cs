using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Organisations;

/// <param name="Password">Never stored or logged.</param>
internal sealed record SignInBody(string? UserName, string? Password);

internal sealed record UserView(string UserName, string DisplayName, string Jurisdiction, string Unit, string Post, IReadOnlyList<string> Roles, string? Language)
{
    public static UserView Of(Account account) =>
        new(account.UserName, account.DisplayName, account.Jurisdiction, account.Unit, account.Post, [.. account.Roles.Select(Name)], account.Language);

    private static string Name(Engine.Organisations.Role role) => char.ToLowerInvariant(role.ToString()[0]) + role.ToString()[1..];
}

internal sealed record TokenView(string AccessToken, DateTimeOffset ExpiresAt, UserView User);

internal sealed record UnitBody(string? Id, string? Name, string? English, IReadOnlyList<string>? Aliases, IReadOnlyList<string>? Classes);

internal sealed record CloseUnitBody(string? Reason);

internal static class OrganisationEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder api)
    {
        api.MapPost("/tokens", async (SignInBody body, HttpContext context, Tokens tokens, CancellationToken ct) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return await tokens.Issue(body.UserName ?? "", body.Password ?? "", ct) is { } issued
                ? new TokenView(issued.Token, issued.ExpiresAt, UserView.Of(issued.Account))
                : throw new SignInRefusedException();
        }).AllowAnonymous().Produces<TokenView>().ProducesProblem(401);

        api.MapDelete("/tokens/current", async (HttpContext context, Tokens tokens, CancellationToken ct) =>
        {
            await tokens.Revoke(BearerHandler.TokenOf(context.Request)!, ct);
            return Results.NoContent();
        });

        api.MapGet("/me", (HttpContext context) => UserView.Of(context.Features.Get<Account>()!));
    }

    public static void MapOrganisations(this IEndpointRouteBuilder api)
    {
        api.MapGet("/jurisdictions", (IMediator mediator, CancellationToken ct) => mediator.Send(new ListJurisdictions.Query(), ct));
        api.MapGet("/jurisdictions/{jurisdiction}/units", (string jurisdiction, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ListUnits.Query(jurisdiction), ct));
        api.MapPost("/jurisdictions/{jurisdiction}/units", async (string jurisdiction, UnitBody body, IMediator mediator, CancellationToken ct) =>
        {
            var unit = await mediator.Send(new AddUnit.Command(jurisdiction, body.Id ?? "", body.Name ?? "", body.English, body.Aliases, body.Classes), ct);
            return Results.Created((string?)null, unit);
        }).WithMetadata(new Answers(201)).Produces<UnitView>(201);
        api.MapPost("/jurisdictions/{jurisdiction}/units/{id}/close", (string jurisdiction, string id, CloseUnitBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new CloseUnit.Command(jurisdiction, id, body.Reason ?? ""), ct));
    }
}
