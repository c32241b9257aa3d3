using TaskMatrix.App.Tests.Workflows;
using TaskMatrix.Engine.Duties;

namespace TaskMatrix.App.Tests.Duties;

public sealed class DutyDefaultsTests
{
    [Fact]
    public void A_one_off_duty_shows_the_deadlines_it_assumes()
    {
        var duty = Shipped.Set.Duty("taiping.health.expert-group")!;

        Assert.Equal(("P1D", "P3D", "standard"), (duty.AcknowledgeWithin, duty.Due, duty.Ladder));
        Assert.Equal(
            [new Assumption("acknowledge", "P1D", DutyDefaults.NotInTheText), new Assumption("due", "P3D", DutyDefaults.NotInTheText), new Assumption("ladder", "standard", DutyDefaults.NotInTheText), new Assumption("levels", "all", DutyDefaults.NotInTheText)],
            duty.Assumptions);
    }

    [Fact]
    public void A_standing_duty_is_arranged_once_and_fed_back_on_fridays()
    {
        var duty = Shipped.Set.Duty("taiping.agriculture.animal-disease-control")!;

        Assert.Equal(new DutySchedule("0 8 * * 5", "17:00", "latest", "assumption"), duty.Schedule);
        Assert.Equal(["acknowledge", "due", "schedule.cron", "schedule.due", "ladder", "levels"], duty.Assumptions.Select(assumption => assumption.Field));
        Assert.Equal("reminder-only", duty.Ladder);
    }

    [Fact]
    public void A_listed_assumption_takes_its_value_from_the_duty_and_keeps_its_reason()
    {
        var duty = Shipped.Set.Duties.Single(duty => duty.Process == "act-then-file");

        var assumption = Assert.Single(duty.Assumptions, assumption => assumption.Field == "with.fileDue");
        Assert.Equal(("P7D", "原文只写“按规定程序补办”，未写时限"), (assumption.Value, assumption.Why));
    }

    [Fact]
    public void An_interpretation_of_the_kind_names_the_kind_and_one_of_partners_has_no_value()
    {
        var duty = Shipped.Set.Duty("taiping.leading-group-office.other-departments")!;

        Assert.Equal("standing", duty.Assumptions.Single(assumption => assumption.Field == "kind").Value);
        Assert.Null(duty.Assumptions.Single(assumption => assumption.Field == "coOwners").Value);
    }

    [Fact]
    public void A_daily_duty_without_a_time_is_due_at_five_and_says_so()
    {
        var duty = Shipped.Set.Duty("taiping.all-units.student-phone-calls")!;

        Assert.Equal(("17:00", "17:00"), (duty.Due, duty.Schedule!.Due));
        Assert.Contains(new Assumption("schedule.due", "17:00", DutyDefaults.NotInTheText), duty.Assumptions);
        Assert.DoesNotContain(duty.Assumptions, assumption => assumption.Field == "acknowledge");
    }

    [Fact]
    public void No_field_is_assumed_twice()
    {
        Assert.All(Shipped.Set.Duties, duty =>
            Assert.Equal(duty.Assumptions.Count, duty.Assumptions.Select(assumption => assumption.Field).Distinct().Count()));
    }
}
