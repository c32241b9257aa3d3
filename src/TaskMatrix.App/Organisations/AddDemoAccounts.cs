using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Organisations;

/// <summary>Accounts for trying out: one for each role and, for each unit, a liaison and a head. Existing ones stay.</summary>
public static class AddDemoAccounts
{
    /// <param name="PasswordHash">Of the one demo password.</param>
    public sealed record Command(Lazy<string> PasswordHash) : IRequest<int>, ICommand;

    internal sealed class Handler(Session session) : IRequestHandler<Command, int>
    {
        /// <summary>Name, unit, role and post of the accounts of a jurisdiction.</summary>
        private static readonly (string Name, string Unit, Role Role, string Post)[] Roles =
        [
            ("office", Actor.OfficeUnit, Role.Office, "领导小组办公室"), ("leader", "leading-group", Role.Leader, "领导小组组长"),
            ("inspector", "leading-group", Role.Inspector, "纪检督导组"), ("sysadmin", Actor.OfficeUnit, Role.SystemAdministrator, "系统管理员"),
            ("secadmin", Actor.OfficeUnit, Role.SecurityAdministrator, "安全管理员"), ("auditor", Actor.OfficeUnit, Role.AuditAdministrator, "审计管理员"),
        ];

        public async Task<int> Handle(Command command, CancellationToken ct)
        {
            if (await AllThere(ct))
            {
                return 0;
            }

            var known = (await session.Db.Accounts.AsNoTracking().Select(account => account.UserName).ToListAsync(ct)).ToHashSet();
            var units = (await session.Db.Units.AsNoTracking().OrderBy(unit => unit.Ordinal).ToListAsync(ct)).ToLookup(unit => unit.Jurisdiction);
            var accounts = (await session.Db.Jurisdictions.AsNoTracking().ToListAsync(ct)).SelectMany(place => Of(place, [.. units[place.Id]], command.PasswordHash))
                .Where(account => known.Add(account.UserName)).ToList();
            session.Db.Accounts.AddRange(accounts);
            return accounts.Count;
        }

        /// <summary>One question at each start but the first: both accounts of each unit and, for all roles of its place, the last.</summary>
        private Task<bool> AllThere(CancellationToken ct)
        {
            var (accounts, last) = (session.Db.Accounts, "." + Roles[^1].Name);
            return session.Db.Units.AllAsync(
                unit => accounts.Any(account => account.UserName == unit.Jurisdiction + "." + unit.Id)
                    && accounts.Any(account => account.UserName == unit.Jurisdiction + "." + unit.Id + ".head")
                    && accounts.Any(account => account.UserName == unit.Jurisdiction + last),
                ct);
        }

        private static IEnumerable<Account> Of(Jurisdiction place, IReadOnlyList<OrganisationUnit> units, Lazy<string> hash) =>
            Roles.Select(role => Make(place, role.Name, role.Unit, place.Name + role.Post, hash, role.Role))
                .Concat(units.SelectMany(unit => OfUnit(place, unit, hash)));

        /// <summary>Heads of the member units of 太平区 are members of the office by the plan's annex.</summary>
        private static IEnumerable<Account> OfUnit(Jurisdiction place, OrganisationUnit unit, Lazy<string> hash)
        {
            Role[] head = unit.Classes.Contains("member-units") ? [Role.Head, Role.OfficeMember] : [Role.Head];
            var liaison = unit.Posts.FirstOrDefault(post => post.Role == "liaison")?.Title ?? unit.Name + "联络员";
            return
            [
                Make(place, unit.Id, unit.Id, liaison, hash, Role.Liaison),
                Make(place, unit.Id + ".head", unit.Id, unit.AccountablePost?.Title ?? unit.Name + "负责人", hash, head),
            ];
        }

        private static Account Make(Jurisdiction place, string name, string unit, string post, Lazy<string> hash, params Role[] roles) => new()
        {
            UserName = $"{place.Id}.{name}", NormalizedUserName = $"{place.Id}.{name}".ToUpperInvariant(), DisplayName = post,
            Jurisdiction = place.Id, Unit = unit, Post = post, Roles = roles, PasswordHash = hash.Value, SecurityStamp = Guid.NewGuid().ToString("N"),
        };
    }
}
