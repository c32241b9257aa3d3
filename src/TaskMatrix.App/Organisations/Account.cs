using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Organisations;

/// <summary>A person who signs in. Officials appear by post, so the display name of a demo account is its post.</summary>
public sealed class Account
{
    /// <summary>Also the user name; never changes.</summary>
    public required string UserName { get; init; }

    public required string NormalizedUserName { get; set; }

    public required string DisplayName { get; set; }

    public required string Jurisdiction { get; set; }

    /// <summary>Unit id; the leading-group office for its staff, the leading group for leaders.</summary>
    public required string Unit { get; set; }

    public required string Post { get; set; }

    public required IReadOnlyList<Role> Roles { get; set; }

    public string? PasswordHash { get; set; }

    /// <summary>Changes with the password, the roles and on sign-out; a session that carries another one ends.</summary>
    public string SecurityStamp { get; set; } = "";

    public int AccessFailedCount { get; set; }

    public DateTimeOffset? LockoutEnd { get; set; }

    public bool Disabled { get; set; }

    /// <summary>zh-CN or en; null follows the browser.</summary>
    public string? Language { get; set; }

    /// <summary>At work, for those who have to reach the post; masked for others. Null: none was given.</summary>
    public string? Phone { get; set; }

    /// <summary>Wall clock; null: never yet.</summary>
    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>SHA-256 of the one-time link by which the person chooses a password; null when none is open.</summary>
    public string? LinkHash { get; set; }

    /// <summary>Wall clock; from then on the link no longer works.</summary>
    public DateTimeOffset? LinkUntil { get; set; }

    /// <summary>Ends every session and token.</summary>
    public void EndSessions() => SecurityStamp = Guid.NewGuid().ToString("N");

    public Actor ToActor() => new(UserName, DisplayName, Post, Jurisdiction, Unit, Roles);
}

/// <summary>A bearer token. Only its SHA-256 is stored.</summary>
public sealed class AccessToken
{
    public required string Hash { get; init; }

    public required string UserName { get; init; }

    /// <summary>The account's stamp when it was issued; another one since makes the token void.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>Wall clock.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public bool Revoked { get; set; }

    /// <summary>What it is called in lists: too little of the hash to find it by anything else.</summary>
    public string Name => Hash[..12];
}
