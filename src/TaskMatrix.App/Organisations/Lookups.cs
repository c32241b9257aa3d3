using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Organisations;

/// <summary>Finds a unit of a jurisdiction by id, name or alias.</summary>
public sealed class UnitLookup(Session session, CatalogueSource catalogues)
{
    /// <returns>The unit's id; null when no name was given.</returns>
    /// <exception cref="ValidationException">unit.unknown, unit.no-longer at <paramref name="field"/> (400)</exception>
    public async Task<string?> Known(string jurisdiction, string? name, string field, CancellationToken ct)
    {
        if (name is null)
        {
            return null;
        }

        var found = (await catalogues.Current(session, ct)).Set.UnitsOf(jurisdiction).FirstOrDefault(unit => unit.Answers(name));
        return found switch
        {
            { ClosedAt: null } => found.Id,
            null => throw Refused(field, "unit.unknown", name),
            _ => throw Refused(field, "unit.no-longer", name),
        };
    }

    /// <exception cref="ValidationException">unit.unknown, unit.no-longer at <paramref name="field"/> (400)</exception>
    public async Task<IReadOnlyList<string>> KnownAll(string jurisdiction, IReadOnlyList<string> names, string field, CancellationToken ct)
    {
        var known = new List<string>();
        foreach (var name in names)
        {
            known.Add((await Known(jurisdiction, name, field, ct))!);
        }

        return known;
    }

    private static ValidationException Refused(string field, string code, string name) =>
        new([new ValidationFailure(field, code, name) { ErrorCode = code }]);
}

/// <summary>Finds accounts by user name.</summary>
public sealed class AccountLookup(Session session)
{
    /// <exception cref="ValidationException">account.unknown (400)</exception>
    public async Task<Actor> Find(string userName, CancellationToken ct)
    {
        var account = await session.Db.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.UserName == userName && !account.Disabled, ct);
        return account?.ToActor()
            ?? throw new ValidationException([new ValidationFailure("toUserName", "account.unknown", userName) { ErrorCode = "account.unknown" }]);
    }
}
