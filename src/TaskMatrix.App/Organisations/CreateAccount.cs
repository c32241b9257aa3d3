using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Organisations;

/// <summary>The system administrator makes an account. It works once the security administrator has given it roles and its person a password.</summary>
public static class CreateAccount
{
    /// <param name="Unit">Id, name or alias.</param>
    /// <param name="Post">Shown beside every act.</param>
    public sealed record Command(string UserName, string Unit, string Post) : IRequest<MadeLink>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.UserName).NotEmpty();
            RuleFor(command => command.Unit).NotEmpty();
            RuleFor(command => command.Post).NotEmpty().MaximumLength(100);
        }
    }

    internal sealed class Handler(Session session, CurrentUser user, UnitLookup units, AccountDesk desk, TimeProvider wall) : IRequestHandler<Command, MadeLink>
    {
        public async Task<MadeLink> Handle(Command command, CancellationToken ct)
        {
            var place = user.Actor.Jurisdiction;
            AccountRules.Require(user.Actor, AccountAct.Create);
            AccountRules.CheckName(command.UserName, place);
            var unit = await units.Known(place, command.Unit, "unit", ct);
            var normalized = command.UserName.ToUpperInvariant();
            if (await session.Db.Accounts.AnyAsync(account => account.NormalizedUserName == normalized, ct))
            {
                throw new ValidationException([new ValidationFailure("userName", "account.duplicate-user-name", command.UserName) { ErrorCode = "account.duplicate-user-name" }]);
            }

            var made = new Account
            {
                UserName = command.UserName, NormalizedUserName = normalized, DisplayName = command.Post, Jurisdiction = place, Unit = unit!, Post = command.Post,
                Roles = [], Disabled = true,
            };
            made.EndSessions();
            var secret = OneTimeLink.Give(made, wall.GetUtcNow());
            session.Db.Accounts.Add(made);
            await desk.Note(made, "create-account", new() { ["unit"] = made.Unit, ["post"] = made.Post }, ct);
            return new MadeLink(AccountView.Of(made, wall.GetUtcNow()), secret);
        }
    }
}

/// <summary>An account with the secret of its new link, which is told this once.</summary>
public sealed record MadeLink(AccountView Account, string Secret);

/// <summary>The system administrator lets a person choose a new password. The old one and all sessions end.</summary>
public static class MakeAccountLink
{
    public sealed record Command(string UserName) : IRequest<MadeLink>, ICommand;

    internal sealed class Handler(AccountDesk desk, TimeProvider wall) : IRequestHandler<Command, MadeLink>
    {
        public async Task<MadeLink> Handle(Command command, CancellationToken ct)
        {
            var account = await desk.Load(command.UserName, AccountAct.Link, ct);
            var secret = OneTimeLink.Give(account, wall.GetUtcNow());
            account.PasswordHash = null;
            account.Disabled |= AccountRules.LinkWaits(account.Roles);
            account.EndSessions();
            await desk.Note(account, "make-account-link", new() { ["waits"] = account.Disabled }, ct);
            return new MadeLink(AccountView.Of(account, wall.GetUtcNow()), secret);
        }
    }
}
