using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;

namespace TaskMatrix.Web.Organisations;

/// <summary>Name and password do not open a session; which of the two, or a lock, is not said (401).</summary>
internal sealed class SignInRefusedException : Exception;

/// <summary>Opaque bearer tokens, stored hashed, valid for 8 h by the wall clock, ended by sign-out or a new security stamp.</summary>
internal sealed class Tokens(
    UserManager<Account> users, SignInManager<Account> signIn, IPasswordHasher<Account> hasher, SignedInAccounts accounts, IWriteGate gate, TimeProvider wall)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    /// <summary>Checking against it takes an unknown name as long as a known one.</summary>
    private static string? _nobodysHash;

    /// <returns>Null for a wrong name, a wrong password, a locked or disabled account: they look the same.</returns>
    public async Task<(string Token, DateTimeOffset ExpiresAt, Account Account)?> Issue(string userName, string password, CancellationToken ct)
    {
        if (await Check(userName, password) is not { } account)
        {
            return null;
        }

        var token = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).Replace('+', '-').Replace('/', '_').TrimEnd('=');
        var row = new AccessToken { Hash = Hash(token), UserName = account.UserName, SecurityStamp = account.SecurityStamp, ExpiresAt = wall.GetUtcNow() + Lifetime };
        await gate.Run((db, inside) => Keep(db, row, inside), ct);
        return (token, row.ExpiresAt, account);
    }

    private async Task<int> Keep(StoreContext db, AccessToken row, CancellationToken ct)
    {
        var now = wall.GetUtcNow();
        db.AccessTokens.Add(row);
        await db.Accounts.Where(account => account.UserName == row.UserName).ExecuteUpdateAsync(set => set.SetProperty(account => account.LastSignInAt, now), ct);
        return await db.SaveChangesAsync(ct);
    }

    /// <summary>Counts failures towards the lockout.</summary>
    public async Task<Account?> Check(string userName, string password)
    {
        var account = await users.FindByNameAsync(userName);
        if (account is null or { Disabled: true } or { PasswordHash: null })
        {
            _nobodysHash ??= hasher.HashPassword(null!, "nobody");
            hasher.VerifyHashedPassword(null!, _nobodysHash, password);
            return null;
        }

        return (await signIn.CheckPasswordSignInAsync(account, password, lockoutOnFailure: true)).Succeeded ? account : null;
    }

    /// <returns>Null when the token is unknown, expired or ended.</returns>
    public Task<Account?> AccountOf(string token, CancellationToken ct) => accounts.OfToken(Hash(token), wall.GetUtcNow(), ct);

    public Task Revoke(string token, CancellationToken ct)
    {
        var hash = Hash(token);
        return gate.Run((db, inside) => db.AccessTokens.Where(row => row.Hash == hash).ExecuteUpdateAsync(row => row.SetProperty(r => r.Revoked, true), inside), ct);
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
