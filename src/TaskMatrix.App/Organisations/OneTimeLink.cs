using System.Security.Cryptography;
using System.Text;

namespace TaskMatrix.App.Organisations;

/// <summary>The secret of a link by which a person chooses the own password, once. Only its SHA-256 is stored.</summary>
public static class OneTimeLink
{
    /// <summary>By the wall clock.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Gives the account a new link in place of an older one.</summary>
    /// <returns>The secret; told once.</returns>
    internal static string Give(Account account, DateTimeOffset wall)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        (account.LinkHash, account.LinkUntil) = (Hash(secret), wall + Lifetime);
        return secret;
    }

    internal static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
