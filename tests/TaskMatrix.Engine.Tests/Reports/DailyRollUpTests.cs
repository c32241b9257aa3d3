using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Tests.Reports;

public sealed class DailyRollUpTests
{
    private static readonly DateOnly Day = new(2020, 1, 23);

    private static readonly DateTimeOffset Due = new(2020, 1, 23, 9, 0, 0, TimeSpan.Zero);

    private static readonly string[] Fields = ["suspectedCases", "underObservation"], Order = ["health", "education", "justice"];

    private static readonly Authority Health = new("health", ["suspectedCases"]);

    [Fact]
    public void A_nil_report_is_received_and_counts_nothing_and_is_not_missing()
    {
        var sum = Of(Nil("education"), Missing("justice"));

        Assert.Equal([ReportStatus.Nil, ReportStatus.Missing], sum.Units.Select(unit => unit.Status));
        Assert.Equal((2, 1, 0.5), (sum.Expected, sum.Received, sum.Completeness));
        Assert.All(sum.Totals.Values, total => Assert.Equal(0, total));
    }

    [Fact]
    public void What_is_not_signed_yet_is_neither_received_nor_counted()
    {
        var sum = Of(Filed("education", 3) with { Filed = false, CountsSince = null, AwaitsSignature = true });

        Assert.Equal((ReportStatus.Pending, 0, 0L), (sum.Units[0].Status, sum.Received, sum.Totals["suspectedCases"]));
        Assert.Equal(["awaitsSignature"], sum.Units[0].Flags);
    }

    [Fact]
    public void Whoever_is_past_due_or_missing_and_has_not_filed_owes_its_report()
    {
        var waiting = Missing("education") with { Missing = false, Overdue = false };
        Assert.Equal([false, true, true, false], new[] { waiting, waiting with { Overdue = true }, Missing("justice"), Filed("health", 1) with { Late = true } }.Select(report => report.Owed));
    }

    [Fact]
    public void Who_says_that_it_could_not_report_has_not_reported()
    {
        var sum = Of(Filed("education", 0) with { Outcome = Outcome.NotExecutable }, Filed("justice", 1));

        Assert.Equal((2, 1, 0.5), (sum.Expected, sum.Received, sum.Completeness));
        Assert.Equal(["notExecutable"], sum.Units[0].Flags);
    }

    [Theory]
    [InlineData(true, true, true, ReportStatus.Corrected, "late nil")]
    [InlineData(true, false, false, ReportStatus.Corrected, "")]
    [InlineData(false, true, true, ReportStatus.Late, "nil")]
    [InlineData(false, false, true, ReportStatus.Nil, "")]
    [InlineData(false, false, false, ReportStatus.Reported, "")]
    public void Corrected_comes_before_late_before_nil_and_the_others_are_flags(bool corrected, bool late, bool nil, ReportStatus status, string flags)
    {
        var report = (nil ? Nil("education") : Filed("education", 1)) with { Corrections = corrected ? 2 : 0, Late = late };

        Assert.Equal((status, flags), (report.Status, string.Join(' ', report.Flags)));
    }

    [Fact]
    public void A_unit_has_one_report_the_newest_that_counts()
    {
        var first = Filed("education", 1);
        var sum = Of(first, Filed("education", 5) with { TaskId = Guid.NewGuid(), CountsSince = Due.AddHours(1) }, Missing("education") with { TaskId = Guid.NewGuid() });

        Assert.Equal((1, 1, 5L), (sum.Expected, sum.Received, sum.Totals["suspectedCases"]));
    }

    [Fact]
    public void What_was_called_off_or_belongs_to_another_day_is_not_expected()
    {
        var sum = Of(Missing("education") with { CalledOff = true }, Filed("justice", 1) with { Day = Day.AddDays(1) });

        Assert.Equal((0, 0, null), (sum.Expected, sum.Received, sum.Completeness));
    }

    [Fact]
    public void Units_stand_in_the_order_of_their_jurisdiction() =>
        Assert.Equal(["health", "education", "justice", "added"], Of(Nil("added"), Nil("justice"), Nil("education"), Nil("health")).Units.Select(unit => unit.Unit));

    [Fact]
    public void Every_unit_that_says_otherwise_than_the_authority_is_in_conflict_and_the_totals_stay_sums()
    {
        var sum = Of(Filed("health", 2), Filed("education", 1), Filed("justice", 2));

        var conflict = Assert.Single(sum.Conflicts);
        Assert.Equal(("suspectedCases", new UnitFigure("health", 2)), (conflict.Field, conflict.Authoritative));
        Assert.Equal([new UnitFigure("education", 1)], conflict.Others);
        Assert.Equal((5L, 2L), (sum.Totals["suspectedCases"], sum.Authoritative["suspectedCases"]));
    }

    [Fact]
    public void A_nil_authority_says_none_and_a_silent_one_says_nothing()
    {
        Assert.Equal(0, Of(Nil("health"), Filed("education", 1)).Conflicts.Single().Authoritative.Value);
        Assert.Empty(Of(Missing("health"), Filed("education", 1)).Conflicts);
        Assert.Empty(Of(Filed("health", 1), Nil("education"), Missing("justice")).Conflicts);
    }

    [Theory]
    [InlineData("""{"a":1,"b":2.0,"c":2.5,"d":"7","e":null,"f":1e300}""", 3)]
    [InlineData("[1]", 0)]
    [InlineData(null, 0)]
    public void Only_whole_numbers_at_the_top_are_figures(string? form, long sum)
    {
        Assert.Equal(sum, Figures.Of(form, ["a", "b", "c", "d", "e", "f", "g"]).Values.Sum());
        Assert.Equal(sum > 0, Figures.AnyIn(form));
    }

    private static DailyRollUp Of(params ReportTask[] tasks) => DailyRollUp.Of(Day, tasks, Order, Fields, Health);

    private static ReportTask Missing(string unit) =>
        new(Guid.Empty, unit, Day, Due.AddHours(-9), false, false, true, false, true, true, false, false, 0, null, null, null, null);

    private static ReportTask Filed(string unit, int suspected) => Missing(unit) with
    {
        Filed = true, Missing = false, WasMissed = false, Overdue = false, Outcome = Outcome.Done, SubmittedAt = Due.AddHours(-1), CountsSince = Due.AddHours(-1),
        Form = $$"""{"suspectedCases":{{suspected}},"remarks":"无"}""",
    };

    private static ReportTask Nil(string unit) => Filed(unit, 0) with { Outcome = Outcome.NothingToReport, Form = null };
}
