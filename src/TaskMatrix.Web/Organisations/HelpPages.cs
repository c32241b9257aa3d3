using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Organisations;

internal static class HelpPages
{
    public static void MapHelpPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/help", IResult () => Pages.Show<HelpPage>(HelpModel.Whole));
        pages.MapGet("/favicon.ico", () => Results.LocalRedirect("/mark.svg", permanent: true)).AllowAnonymous();
    }
}

/// <summary>The help page reads the state table of the engine, so it cannot say anything else.</summary>
internal sealed record HelpModel(IReadOnlyList<Engine.TaskInstances.ActionRule> Rules)
{
    public static readonly HelpModel Whole = new(Engine.TaskInstances.TaskActions.Rules);
}
