using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Organisations;

/// <summary>Finds the account an administrator is about to change, and writes down what was done with it.</summary>
public sealed class AccountDesk(Session session, CurrentUser user, CatalogueSource catalogues, AuditWriter audit, DomainClock clock)
{
    /// <exception cref="NotFoundException">Unknown, or another jurisdiction's.</exception>
    /// <exception cref="Engine.TaskInstances.RuleBrokenException">account.not-allowed (403) · account.own (409)</exception>
    public async Task<Account> Load(string userName, AccountAct act, CancellationToken ct)
    {
        var row = await Find(session.Db.Accounts.AsTracking(), userName, ct);
        AccountRules.Require(user.Actor, act, row.UserName);
        return row;
    }

    /// <exception cref="NotFoundException">Unknown, another jurisdiction's, or nothing to the caller.</exception>
    public async Task<Account> Find(IQueryable<Account> accounts, string userName, CancellationToken ct)
    {
        var place = user.Actor.Jurisdiction;
        var row = AccountRules.MayRead(user.Actor) ? await accounts.SingleOrDefaultAsync(account => account.UserName == userName && account.Jurisdiction == place, ct) : null;
        return row ?? throw new NotFoundException("account", userName);
    }

    public Task Note(Account account, string action, Dictionary<string, object?> details, CancellationToken ct) => Note(user.Actor, account, action, details, ct);

    /// <param name="actor">Who did it; the person of the account for what needs no signing in.</param>
    public async Task Note(Actor actor, Account account, string action, Dictionary<string, object?> details, CancellationToken ct)
    {
        details["account"] = account.UserName;
        var zone = (await catalogues.Current(session, ct)).Reckoning(account.Jurisdiction).Zone;
        await audit.Append([new AuditDraft(actor.Jurisdiction, actor.Unit, clock.Now, zone, actor, action, details)], ct);
    }
}
