using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Web.Organisations;

/// <param name="Unit">Unit id; administrators and the office's staff belong to the leading-group office.</param>
internal sealed record NewAccount(string UserName, string Jurisdiction, string Unit, string Post, IReadOnlyList<Role> Roles, string Password);

/// <summary>Makes accounts, for the command line and for the first start.</summary>
internal sealed class AccountCreation(UserManager<Account> users, IReadContexts contexts, CatalogueSource catalogues)
{
    /// <exception cref="ValidationException">account.unknown-jurisdiction, unit.unknown, account.refused with Identity's reasons (400)</exception>
    /// <exception cref="Engine.TaskInstances.RuleBrokenException">The roles do not go together (400).</exception>
    public async Task<Account> Create(NewAccount wanted, CancellationToken ct)
    {
        RoleRules.Check(wanted.Roles);
        await CheckPlace(wanted, ct);
        var account = new Account
        {
            UserName = wanted.UserName, NormalizedUserName = users.NormalizeName(wanted.UserName)!, DisplayName = wanted.Post,
            Jurisdiction = wanted.Jurisdiction, Unit = wanted.Unit, Post = wanted.Post, Roles = wanted.Roles,
        };
        var result = await users.CreateAsync(account, wanted.Password);
        return result.Succeeded
            ? account
            : throw new ValidationException(result.Errors.Select(error => new ValidationFailure("password", $"{error.Code}: {error.Description}") { ErrorCode = "account" }));
    }

    /// <summary>Whether anybody could sign in at all.</summary>
    public async Task<bool> AnyAccount(CancellationToken ct)
    {
        await using var db = contexts.Create();
        return await db.Accounts.AnyAsync(ct);
    }

    private async Task CheckPlace(NewAccount wanted, CancellationToken ct)
    {
        await using var db = contexts.Create();
        var set = (await catalogues.Current(db, ct)).Set;
        if (set.Jurisdiction(wanted.Jurisdiction) is null)
        {
            throw Refused("jurisdiction", "account.unknown-jurisdiction", wanted.Jurisdiction);
        }

        if (set.Unit(wanted.Jurisdiction, wanted.Unit) is null)
        {
            throw Refused("unit", "unit.unknown", wanted.Unit);
        }
    }

    private static ValidationException Refused(string field, string code, string value) =>
        new([new ValidationFailure(field, code, value) { ErrorCode = code }]);
}
