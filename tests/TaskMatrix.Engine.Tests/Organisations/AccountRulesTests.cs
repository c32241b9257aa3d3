using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Tests.Organisations;

public sealed class AccountRulesTests
{
    /// <summary>Who may do it: s the system, c the security administrator.</summary>
    [Theory]
    [InlineData(AccountAct.Create, "s")]
    [InlineData(AccountAct.Link, "s")]
    [InlineData(AccountAct.Roles, "c")]
    [InlineData(AccountAct.Enable, "c")]
    [InlineData(AccountAct.Disable, "sc")]
    [InlineData(AccountAct.Unlock, "sc")]
    [InlineData(AccountAct.RevokeTokens, "sc")]
    public void Each_act_is_its_administrators_and_nobody_elses(AccountAct act, string who)
    {
        Assert.Equal(who.Contains('s'), AccountRules.May(By(Role.SystemAdministrator), act));
        Assert.Equal(who.Contains('c'), AccountRules.May(By(Role.SecurityAdministrator), act));
        Assert.All([Role.AuditAdministrator, Role.Office, Role.Leader, Role.Inspector, Role.Liaison, Role.Head], role => Assert.False(AccountRules.May(By(role), act)));
    }

    [Fact]
    public void No_single_administrator_both_makes_an_account_and_lets_it_in() =>
        Assert.All(Enum.GetValues<Role>(), role => Assert.False(AccountRules.May(By(role), AccountAct.Create) && AccountRules.May(By(role), AccountAct.Roles)));

    [Fact]
    public void Nobody_administers_the_own_account()
    {
        var broken = Assert.Throws<RuleBrokenException>(() => AccountRules.Require(By(Role.SecurityAdministrator), AccountAct.Roles, "taiping.me"));
        Assert.Equal(("account.own", RuleKind.Conflict), (broken.Code, broken.Kind));
        AccountRules.Require(By(Role.SecurityAdministrator), AccountAct.Roles, "taiping.other");
    }

    [Theory]
    [InlineData(Role.SystemAdministrator, true)]
    [InlineData(Role.SecurityAdministrator, true)]
    [InlineData(Role.AuditAdministrator, true)]
    [InlineData(Role.Office, false)]
    [InlineData(Role.Head, false)]
    public void A_new_link_to_an_administrators_account_waits_for_the_other_administrator(Role role, bool waits) =>
        Assert.Equal(waits, AccountRules.LinkWaits([role]));

    [Theory]
    [InlineData("taiping.education-2", true)]
    [InlineData("taiping.education.deputy", true)]
    [InlineData("lanxi.education", false)]
    [InlineData("taiping.", false)]
    [InlineData("taiping.A", false)]
    [InlineData("taiping.a..b", false)]
    [InlineData("taiping.a\n", false)]
    [InlineData("taiping.<svg>", false)]
    public void A_name_begins_with_its_jurisdiction_and_holds_nothing_odd(string name, bool holds)
    {
        var broken = Record.Exception(() => AccountRules.CheckName(name, "taiping"));
        Assert.Equal(holds ? null : "account.bad-name", (broken as RuleBrokenException)?.Code);
    }

    private static Actor By(Role role) => new("taiping.me", "me", "me", "taiping", Actor.OfficeUnit, [role]);
}
