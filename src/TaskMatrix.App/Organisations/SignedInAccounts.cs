using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Organisations;

/// <summary>Who is signed in; asked anew with every request, so that a lost role or a lock counts at once.</summary>
public sealed class SignedInAccounts(IReadContexts contexts)
{
    private const string OfTokenText =
        """
        NOT disabled AND (user_name, security_stamp) IN
        (SELECT token.user_name, token.security_stamp FROM access_tokens AS token WHERE token.hash = $1 AND NOT token.revoked AND token.expires_at > $2)
        """;

    /// <summary>The same on both databases.</summary>
    private static Statement? _ofToken, _named;

    /// <param name="hash">SHA-256 of the token, as it is stored.</param>
    /// <param name="now">By the wall clock.</param>
    /// <returns>Null when the token is unknown, expired or ended, or its account is disabled.</returns>
    public Task<Account?> OfToken(string hash, DateTimeOffset now, CancellationToken ct) =>
        Ask(accounts => (_ofToken ??= accounts.Select(OfTokenText, typeof(string), typeof(long))).With(hash, now.UtcTicks), ct);

    /// <returns>Null when there is no such account, or it is disabled.</returns>
    public Task<Account?> Named(string userName, CancellationToken ct) =>
        Ask(accounts => (_named ??= accounts.Select("user_name = $1 AND NOT disabled", typeof(string))).With(userName), ct);

    private Task<Account?> Ask(Func<RowMap<Account>, Change> question, CancellationToken ct) => contexts.Ask(
        async db =>
        {
            var accounts = RowMap<Account>.Of(db);
            return (await db.Statements!.Read(question(accounts), row => accounts.Read(row).Row, ct)).SingleOrDefault();
        },
        ct);
}
