using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Tests.Organisations;

public sealed class UnitRulesTests
{
    private static readonly OrganisationUnit Villages = Unit("villages", "各村", ["villages"], "各村（社区）");

    [Theory]
    [InlineData("zaojia", "枣家村", "villages", null)]
    [InlineData("Zaojia", "枣家村", "villages", "unit.bad-id")]
    [InlineData("office", "枣家村", "villages", "unit.bad-id")]
    [InlineData("a.b", "枣家村", "villages", "unit.bad-id")]
    [InlineData("zaojia", "枣家村", "hamlets", "unit.unknown-class")]
    [InlineData("zaojia", "各村（社区）", "villages", "unit.name-taken")]
    [InlineData("villages", "枣家村", "villages", "unit.name-taken")]
    public void Every_name_of_a_unit_is_its_own_and_its_classes_exist(string id, string name, string unitClass, string? code)
    {
        var refused = Record.Exception(() => UnitRules.Check(Unit(id, name, [unitClass]), [Villages]));

        Assert.Equal(code, (refused as RuleBrokenException)?.Code);
    }

    [Fact]
    public void Posts_of_an_added_unit_are_a_head_and_a_liaison_shown_as_assumed() =>
        Assert.All(UnitRules.DefaultPosts("枣家村", ""), post => Assert.NotNull(post.Assumption));

    [Theory]
    [InlineData("villages", false, null)]
    [InlineData("villages", true, "unit.closed")]
    [InlineData("leading-group", false, "unit.cannot-close")]
    [InlineData("leading-group-office", false, "unit.cannot-close")]
    public void What_the_others_answer_to_cannot_be_closed_and_nothing_twice(string id, bool closed, string? code)
    {
        var unit = Unit(id, "单位", []) with { ClosedAt = closed ? DateTimeOffset.UnixEpoch : null };

        Assert.Equal(code, (Record.Exception(() => UnitRules.CheckClosing(unit)) as RuleBrokenException)?.Code);
    }

    private static OrganisationUnit Unit(string id, string name, string[] classes, params string[] aliases) => new("lanxi", id, 1, name, "", aliases, classes, []);
}
