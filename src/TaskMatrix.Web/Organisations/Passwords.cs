using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.AspNetCore.Identity;
using TaskMatrix.App.Organisations;

namespace TaskMatrix.Web.Organisations;

/// <summary>A person chooses the own password: signed in with the old one, or by the one-time link.</summary>
internal sealed class Passwords(
    Tokens tokens, AccountCreation rules, UserManager<Account> users, SignInManager<Account> signIn, IPasswordHasher<Account> hasher, IMediator mediator)
{
    /// <summary>This session goes on; all others and every token end.</summary>
    /// <exception cref="ValidationException">account.wrong-password, account.passwords-differ, account.password-… (400)</exception>
    public async Task Change(Account account, string old, string wanted, string again, CancellationToken ct)
    {
        if (await tokens.Check(account.UserName, old) is null)
        {
            throw Refused("oldPassword", "account.wrong-password");
        }

        await Set(account, null, wanted, again, ct);
        await signIn.SignInAsync((await users.FindByNameAsync(account.UserName))!, isPersistent: false);
    }

    /// <exception cref="ValidationException">account.passwords-differ, account.password-… (400)</exception>
    /// <exception cref="Engine.TaskInstances.RuleBrokenException">account.link-ended (409)</exception>
    public async Task ChooseByLink(string userName, string secret, string wanted, string again, CancellationToken ct) =>
        await Set((await users.FindByNameAsync(userName))!, secret, wanted, again, ct);

    private async Task Set(Account account, string? secret, string wanted, string again, CancellationToken ct)
    {
        await rules.CheckPassword(wanted, "newPassword", account.Roles);
        if (wanted != again)
        {
            throw Refused("again", "account.passwords-differ");
        }

        await mediator.Send(new SetPassword.Command(account.UserName, secret, hasher.HashPassword(account, wanted)), ct);
    }

    private static ValidationException Refused(string field, string code) => new([new ValidationFailure(field, code, "") { ErrorCode = code }]);
}
