using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.Tests.Organisations;

namespace TaskMatrix.Engine.Tests.Reports;

public sealed class RegisterRightsTests
{
    private static readonly Duty Duty = new()
    {
        Id = "taiping.test.register", Jurisdiction = "taiping", Plan = "p", Definition = "d", Title = "t", Clause = new Quotation("s", "q", "c", 0, 1), Kind = DutyKind.Standing,
        LeadUnits = ["education", "justice"], CoOwners = [new("health", "assist", ""), new("publicity", "inform", "")], Raci = new Raci([], [], [], []), Process = "p", ProcessVersion = 1,
        AcknowledgeWithin = "P1D", Due = "P1D", Register = new RegisterDefinition("册", "Register", ["code"], false, []),
    };

    public static TheoryData<string, RegisterRight> Everyone => new()
    {
        { "liaison", RegisterRight.Keeps }, { "head", RegisterRight.Keeps }, { "co-liaison", RegisterRight.Clear }, { "co-head", RegisterRight.Clear },
        { "informed", RegisterRight.Masked }, { "other", RegisterRight.None }, { "office", RegisterRight.Masked }, { "leader", RegisterRight.Masked },
        { "inspector", RegisterRight.Masked }, { "system", RegisterRight.None }, { "security", RegisterRight.None }, { "audit", RegisterRight.None },
        { "foreign-office", RegisterRight.None }, { "foreign-head", RegisterRight.None }, { "scheduler", RegisterRight.Masked },
    };

    [Theory]
    [MemberData(nameof(Everyone))]
    public void Each_sees_of_the_register_of_education_what_the_work_needs(string who, RegisterRight right) =>
        Assert.Equal(right, RegisterRights.Of(Duty, "education", People.Everyone[who]));

    [Fact]
    public void The_table_names_everyone() => Assert.Equal(People.Everyone.Keys.Order(), Everyone.Select(row => (string)row[0]).Order());

    [Fact]
    public void Another_unit_of_the_same_duty_keeps_its_own_and_not_this_one()
    {
        var justice = People.Of("justice", Role.Liaison);

        Assert.Equal(RegisterRight.Keeps, RegisterRights.Of(Duty, "justice", justice));
        Assert.Equal(RegisterRight.None, RegisterRights.Of(Duty, "education", justice));
    }

    [Fact]
    public void A_unit_that_leads_no_more_keeps_no_more() =>
        Assert.Equal(RegisterRight.None, RegisterRights.Of(Duty with { LeadUnits = ["justice"] }, "education", People.Liaison));

    [Fact]
    public void Where_the_duty_has_no_register_nobody_has_a_right() => Assert.Equal(RegisterRight.None, RegisterRights.Of(Duty with { Register = null }, "education", People.Liaison));
}
