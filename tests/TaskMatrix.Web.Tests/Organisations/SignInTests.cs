using System.Net.Http.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TaskMatrix.App.Organisations;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Tests.Hosting;

namespace TaskMatrix.Web.Tests.Organisations;

public sealed class SignInTests
{
    [Fact]
    public async Task Signs_in_with_the_demo_password_and_says_who_it_is_and_until_when()
    {
        var api = await RunningApi.Shared;
        var answer = await SignIn(api, "taiping.education");
        var signedIn = answer.Ok();
        Assert.Equal(["no-store"], answer.Headers["Cache-Control"]);

        Assert.Equal(api.Wall.Now.AddHours(8), signedIn.Moment("expiresAt"));
        var user = signedIn["user"]!;
        Assert.Equal(("taiping.education", "taiping", "education"), (user.Text("userName"), user.Text("jurisdiction"), user.Text("unit")));
        Assert.Equal(["liaison"], user.Texts("roles"));
        Assert.NotEmpty(user.Text("displayName"));

        var me = (await api.WithToken(signedIn.Text("accessToken")).Get("/api/me")).Ok();
        Assert.Equal(user.ToJsonString(), me.ToJsonString());
    }

    [Theory]
    [InlineData("taiping.office", "office")]
    [InlineData("taiping.leader", "leader")]
    [InlineData("taiping.inspector", "inspector")]
    [InlineData("lanxi.sysadmin", "systemAdministrator")]
    [InlineData("lanxi.secadmin", "securityAdministrator")]
    [InlineData("lanxi.auditor", "auditAdministrator")]
    [InlineData("taiping.education.head", "head officeMember")]
    [InlineData("lanxi.finance.head", "head")]
    public async Task Knows_the_roles_of_every_account(string userName, string roles)
    {
        var api = await RunningApi.Shared;
        Assert.Equal(roles.Split(' '), (await api.As(userName).Get("/api/me")).Ok().Texts("roles"));
    }

    [Fact]
    public async Task Answers_a_wrong_password_and_an_unknown_user_alike()
    {
        var api = await RunningApi.Shared;
        var wrong = (await SignIn(api, "taiping.health", "not this one")).Refused(401, "sign-in.refused");
        var unknown = (await SignIn(api, "nobody.at-all", "not this one")).Refused(401, "sign-in.refused");
        var empty = (await api.Anonymous.Post("/api/tokens")).Refused(401, "sign-in.refused");

        foreach (var answer in new[] { wrong, unknown, empty })
        {
            answer.AsObject().Remove("traceId");
        }

        Assert.Equal(wrong.ToJsonString(), unknown.ToJsonString());
        Assert.Equal(wrong.ToJsonString(), empty.ToJsonString());
    }

    [Fact]
    public async Task Locks_after_five_failures_for_a_quarter_of_an_hour()
    {
        await using var api = await RunningApi.Start();
        for (var failure = 1; failure <= 5; failure++)
        {
            (await SignIn(api, "taiping.finance", "wrong")).Refused(401, "sign-in.refused");
        }

        (await SignIn(api, "taiping.finance")).Refused(401, "sign-in.refused");
        (await SignIn(api, "taiping.justice")).Ok();

        var until = (await api.Read(db => db.Accounts.SingleAsync(account => account.UserName == "taiping.finance"))).LockoutEnd;
        Assert.InRange(until!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(13), TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task Counts_failures_anew_after_a_success()
    {
        await using var api = await RunningApi.Start();
        for (var round = 1; round <= 2; round++)
        {
            for (var failure = 1; failure <= 4; failure++)
            {
                (await SignIn(api, "taiping.finance", "wrong")).Refused(401, "sign-in.refused");
            }

            (await SignIn(api, "taiping.finance")).Ok();
        }
    }

    [Fact]
    public async Task Ends_a_token_by_deleting_it_and_no_other()
    {
        var api = await RunningApi.Shared;
        var (first, second) = (await Token(api, "taiping.commerce"), await Token(api, "taiping.commerce"));
        Assert.NotEqual(first, second);

        Assert.Equal(204, (await api.WithToken(first).Delete("/api/tokens/current")).Status);

        (await api.WithToken(first).Get("/api/me")).Refused(401, "not-signed-in");
        (await api.WithToken(second).Get("/api/me")).Ok();
    }

    [Fact]
    public async Task Ends_a_token_after_eight_hours_of_the_wall_clock_whatever_the_exercise_does()
    {
        await using var api = await RunningApi.Start();
        var caller = api.WithToken(await Token(api, "taiping.office"));
        (await caller.Post("/api/exercise/advance", new { by = "PT9H" })).Ok();
        api.Wall.Now += TimeSpan.FromHours(8) - TimeSpan.FromSeconds(1);
        (await caller.Get("/api/me")).Ok();

        api.Wall.Now += TimeSpan.FromSeconds(1);
        (await caller.Get("/api/me")).Refused(401, "not-signed-in");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-such-token")]
    [InlineData("' OR 1=1 --")]
    public async Task Refuses_a_token_nobody_was_given(string token)
    {
        var api = await RunningApi.Shared;
        var answer = await api.WithToken(token).Get("/api/me");
        answer.Refused(401, "not-signed-in");
        Assert.Equal(["Bearer"], answer.Headers["WWW-Authenticate"]);
    }

    [Fact]
    public async Task A_cookie_opens_no_call_of_the_api()
    {
        var api = await RunningApi.Shared;
        var cookie = await Cookie(api, "taiping.office");
        (await api.Anonymous.Send(HttpMethod.Get, "/api/me", null, cookie: cookie)).Refused(401, "not-signed-in");
        (await api.Anonymous.Send(HttpMethod.Post, "/api/tasks", JsonContent.Create(new { title = "a", leadUnit = "education", dueIn = "P1D" }), cookie: cookie))
            .Refused(401, "not-signed-in");
    }

    [Fact]
    public async Task Never_stores_a_token_in_clear()
    {
        await using var api = await RunningApi.Start();
        var token = await Token(api, "taiping.office");
        var hashes = await api.Read(db => Task.FromResult(db.AccessTokens.Select(row => row.Hash).ToList()));
        Assert.DoesNotContain(token, hashes);
        Assert.All(hashes, hash => Assert.Equal(64, hash.Length));
    }

    private static Task<Answer> SignIn(RunningApi api, string userName, string password = DemoAccounts.Password) =>
        api.Anonymous.Post("/api/tokens", new { userName, password });

    private static async Task<string> Token(RunningApi api, string userName) => (await SignIn(api, userName)).Ok().Text("accessToken");

    /// <summary>The cookie that signing in on a page would set.</summary>
    private static async Task<string> Cookie(RunningApi api, string userName)
    {
        await using var scope = api.Services.CreateAsyncScope();
        var account = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByNameAsync(userName);
        var principal = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Account>>().CreateAsync(account!);
        var options = scope.ServiceProvider.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var ticket = options.TicketDataFormat.Protect(new AuthenticationTicket(principal, IdentityConstants.ApplicationScheme));
        return $"{options.Cookie.Name}={ticket}";
    }
}
