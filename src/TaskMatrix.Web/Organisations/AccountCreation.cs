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
    /// <exception cref="ValidationException">As <see cref="Check"/>, or the name is taken (400).</exception>
    /// <exception cref="Engine.TaskInstances.RuleBrokenException">The roles do not go together (400).</exception>
    public async Task<Account> Create(NewAccount wanted, CancellationToken ct)
    {
        await Check(wanted, "password", ct);
        var account = new Account
        {
            UserName = wanted.UserName, NormalizedUserName = users.NormalizeName(wanted.UserName)!, DisplayName = wanted.Post,
            Jurisdiction = wanted.Jurisdiction, Unit = wanted.Unit, Post = wanted.Post, Roles = wanted.Roles,
        };
        var result = await users.CreateAsync(account, wanted.Password);
        return result.Succeeded
            ? account
            : throw new ValidationException(result.Errors.Select(error => Refused("userName", "account." + Code(error.Code), wanted.UserName)));
    }

    /// <summary>All that can be said against an account before it is made.</summary>
    /// <param name="field">Form field that the password is shown at.</param>
    /// <exception cref="ValidationException">
    /// account.unknown-jurisdiction, unit.unknown, unit.no-longer, account.name-missing, or account.password-… for each rule of passwords broken (400)
    /// </exception>
    public async Task Check(NewAccount wanted, string field, CancellationToken ct)
    {
        RoleRules.Check(wanted.Roles);
        await CheckPlace(wanted, ct);
        if (string.IsNullOrWhiteSpace(wanted.UserName))
        {
            throw Invalid("userName", "account.name-missing", "");
        }

        await CheckPassword(wanted.Password, field, wanted.Roles);
    }

    /// <exception cref="ValidationException">account.password-… for each rule of passwords broken (400)</exception>
    public async Task CheckPassword(string password, string field, IReadOnlyList<Role> roles)
    {
        var probe = new Account { UserName = "", NormalizedUserName = "", DisplayName = "", Jurisdiction = "", Unit = "", Post = "", Roles = roles };
        var failures = new List<ValidationFailure>();
        foreach (var validator in users.PasswordValidators)
        {
            failures.AddRange((await validator.ValidateAsync(users, probe, password)).Errors.Select(error => Refused(field, "account." + Code(error.Code), "")));
        }

        if (failures.Count > 0)
        {
            throw new ValidationException(failures);
        }
    }

    /// <summary>PasswordTooShort → password-too-short.</summary>
    private static string Code(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));

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
            throw Invalid("jurisdiction", "account.unknown-jurisdiction", wanted.Jurisdiction);
        }

        switch (set.Unit(wanted.Jurisdiction, wanted.Unit))
        {
            case null:
                throw Invalid("unit", "unit.unknown", wanted.Unit);
            case { ClosedAt: not null }:
                throw Invalid("unit", "unit.no-longer", wanted.Unit);
        }
    }

    private static ValidationException Invalid(string field, string code, string value) => new([Refused(field, code, value)]);

    private static ValidationFailure Refused(string field, string code, string value) => new(field, code, value) { ErrorCode = code };
}
