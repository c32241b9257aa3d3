using System.Text.RegularExpressions;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Organisations;

/// <summary>What an administrator may do with somebody's account.</summary>
public enum AccountAct
{
    Create,

    /// <summary>A one-time link by which the person chooses a new password.</summary>
    Link,
    Unlock,
    Disable,
    Enable,
    Roles,
    RevokeTokens,
}

/// <summary>
/// 三员分立: the system administrator makes accounts and lets people in again, the security administrator says what they may do.
/// Neither can make an account that works, or take over an administrator's, without the other; the audit administrator reads
/// of it in the record.
/// </summary>
public static partial class AccountRules
{
    private const int LongestName = 100;

    public static bool MayRead(Actor actor) => actor.Is(Role.SystemAdministrator) || actor.Is(Role.SecurityAdministrator);

    public static bool May(Actor actor, AccountAct act) => act switch
    {
        AccountAct.Create or AccountAct.Link => actor.Is(Role.SystemAdministrator),
        AccountAct.Enable or AccountAct.Roles => actor.Is(Role.SecurityAdministrator),
        _ => MayRead(actor),
    };

    /// <exception cref="RuleBrokenException">account.not-allowed (403)</exception>
    public static void Require(Actor actor, AccountAct act)
    {
        if (!May(actor, act))
        {
            throw new RuleBrokenException("account.not-allowed", RuleKind.Forbidden);
        }
    }

    /// <summary>Nobody is the administrator of the own account.</summary>
    /// <exception cref="RuleBrokenException">account.not-allowed (403) · account.own (409)</exception>
    public static void Require(Actor actor, AccountAct act, string userName)
    {
        Require(actor, act);
        if (actor.UserName == userName)
        {
            throw new RuleBrokenException("account.own", RuleKind.Conflict);
        }
    }

    /// <summary>A new link to an administrator's account waits for the security administrator: it would give one of the three another one's rights.</summary>
    public static bool LinkWaits(IReadOnlyCollection<Role> roles) =>
        roles.Any(role => role is Role.SystemAdministrator or Role.SecurityAdministrator or Role.AuditAdministrator);

    /// <summary>Names begin with their jurisdiction, so that no place takes another one's.</summary>
    /// <exception cref="RuleBrokenException">account.bad-name (400)</exception>
    public static void CheckName(string userName, string jurisdiction)
    {
        if (userName.Length > LongestName || !userName.StartsWith(jurisdiction + ".", StringComparison.Ordinal) || !Names().IsMatch(userName[(jurisdiction.Length + 1)..]))
        {
            throw new RuleBrokenException("account.bad-name", RuleKind.Invalid, jurisdiction);
        }
    }

    [GeneratedRegex(@"^[a-z0-9]+([.-][a-z0-9]+)*\z")]
    private static partial Regex Names();
}
