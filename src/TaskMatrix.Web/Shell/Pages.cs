using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace TaskMatrix.Web.Shell;

/// <summary>Answers of page endpoints.</summary>
internal static class Pages
{
    /// <summary>A page is a function of its model; all else it shows comes from the visit.</summary>
    public static RazorComponentResult Show<TPage>(object model, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        new RazorComponentResult(typeof(TPage), new Dictionary<string, object?> { ["Model"] = model }) { StatusCode = status };

    /// <summary>After a form was done: the browser fetches the next page, so that going back posts nothing.</summary>
    public static IResult Next(HttpContext http, string address)
    {
        http.Response.Headers.Location = address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>An address of this site; anything else (//evil, /\evil, https:evil) becomes the desk.</summary>
    public static string Local(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) && !address.Contains('\\') ? address : "/";
}
