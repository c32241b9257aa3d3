using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Inspections;

/// <summary>People of the teams of rounds, and what the record says of a round.</summary>
public sealed class InspectionTeams(Session session, CatalogueSource catalogues, AuditWriter audit, DomainClock clock)
{
    public const int MostMembers = 50;

    /// <summary>Accounts of the jurisdiction that have to do with tasks; the three administrators have not.</summary>
    /// <exception cref="ValidationException">inspection.unknown-member, request.too-many-items at <c>team</c> (400)</exception>
    public async Task<IReadOnlyList<TeamMember>> Find(IReadOnlyList<string> names, string jurisdiction, CancellationToken ct)
    {
        if (names.Count > MostMembers)
        {
            throw Refused("request.too-many-items", "");
        }

        var wanted = names.Distinct().ToList();
        var accounts = await session.Db.Accounts.AsNoTracking().Where(account => wanted.Contains(account.UserName) && account.Jurisdiction == jurisdiction && !account.Disabled).ToListAsync(ct);
        var known = accounts.Where(MaySit).ToDictionary(account => account.UserName, account => new TeamMember(account.UserName, account.DisplayName, account.Post, account.Unit));
        return wanted.Find(name => name is null || !known.ContainsKey(name)) is var missing && wanted.TrueForAll(known.ContainsKey)
            ? [.. wanted.Select(name => known[name])]
            : throw Refused("inspection.unknown-member", missing ?? "");
    }

    /// <summary>Everybody who may be on a team, by unit and name.</summary>
    public async Task<IReadOnlyList<TeamMember>> Candidates(string jurisdiction, CancellationToken ct)
    {
        var accounts = await session.Db.Accounts.AsNoTracking().Where(account => account.Jurisdiction == jurisdiction && !account.Disabled)
            .OrderBy(account => account.Unit).ThenBy(account => account.UserName).ToListAsync(ct);
        return [.. accounts.Where(MaySit).Select(account => new TeamMember(account.UserName, account.DisplayName, account.Post, account.Unit))];
    }

    /// <summary>An entry that concerns no single unit stands in the chain of who acts.</summary>
    public async Task Record(InspectionRound round, string action, Actor actor, CancellationToken ct)
    {
        var details = new Dictionary<string, object?>
        {
            ["number"] = round.Number, ["roundId"] = round.Id, ["kind"] = round.Kind, ["title"] = round.Title, ["reason"] = round.Reason, ["from"] = round.From,
            ["until"] = round.Until, ["team"] = round.Team,
        };
        var zone = (await catalogues.Current(session, ct)).Reckoning(round.Jurisdiction).Zone;
        await audit.Append([new AuditDraft(round.Jurisdiction, actor.Unit, clock.Now, zone, actor, action, details)], ct);
        await session.Db.SaveChangesAsync(ct);
    }

    private static bool MaySit(Organisations.Account account) =>
        account.Roles.Any(role => role is Role.Liaison or Role.Head or Role.Office or Role.OfficeMember or Role.Leader or Role.Inspector);

    private static ValidationException Refused(string code, string name) => new([new ValidationFailure("team", code, name) { ErrorCode = code }]);
}
