using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using TaskMatrix.App.Organisations;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Organisations;

/// <summary>Cookie with antiforgery for pages, revocable bearer for the API.</summary>
internal static class SignInServices
{
    public const string Either = "TaskMatrix";

    public static IServiceCollection AddSignIn(this IServiceCollection services, ServeOptions options)
    {
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, scheme => scheme.ForwardDefaultSelector = context =>
                context.Request.Path.StartsWithSegments("/api") || context.Request.Path == Metrics.Path ? BearerHandler.Scheme : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.Scheme, null)
            .AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(cookie => Set(cookie, options)));
        services.AddIdentityCore<Account>(Set).AddSignInManager().AddUserStore<AccountStore>();
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = TimeSpan.Zero);
        services.AddScoped<Tokens>().AddScoped<AccountCreation>().AddScoped<Passwords>().AddScoped<FirstStart>();
        services.AddAuthorization(policies => policies.FallbackPolicy = new AuthorizationPolicyBuilder(Either).RequireAuthenticatedUser().Build());
        services.AddSingleton<KeyRing>();
        services.AddDataProtection().SetApplicationName("TaskMatrix");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = provider.GetRequiredService<KeyRing>()));
        services.AddAntiforgery(form =>
        {
            form.Cookie.Name = Name("TaskMatrix.Form", options);
            form.Cookie.SecurePolicy = Policy(options);
            form.Cookie.SameSite = SameSiteMode.Strict;
        });
        return services;
    }

    /// <summary>Five failures lock for a quarter of an hour; while locked, the right password is refused too.</summary>
    private static void Set(IdentityOptions identity)
    {
        identity.Lockout.MaxFailedAccessAttempts = 5;
        identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        identity.Password.RequiredLength = 12;
        identity.ClaimsIdentity.UserNameClaimType = System.Security.Claims.ClaimTypes.Name;
    }

    private static void Set(CookieAuthenticationOptions cookie, ServeOptions options)
    {
        cookie.Cookie.Name = Name("TaskMatrix", options);
        cookie.Cookie.SecurePolicy = Policy(options);
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.ExpireTimeSpan = TimeSpan.FromHours(8);
        cookie.LoginPath = "/login";
        cookie.AccessDeniedPath = "/denied";
        cookie.Events.OnRedirectToLogin = AskToSignIn;
    }

    /// <summary>Whoever sends a form after the session has ended gets back what was written, not an empty login page.</summary>
    private static async Task AskToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Redirect(context.RedirectUri);
            return;
        }

        await http.RequestServices.GetRequiredService<Visit>().Begin(http);
        var problem = new PageProblem(StatusCodes.Status401Unauthorized, "form.signed-out", [])
        {
            Written = await WrittenForm.Read(http), Again = WrittenForm.Page(http.Request),
        };
        await Pages.Show<ErrorPage>(problem, problem.Status).ExecuteAsync(http);
    }

    /// <summary>On loopback http, with --demo alone, there is no Secure and so no __Host-.</summary>
    private static string Name(string name, ServeOptions options) => options.Demo ? name : "__Host-" + name;

    private static CookieSecurePolicy Policy(ServeOptions options) => options.Demo ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
}
