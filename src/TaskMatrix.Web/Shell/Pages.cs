using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace TaskMatrix.Web.Shell;

/// <summary>Answers of page endpoints.</summary>
internal static class Pages
{
    /// <summary>A page is a function of its model; all else it shows comes from the visit.</summary>
    public static IResult Show<TPage>(object model, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        new Page<TPage>(model, status);

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

/// <summary>Renders a component to a whole page before the first byte is sent, so a fault can still become an error page.</summary>
internal sealed class Page<TPage>(object model, int status) : IResult
    where TPage : IComponent
{
    public async Task ExecuteAsync(HttpContext http)
    {
        var services = http.RequestServices;
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Model"] = model });
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TPage>(parameters)).ToHtmlString());
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(Readable(html), http.RequestAborted);
    }

    /// <summary>
    /// The renderer writes every character beyond ASCII as a number. As themselves they mean the same, weigh a third and
    /// can be searched for; what ASCII encodes (angle brackets, quotes, ampersand) stays encoded.
    /// </summary>
    private static string Readable(string html)
    {
        var text = new StringBuilder(html.Length);
        var rest = html.AsSpan();
        for (var at = rest.IndexOf(Numbered); at >= 0; at = rest.IndexOf(Numbered))
        {
            var digits = rest[(at + Numbered.Length)..];
            digits = digits[..Math.Max(0, digits.IndexOf(';'))];
            if (digits.Length is > 1 and < 7 && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && ReadsAsItself(code))
            {
                text.Append(rest[..at]).Append(new Rune(code));
                rest = rest[(at + Numbered.Length + digits.Length + 1)..];
            }
            else
            {
                text.Append(rest[..(at + Numbered.Length)]);
                rest = rest[(at + Numbered.Length)..];
            }
        }

        return text.Append(rest).ToString();
    }

    private const string Numbered = "&#x";

    /// <summary>Marks nobody sees (spaces, writing direction) stay numbers, so that they are seen in the source.</summary>
    private static bool ReadsAsItself(int code) => code is >= 0xA1 and (< 0x2000 or > 0x206F) and (< 0xD800 or > 0xDFFF) and <= 0x10FFFF;
}
