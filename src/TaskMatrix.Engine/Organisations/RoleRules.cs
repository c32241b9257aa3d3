using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Organisations;

/// <summary>Which roles one person may hold together. 三员分立: the three administrators exclude each other.</summary>
public static class RoleRules
{
    private static readonly Role[] Administrators = [Role.SystemAdministrator, Role.SecurityAdministrator, Role.AuditAdministrator];

    /// <exception cref="RuleBrokenException">
    /// account.no-role, account.unknown-role, account.administrators-exclude, account.administrator-acts (400): an administrator
    /// has no part in the tasks.
    /// </exception>
    public static void Check(IReadOnlyCollection<Role> roles)
    {
        Valid(roles.Count > 0, "account.no-role");
        Valid(!roles.Contains(Role.Scheduler), "account.unknown-role");
        Valid(roles.Intersect(Administrators).Count() <= 1, "account.administrators-exclude");
        Valid(!roles.Intersect(Administrators).Any() || roles.All(Administrators.Contains), "account.administrator-acts");
    }

    private static void Valid(bool holds, string code)
    {
        if (!holds)
        {
            throw new RuleBrokenException(code, RuleKind.Invalid);
        }
    }
}
