using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Web.Organisations;

/// <summary>
/// Without any account nobody could sign in, so the first start prints a link. Whoever opens it makes the three
/// administrators; it works once, for 24 h by the wall clock, and a new start without accounts prints another.
/// </summary>
internal sealed class FirstStart(IReadContexts contexts, IWriteGate gate, AccountCreation accounts, TimeProvider wall)
{
    /// <summary>The administrators that the first start makes, each with the post it is shown by.</summary>
    public static readonly (string Field, Role Role, string Post)[] Administrators =
    [
        ("system", Role.SystemAdministrator, "系统管理员"), ("security", Role.SecurityAdministrator, "安全管理员"), ("audit", Role.AuditAdministrator, "审计管理员"),
    ];

    private const string Setting = "first-start";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <returns>The secret of the link; null when there are accounts already.</returns>
    public async Task<string?> Begin(CancellationToken ct)
    {
        if (await accounts.AnyAccount(ct))
        {
            return null;
        }

        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        await Store($"{Hash(secret)} {(wall.GetUtcNow() + Lifetime).UtcTicks.ToString(CultureInfo.InvariantCulture)}", ct);
        return secret;
    }

    /// <summary>Whether the link still works.</summary>
    public async Task<bool> Knows(string? secret, CancellationToken ct)
    {
        await using var db = contexts.Create();
        var stored = await db.Settings.Where(setting => setting.Key == Setting).Select(setting => setting.Value).SingleOrDefaultAsync(ct);
        return secret is not null && stored?.Split(' ') is [var hash, var until]
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(Hash(secret)))
            && wall.GetUtcNow().UtcTicks < long.Parse(until, CultureInfo.InvariantCulture)
            && !await accounts.AnyAccount(ct);
    }

    /// <summary>Makes the three accounts, all checked before the first is made, and ends the link.</summary>
    /// <exception cref="FluentValidation.ValidationException">What is wrong with one of them (400); none was made.</exception>
    public async Task Complete(string jurisdiction, IReadOnlyDictionary<string, (string Name, string Password)> people, CancellationToken ct)
    {
        var wanted = Administrators.Select(admin => (admin.Field,
            Account: new NewAccount(people[admin.Field].Name, jurisdiction, Actor.OfficeUnit, admin.Post, [admin.Role], people[admin.Field].Password))).ToList();
        foreach (var (field, account) in wanted)
        {
            await accounts.Check(account, field + "Password", ct);
        }

        if (wanted.DistinctBy(one => one.Account.UserName.ToUpperInvariant()).Count() < wanted.Count)
        {
            throw new FluentValidation.ValidationException([new("auditName", "account.duplicate-user-name") { ErrorCode = "account.duplicate-user-name" }]);
        }

        foreach (var (_, account) in wanted)
        {
            await accounts.Create(account, ct);
        }

        await Store("used", ct);
    }

    private Task Store(string value, CancellationToken ct) => gate.Run(
        async (db, inside) =>
        {
            await StoredSetting.Keep(db, Setting, value, inside);
            return true;
        },
        ct);

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
