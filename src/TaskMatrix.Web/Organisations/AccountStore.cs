using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;

namespace TaskMatrix.Web.Organisations;

/// <summary>Keeps Identity's accounts in the same database, writing through the same gate.</summary>
internal sealed class AccountStore(IReadContexts contexts, IWriteGate gate)
    : IUserPasswordStore<Account>, IUserSecurityStampStore<Account>, IUserLockoutStore<Account>
{
    public Task<string> GetUserIdAsync(Account user, CancellationToken ct) => Task.FromResult(user.UserName);

    public Task<string?> GetUserNameAsync(Account user, CancellationToken ct) => Task.FromResult<string?>(user.UserName);

    /// <summary>A user name never changes: it stands in the record.</summary>
    public Task SetUserNameAsync(Account user, string? userName, CancellationToken ct) =>
        userName == user.UserName ? Task.CompletedTask : throw new NotSupportedException("A user name never changes.");

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken ct) => Task.FromResult<string?>(user.NormalizedUserName);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken ct)
    {
        user.NormalizedUserName = normalizedName!;
        return Task.CompletedTask;
    }

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken ct) => Write(db => db.Accounts.Add(user), ct);

    /// <summary>Only what Identity looks after: what an administrator changed meanwhile stays.</summary>
    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken ct) => Write(
        db =>
        {
            var row = db.Accounts.Attach(user);
            foreach (var column in new[] { nameof(Account.PasswordHash), nameof(Account.SecurityStamp), nameof(Account.AccessFailedCount), nameof(Account.LockoutEnd) })
            {
                row.Property(column).IsModified = true;
            }
        },
        ct);

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken ct) => Write(db => db.Accounts.Remove(user), ct);

    public Task<Account?> FindByIdAsync(string userId, CancellationToken ct) => Find(account => account.UserName == userId, ct);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken ct) => Find(account => account.NormalizedUserName == normalizedUserName, ct);

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken ct)
    {
        user.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken ct) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken ct) => Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken ct)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken ct) => Task.FromResult<string?>(user.SecurityStamp);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Account user, CancellationToken ct) => Task.FromResult(user.LockoutEnd);

    public Task SetLockoutEndDateAsync(Account user, DateTimeOffset? lockoutEnd, CancellationToken ct)
    {
        user.LockoutEnd = lockoutEnd;
        return Task.CompletedTask;
    }

    public Task<int> IncrementAccessFailedCountAsync(Account user, CancellationToken ct) => Task.FromResult(++user.AccessFailedCount);

    public Task ResetAccessFailedCountAsync(Account user, CancellationToken ct)
    {
        user.AccessFailedCount = 0;
        return Task.CompletedTask;
    }

    public Task<int> GetAccessFailedCountAsync(Account user, CancellationToken ct) => Task.FromResult(user.AccessFailedCount);

    public Task<bool> GetLockoutEnabledAsync(Account user, CancellationToken ct) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(Account user, bool enabled, CancellationToken ct) => Task.CompletedTask;

    public void Dispose()
    {
    }

    private async Task<Account?> Find(System.Linq.Expressions.Expression<Func<Account, bool>> which, CancellationToken ct)
    {
        await using var db = contexts.Create();
        return await db.Accounts.AsNoTracking().SingleOrDefaultAsync(which, ct);
    }

    private Task<IdentityResult> Write(Action<StoreContext> change, CancellationToken ct) =>
        gate.Run(
            async (db, inside) =>
            {
                change(db);
                await db.SaveChangesAsync(inside);
                return IdentityResult.Success;
            },
            ct);
}
