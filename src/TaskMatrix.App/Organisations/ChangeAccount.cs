using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Organisations;

/// <summary>An administrator unlocks, disables or enables an account, or ends its sessions and tokens.</summary>
public static class ChangeAccount
{
    /// <param name="Act">Unlock, Disable, Enable or RevokeTokens.</param>
    public sealed record Command(string UserName, AccountAct Act, string Reason) : IRequest<AccountView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Act).Must(act => act is AccountAct.Unlock or AccountAct.Disable or AccountAct.Enable or AccountAct.RevokeTokens).WithErrorCode("query.unknown-value");
            RuleFor(command => command.Reason).NotEmpty().MaximumLength(500);
        }
    }

    internal sealed class Handler(Session session, AccountDesk desk, TimeProvider wall) : IRequestHandler<Command, AccountView>
    {
        public async Task<AccountView> Handle(Command command, CancellationToken ct)
        {
            var account = await desk.Load(command.UserName, command.Act, ct);
            switch (command.Act)
            {
                case AccountAct.Unlock:
                    (account.LockoutEnd, account.AccessFailedCount) = (null, 0);
                    break;
                case AccountAct.Enable:
                    Require(account.Disabled, "account.not-disabled");
                    Require(account.Roles.Count > 0, "account.no-role");
                    account.Disabled = false;
                    break;
                case AccountAct.Disable:
                    Require(!account.Disabled, "account.disabled");
                    account.Disabled = true;
                    await End(account, ct);
                    break;
                default:
                    await End(account, ct);
                    break;
            }

            await desk.Note(account, Texts[command.Act], new() { ["reason"] = command.Reason }, ct);
            return AccountView.Of(account, wall.GetUtcNow());
        }

        private static readonly Dictionary<AccountAct, string> Texts = new()
        {
            [AccountAct.Unlock] = "unlock-account", [AccountAct.Disable] = "disable-account", [AccountAct.Enable] = "enable-account", [AccountAct.RevokeTokens] = "end-sessions",
        };

        /// <summary>Sessions end with the stamp; tokens are marked too, so that lists tell the truth.</summary>
        private async Task End(Account account, CancellationToken ct)
        {
            account.EndSessions();
            await session.Db.AccessTokens.Where(token => token.UserName == account.UserName && !token.Revoked).ExecuteUpdateAsync(row => row.SetProperty(token => token.Revoked, true), ct);
        }

        private static void Require(bool holds, string code)
        {
            if (!holds)
            {
                throw new RuleBrokenException(code, RuleKind.Conflict);
            }
        }
    }
}

/// <summary>The security administrator says what an account may do. The first roles of a new one also let it in.</summary>
public static class SetAccountRoles
{
    public sealed record Command(string UserName, IReadOnlyList<Role> Roles, string Reason) : IRequest<AccountView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).NotEmpty().MaximumLength(500);
    }

    internal sealed class Handler(AccountDesk desk, TimeProvider wall) : IRequestHandler<Command, AccountView>
    {
        public async Task<AccountView> Handle(Command command, CancellationToken ct)
        {
            var account = await desk.Load(command.UserName, AccountAct.Roles, ct);
            var (before, roles) = (account.Roles, command.Roles.Distinct().Order().ToList());
            RoleRules.Check(roles);
            account.Disabled = account.Disabled && before.Count > 0;
            account.Roles = roles;
            account.EndSessions();
            await desk.Note(account, "set-roles", new() { ["before"] = before, ["after"] = roles, ["reason"] = command.Reason }, ct);
            return AccountView.Of(account, wall.GetUtcNow());
        }
    }
}
