using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Plans;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Tests.Plans;

public sealed class ResponseLevelsTests
{
    private static readonly Duty Always = Of("always"), Grave = Of("grave", 1, 2), Mild = Of("mild", 3, 4), Off = Of("off", 1) with { Enabled = false };

    private static readonly Duty[] All = [Always, Grave, Mild, Off];

    /// <summary>Levels from and to; 0 is none declared.</summary>
    [Theory]
    [InlineData(0, 1, "mild", "")]
    [InlineData(0, 4, "grave", "")]
    [InlineData(1, 2, "", "")]
    [InlineData(1, 3, "grave", "mild")]
    [InlineData(3, 1, "mild", "grave")]
    [InlineData(4, 0, "", "grave")]
    public void What_is_not_of_the_new_level_stops_and_what_was_not_of_the_old_one_starts(int from, int to, string stops, string starts)
    {
        var effects = ResponseLevels.Between(All, from == 0 ? null : from, to == 0 ? null : to);

        Assert.Equal(stops, string.Join(' ', effects.Stops.Select(duty => duty.Id)));
        Assert.Equal(starts, string.Join(' ', effects.Starts.Select(duty => duty.Id)));
    }

    [Theory]
    [InlineData("all", "all")]
    [InlineData("2, 1", "1,2")]
    [InlineData("4,4", "4")]
    public void Levels_are_written_as_they_are_read(string text, string written) => Assert.Equal(written, ResponseLevels.Write(ResponseLevels.Parse(text)));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("5")]
    [InlineData("1,x")]
    [InlineData("1-2")]
    public void Nothing_else_is_a_level(string text) =>
        Assert.Equal(("plan.bad-level", RuleKind.Invalid), Broken(() => ResponseLevels.Parse(text)));

    [Fact]
    public void A_change_is_to_another_level()
    {
        ResponseLevels.CheckChange(null, 1);
        ResponseLevels.CheckChange(2, 1);

        Assert.Equal(("plan.same-level", RuleKind.Conflict), Broken(() => ResponseLevels.CheckChange(1, 1)));
        Assert.Equal(("plan.bad-level", RuleKind.Invalid), Broken(() => ResponseLevels.CheckChange(1, 5)));
    }

    [Fact]
    public void The_office_may_set_the_levels_of_any_duty_and_the_assumption_shows_it()
    {
        var changed = Always.With("levels", "2,1");

        Assert.Equal([1, 2], changed.Levels);
        Assert.Equal("2,1", Assert.Single(changed.Assumptions, assumption => assumption.Field == "levels").Value);
        Assert.Empty(changed.With("levels", "all").Levels);
        Assert.Single(changed.With("levels", "all").Assumptions);
        Assert.Equal("plan.bad-level", Broken(() => Always.With("levels", "9")).Code);
    }

    internal static Duty Of(string id, params int[] levels) => new()
    {
        Id = id, Jurisdiction = "taiping", Plan = "p", Definition = "d", Title = id, Clause = new Quotation("s", "q", "c", 0, 1), Kind = DutyKind.OneOff,
        LeadUnits = ["education"], Raci = new Raci([], [], [], []), Process = "single-task", ProcessVersion = 1, AcknowledgeWithin = "P1D", Due = "P3D", Levels = levels,
    };

    internal static (string Code, RuleKind Kind) Broken(Action attempt)
    {
        var broken = Assert.Throws<RuleBrokenException>(attempt);
        return (broken.Code, broken.Kind);
    }
}
