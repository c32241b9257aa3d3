using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Organisations;

/// <param name="Places">Jurisdictions to choose from, id and name.</param>
public sealed record SetupModel(string Key, IReadOnlyList<(string Id, string Name)> Places, FormState Form);

/// <summary>The page behind the link of the first start.</summary>
internal static class SetupPages
{
    public static void MapSetupPage(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/setup", Show).AllowAnonymous();
        pages.MapPost("/setup", Make).AllowAnonymous();
    }

    private static async Task<IResult> Show(string? key, FirstStart first, IReadContexts contexts, CatalogueSource catalogues, CancellationToken ct) =>
        await first.Knows(key, ct) ? Pages.Show<SetupPage>(await Model(key!, new FormState("setup"), contexts, catalogues, ct)) : Ended();

    private static async Task<IResult> Make(
        HttpContext http, FirstStart first, IReadContexts contexts, CatalogueSource catalogues, ProblemWords words)
    {
        var ct = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(ct);
        var key = form["key"].ToString();
        if (!await first.Knows(key, ct))
        {
            return Ended();
        }

        try
        {
            await first.Complete(
                form["jurisdiction"].ToString(),
                FirstStart.Administrators.ToDictionary(admin => admin.Field, admin => (form[admin.Field + "Name"].ToString().Trim(), form[admin.Field + "Password"].ToString())), ct);
        }
        catch (FluentValidation.ValidationException invalid)
        {
            var state = new FormState("setup", form, PageProblem.Of(invalid, http.TraceIdentifier), words);
            return Pages.Show<SetupPage>(await Model(key, state, contexts, catalogues, ct), StatusCodes.Status400BadRequest);
        }

        Flash.Tell(http, "done.setup");
        return Pages.Next(http, "/login");
    }

    private static async Task<SetupModel> Model(string key, FormState form, IReadContexts contexts, CatalogueSource catalogues, CancellationToken ct)
    {
        await using var db = contexts.Create();
        var set = (await catalogues.Current(db, ct)).Set;
        return new SetupModel(key, [.. set.Jurisdictions.Select(place => (place.Id, Texts.Pick(place.Name, place.English)))], form);
    }

    private static IResult Ended() => Pages.Show<ErrorPage>(new PageProblem(404, "setup.link-ended", []), StatusCodes.Status404NotFound);
}
