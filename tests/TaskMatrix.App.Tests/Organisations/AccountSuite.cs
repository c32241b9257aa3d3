using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Organisations;

public sealed class AccountsOnSqlite() : AccountSuite(new SqliteDatabase());

public sealed class AccountsOnPostgres() : AccountSuite(new PostgresDatabase());

public abstract class AccountSuite(ITestDatabase database)
{
    private const string Name = "taiping.clerk";

    [Fact]
    public async Task An_account_waits_for_roles_and_a_password_and_each_step_is_in_the_record()
    {
        await using var system = await TestSystem.Start(database);

        var made = await system.Send(new CreateAccount.Command(Name, "区教育局", "联络员"), People.SystemAdministrator);
        Assert.Equal((AccountStatus.Waiting, "education"), (made.Account.Status, made.Account.Unit));
        await Assert.ThrowsAsync<ValidationException>(() => system.Send(new CreateAccount.Command(Name, "education", "联络员"), People.SystemAdministrator));
        Assert.DoesNotContain(made.Secret, (await system.Read(db => db.Accounts.SingleAsync(account => account.UserName == Name))).LinkHash!, StringComparison.Ordinal);

        var given = await system.Send(new SetAccountRoles.Command(Name, [Role.Liaison], "上岗"), People.SecurityAdministrator);
        Assert.Equal(AccountStatus.Invited, given.Status);
        Assert.Equal(Name, await system.Send(new FindAccountLink.Query(made.Secret)));
        await system.Send(new SetPassword.Command(Name, made.Secret, "hash"));
        Assert.Null(await system.Send(new FindAccountLink.Query(made.Secret)));
        var used = await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new SetPassword.Command(Name, made.Secret, "another")));
        Assert.Equal("account.link-ended", used.Code);
        Assert.Equal(AccountStatus.Active, (await system.Send(new GetAccount.Query(Name), People.SecurityAdministrator)).Account.Status);

        var record = await system.Send(new ListAudit.Query(null, null, null, null, TestSystem.Morning.AddMinutes(-1), null, new Paging(null, Paging.Most)), People.Inspector);
        var about = record.Items.Where(entry => (entry.Details?.ToJsonString() ?? "").Contains(Name, StringComparison.Ordinal)).ToList();
        Assert.Equal(["create-account", "set-password", "set-roles"], about.Select(entry => entry.Action).Order());
        Assert.DoesNotContain(about, entry => entry.Details!.ToJsonString().Contains("hash", StringComparison.OrdinalIgnoreCase));
        Assert.True((await system.Send(new VerifyRecord.Query(), People.Inspector)).Ok);
    }

    [Fact]
    public async Task A_link_ends_after_a_day()
    {
        await using var system = await TestSystem.Start(database);
        var made = await system.Send(new CreateAccount.Command(Name, "education", "联络员"), People.SystemAdministrator);

        system.Pass(OneTimeLink.Lifetime);

        Assert.Null(await system.Send(new FindAccountLink.Query(made.Secret)));
        await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new SetPassword.Command(Name, made.Secret, "hash")));
    }

    [Fact]
    public async Task Disabling_ends_sessions_and_tokens()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(new AddDemoAccounts.Command(new("hash")));
        var before = await system.Read(db => db.Accounts.SingleAsync(account => account.UserName == "taiping.health"));

        await system.Send(new ChangeAccount.Command("taiping.health", AccountAct.Disable, "调离"), People.SecurityAdministrator);

        var after = await system.Read(db => db.Accounts.SingleAsync(account => account.UserName == "taiping.health"));
        Assert.True(after.Disabled);
        Assert.NotEqual(before.SecurityStamp, after.SecurityStamp);
        var again = await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new ChangeAccount.Command("taiping.health", AccountAct.Disable, "调离"), People.SystemAdministrator));
        Assert.Equal(("account.disabled", RuleKind.Conflict), (again.Code, again.Kind));
        await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new ChangeAccount.Command("lanxi.health-center", AccountAct.Disable, "r"), People.SecurityAdministrator));
    }

    /// <summary>Who is disabled by whatever way is signed in no longer, although the stamp of the token is still the account's.</summary>
    [Fact]
    public async Task A_disabled_account_is_nobody_although_its_stamp_is_the_same()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(new AddDemoAccounts.Command(new("hash")));
        var (accounts, now) = (system.Services.GetRequiredService<SignedInAccounts>(), TestSystem.Morning);
        var stamp = (await system.Read(db => db.Accounts.SingleAsync(account => account.UserName == "taiping.health"))).SecurityStamp;
        await system.Tamper($"INSERT INTO access_tokens (hash, user_name, security_stamp, expires_at, revoked) VALUES ('h', 'taiping.health', {stamp}, {now.AddHours(1).UtcTicks}, {false})");
        Assert.Equal("taiping.health", (await accounts.OfToken("h", now, CancellationToken.None))?.UserName);
        Assert.Null(await accounts.OfToken("h", now.AddHours(1), CancellationToken.None));
        Assert.NotNull(await accounts.Named("taiping.health", CancellationToken.None));

        Assert.Equal(1, await system.Tamper($"UPDATE accounts SET disabled = {true} WHERE user_name = 'taiping.health'"));

        Assert.Null(await accounts.OfToken("h", now, CancellationToken.None));
        Assert.Null(await accounts.Named("taiping.health", CancellationToken.None));
    }

    [Theory]
    [InlineData("taiping.health")]
    [InlineData("taiping.health.head")]
    [InlineData("lanxi.auditor")]
    public async Task Accounts_for_trying_out_are_made_where_they_are_missing(string missing)
    {
        await using var system = await TestSystem.Start(database);
        Assert.True(await system.Send(new AddDemoAccounts.Command(new("hash"))) > 50);
        Assert.Equal(0, await system.Send(new AddDemoAccounts.Command(new(() => throw new InvalidOperationException("Nobody needs a password.")))));

        Assert.Equal(1, await system.Tamper($"DELETE FROM accounts WHERE user_name = {missing}"));
        Assert.Equal(1, await system.Send(new AddDemoAccounts.Command(new("hash"))));
    }

    [Fact]
    public async Task Pages_of_the_list_hold_each_account_of_the_jurisdiction_exactly_once()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(new AddDemoAccounts.Command(new("hash")));
        var (names, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await system.Send(new ListAccounts.Query(null, null, AccountStatus.Active, null, new Paging(cursor, 7)), People.SystemAdministrator);
            names.AddRange(page.Items.Select(account => account.UserName));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        var all = await system.Read(db => db.Accounts.Where(account => account.Jurisdiction == "taiping").Select(account => account.UserName).ToListAsync());
        Assert.Equal(all.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
        Assert.Equal(names.Distinct().Count(), names.Count);
    }
}
