using System.Globalization;
using Microsoft.AspNetCore.Localization;
using TaskMatrix.App.Organisations;

namespace TaskMatrix.Web.Shell;

/// <summary>The language of an answer: for the API Accept-Language alone, for pages the cookie first; else Chinese.</summary>
internal sealed class RequestLanguage(RequestDelegate next)
{
    public const string Cookie = "lang";

    public static readonly IReadOnlyList<string> All = ["zh-CN", "en"];

    public Task InvokeAsync(HttpContext context)
    {
        var chosen = context.Request.Path.StartsWithSegments("/api") ? null : Known(context.Request.Cookies[Cookie]);
        Use(context, chosen ?? Accepted(context.Request) ?? All[0]);
        return next(context);
    }

    /// <summary>The profile of whoever is signed in comes before the cookie.</summary>
    public static void UseProfile(HttpContext context)
    {
        if (Known(context.Features.Get<Account>()?.Language) is { } profile)
        {
            Use(context, profile);
        }
    }

    public static void Remember(HttpContext context, string language) => context.Response.Cookies.Append(
        Cookie, language,
        new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/", MaxAge = TimeSpan.FromDays(365) });

    public static string? Known(string? language) => All.FirstOrDefault(known => known == language);

    private static void Use(HttpContext context, string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        context.Features.Set<IRequestCultureFeature>(new RequestCultureFeature(new RequestCulture(culture), null));
    }

    private static string? Accepted(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => language.Value.Value?.Split('-')[0].ToLowerInvariant())
        .Select(language => language switch { "zh" => "zh-CN", "en" => "en", _ => null })
        .FirstOrDefault(language => language is not null);
}
