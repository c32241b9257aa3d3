using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Organisations;

/// <summary>Whether somebody can sign in with an account, and if not, why.</summary>
public enum AccountStatus
{
    /// <summary>No role was given yet.</summary>
    Waiting,

    Disabled,

    /// <summary>Too many wrong passwords; ends by itself.</summary>
    Locked,

    /// <summary>No password was chosen yet.</summary>
    Invited,

    Active,
}

/// <summary>An account as its administrators see it.</summary>
/// <param name="LastSignInAt">Wall clock; null: never yet.</param>
/// <param name="LinkUntil">Until when its one-time link works; null when none is open.</param>
public sealed record AccountView(
    string UserName, string Jurisdiction, string Unit, string Post, IReadOnlyList<Role> Roles, AccountStatus Status, DateTimeOffset? LastSignInAt,
    DateTimeOffset? LockedUntil, DateTimeOffset? LinkUntil)
{
    /// <param name="wall">Locks and links go by the wall clock.</param>
    internal static AccountView Of(Account row, DateTimeOffset wall) => new(
        row.UserName, row.Jurisdiction, row.Unit, row.Post, row.Roles, StatusOf(row, wall), row.LastSignInAt, row.LockoutEnd > wall ? row.LockoutEnd : null,
        row.LinkUntil > wall ? row.LinkUntil : null);

    private static AccountStatus StatusOf(Account row, DateTimeOffset wall) => row switch
    {
        { Roles.Count: 0 } => AccountStatus.Waiting,
        { Disabled: true } => AccountStatus.Disabled,
        _ when row.LockoutEnd > wall => AccountStatus.Locked,
        { PasswordHash: null } => AccountStatus.Invited,
        _ => AccountStatus.Active,
    };
}

/// <summary>A bearer token that still opens the API.</summary>
/// <param name="Name">What it is called in lists; not the token, nor anything it can be found by.</param>
public sealed record TokenListView(string Name, DateTimeOffset ExpiresAt);
