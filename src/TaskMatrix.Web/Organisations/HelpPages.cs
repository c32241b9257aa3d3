using System.Text.RegularExpressions;
using TaskMatrix.Engine.TaskInstances;
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
public sealed partial record HelpModel(IReadOnlyList<ActionRule> Rules)
{
    public static readonly HelpModel Whole = new(TaskActions.Rules);

    /// <summary>Text for who may do it: the words of the rule, made a key.</summary>
    public static string PartyKey(ActionRule rule) => "party." + NoLetters().Replace(rule.Who.ToLowerInvariant(), "-").Trim('-');

    [GeneratedRegex("[^a-z]+")]
    private static partial Regex NoLetters();
}
