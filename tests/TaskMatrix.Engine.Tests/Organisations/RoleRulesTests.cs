using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Tests.Organisations;

/// <summary>三员分立.</summary>
public sealed class RoleRulesTests
{
    [Theory]
    [InlineData(Role.Liaison)]
    [InlineData(Role.Head, Role.OfficeMember)]
    [InlineData(Role.Office, Role.Liaison)]
    [InlineData(Role.AuditAdministrator)]
    public void These_roles_go_together(params Role[] roles) => RoleRules.Check(roles);

    [Theory]
    [InlineData("account.no-role")]
    [InlineData("account.unknown-role", Role.Scheduler)]
    [InlineData("account.administrators-exclude", Role.SystemAdministrator, Role.AuditAdministrator)]
    [InlineData("account.administrators-exclude", Role.SecurityAdministrator, Role.SystemAdministrator)]
    [InlineData("account.administrator-acts", Role.SecurityAdministrator, Role.Office)]
    public void These_do_not(string code, params Role[] roles)
    {
        var broken = Assert.Throws<RuleBrokenException>(() => RoleRules.Check(roles));

        Assert.Equal((code, RuleKind.Invalid), (broken.Code, broken.Kind));
    }
}
