using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Organisations;

/// <summary>What a person sees of the own account beside the language.</summary>
public static class GetOwnAccount
{
    public sealed record Query : IRequest<Result>;

    /// <param name="Tokens">The own bearer tokens that still open the API.</param>
    public sealed record Result(string? Phone, DateTimeOffset? LastSignInAt, IReadOnlyList<TokenListView> Tokens);

    internal sealed class Handler(Session session, CurrentUser user, TimeProvider wall) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            var account = await session.Db.Accounts.AsNoTracking().SingleAsync(account => account.UserName == user.Actor.UserName, ct);
            return new Result(account.Phone, account.LastSignInAt, await TokenList.Of(session, account, wall.GetUtcNow(), ct));
        }
    }
}

/// <summary>A person says where the post is reached at work.</summary>
public static class SetPhone
{
    /// <param name="Phone">Digits, blanks, + and -; null or empty: none.</param>
    public sealed record Command(string? Phone) : IRequest<string?>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Phone).MaximumLength(30)
            .Must(phone => phone!.All(c => char.IsAsciiDigit(c) || c is ' ' or '+' or '-')).When(command => command.Phone is not null).WithErrorCode("account.bad-phone");
    }

    internal sealed class Handler(Session session, CurrentUser user, AccountDesk desk) : IRequestHandler<Command, string?>
    {
        public async Task<string?> Handle(Command command, CancellationToken ct)
        {
            var account = await session.Db.Accounts.AsTracking().SingleAsync(account => account.UserName == user.Actor.UserName, ct);
            account.Phone = string.IsNullOrWhiteSpace(command.Phone) ? null : command.Phone.Trim();
            await desk.Note(account, "set-phone", [], ct);
            return account.Phone;
        }
    }
}

/// <summary>A person ends one of the own bearer tokens.</summary>
public static class RevokeOwnToken
{
    public sealed record Command(string Name) : IRequest<bool>, ICommand;

    internal sealed class Handler(Session session, CurrentUser user) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var mine = await session.Db.AccessTokens.AsTracking().Where(token => token.UserName == user.Actor.UserName && !token.Revoked).ToListAsync(ct);
            var named = mine.Find(token => token.Name == command.Name) ?? throw new NotFoundException("token", command.Name);
            return named.Revoked = true;
        }
    }
}

/// <summary>A password that its person chose, signed in or by the one-time link. All other sessions and tokens end.</summary>
public static class SetPassword
{
    /// <param name="Secret">Of the link; null: the person is signed in and has given the old password.</param>
    /// <param name="Hash">Of the new password, which no command carries.</param>
    public sealed record Command(string UserName, string? Secret, string Hash) : IRequest<bool>, ICommand;

    internal sealed class Handler(Session session, CurrentUser user, AccountDesk desk, TimeProvider wall) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var account = await session.Db.Accounts.AsTracking().SingleAsync(account => account.UserName == command.UserName, ct);
            var allowed = command.Secret is { } secret
                ? account.LinkHash == OneTimeLink.Hash(secret) && account.LinkUntil > wall.GetUtcNow()
                : user.IsKnown && user.Actor.UserName == account.UserName;
            if (!allowed)
            {
                throw new RuleBrokenException("account.link-ended", RuleKind.Conflict);
            }

            (account.PasswordHash, account.LinkHash, account.LinkUntil) = (command.Hash, null, null);
            (account.LockoutEnd, account.AccessFailedCount) = (null, 0);
            account.EndSessions();
            await desk.Note(account.ToActor(), account, "set-password", new() { ["byLink"] = command.Secret is not null }, ct);
            return true;
        }
    }
}

/// <summary>Whose link this is; null: it was used, has ended or never was.</summary>
public static class FindAccountLink
{
    public sealed record Query(string? Secret) : IRequest<string?>;

    internal sealed class Handler(Session session, TimeProvider wall) : IRequestHandler<Query, string?>
    {
        public async Task<string?> Handle(Query query, CancellationToken ct)
        {
            if (query.Secret is not { Length: > 0 and < 100 } secret)
            {
                return null;
            }

            var (hash, now) = (OneTimeLink.Hash(secret), wall.GetUtcNow());
            return await session.Db.Accounts.AsNoTracking().Where(account => account.LinkHash == hash && account.LinkUntil > now).Select(account => account.UserName).SingleOrDefaultAsync(ct);
        }
    }
}

/// <summary>Remembers when a person last signed in.</summary>
public static class NoteSignIn
{
    public sealed record Command(string UserName) : IRequest<bool>, ICommand;

    internal sealed class Handler(Session session, TimeProvider wall) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var now = wall.GetUtcNow();
            return await session.Db.Accounts.Where(account => account.UserName == command.UserName).ExecuteUpdateAsync(row => row.SetProperty(account => account.LastSignInAt, now), ct) > 0;
        }
    }
}
