using System.Globalization;

namespace TaskMatrix.Web.Hosting;

/// <summary>The two languages of the product.</summary>
internal static class Languages
{
    public static readonly string[] All = ["zh-CN", "en"];

    public static bool IsEnglish(HttpContext context) =>
        (context.Features.Get<Microsoft.AspNetCore.Localization.IRequestCultureFeature>()?.RequestCulture.UICulture ?? CultureInfo.CurrentUICulture)
        .TwoLetterISOLanguageName == "en";
}
