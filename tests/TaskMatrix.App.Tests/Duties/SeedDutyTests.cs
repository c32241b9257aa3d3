using TaskMatrix.App.Tests.Workflows;
using TaskMatrix.Engine.Duties;

namespace TaskMatrix.App.Tests.Duties;

public sealed class SeedDutyTests
{
    [Fact]
    public void Both_plans_together_give_between_113_and_240_duties()
    {
        Assert.InRange(Shipped.Set.Duties.Count, 113, 240);
        Assert.Equal(Shipped.Set.Duties.Count, Shipped.Set.Duties.Select(duty => duty.Id).Distinct().Count());
    }

    [Fact]
    public void Every_quotation_is_the_text_at_its_place()
    {
        Assert.All(Shipped.Set.Duties, duty =>
        {
            var document = Shipped.Set.Plan(duty.Plan)!.Document;
            Assert.Equal(duty.Clause.Quote, document.Text[duty.Clause.Start..duty.Clause.End]);
            Assert.Contains(document.Clauses, clause => clause.Id == duty.Clause.ClauseId && clause.Start <= duty.Clause.Start && duty.Clause.Start < clause.End);
        });
    }

    [Fact]
    public void Every_wording_of_a_co_owner_stands_in_the_document()
    {
        Assert.All(
            Shipped.Set.Duties.SelectMany(duty => duty.CoOwners.Select(co => (duty.Plan, co.Wording))),
            co => Assert.Contains(co.Wording, Shipped.Set.Plan(co.Plan)!.Document.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("晨午检", "daily-checklist", "text")]
    [InlineData("通风换气", "daily-checklist", "text")]
    [InlineData("每天掌握其健康状况", "daily-register", "text")]
    [InlineData("日清理", "daily-checklist", "text")]
    [InlineData("日消毒", "daily-checklist", "text")]
    [InlineData("日巡查", "daily-checklist", "text")]
    [InlineData("日报告", "daily-report", "text")]
    [InlineData("零报告", "daily-report", "text")]
    [InlineData("值班值守工作", "duty-watch", "assumption")]
    public void What_the_text_does_daily_comes_round_daily(string words, string process, string basis)
    {
        var duty = Assert.Single(Shipped.Set.Duties, duty => duty.Kind == DutyKind.Recurring && duty.Clause.Quote.Contains(words));

        Assert.Equal((process, basis), (duty.Process, duty.Schedule!.Basis));
        Assert.Equal("* * *", string.Join(' ', duty.Schedule.Cron.Split(' ')[2..]));
    }

    [Fact]
    public void A_daily_report_is_made_up_for_every_day_missed_and_others_for_the_latest()
    {
        Assert.Equal("all", Shipped.Set.Duty("lanxi.all-units.daily-report")!.Schedule!.Policy);
        Assert.Equal("latest", Shipped.Set.Duty("lanxi.all-units.duty-watch")!.Schedule!.Policy);
    }

    [Fact]
    public void The_first_named_of_joint_owners_leads_and_the_other_must_confirm()
    {
        var duty = Shipped.Set.Duty("lanxi.police-station.group-incidents")!;

        Assert.Equal(["police-station"], duty.LeadUnits);
        Assert.Contains(new CoOwner("governance-office", "joint", "派出所和综治办"), duty.CoOwners);
        Assert.Equal(["police-station", "governance-office"], duty.Raci.Responsible);
        Assert.Equal(["police-station"], duty.Raci.Accountable);
    }

    [Fact]
    public void Stations_named_together_are_joint_owners()
    {
        Assert.Contains(Shipped.Set.Duties, duty => duty.LeadUnits is ["highway-station"]
            && duty.CoOwners.Where(co => co.Role == "joint").Select(co => co.Unit).SequenceEqual(["traffic-station", "bus-station"]));
    }

    [Fact]
    public void A_collective_duty_is_led_by_each_unit_of_its_class_in_their_order()
    {
        var duty = Shipped.Set.Duty("taiping.all-units.returnee-registration")!;

        Assert.Equal(["shuiquan-town", "hongshu-street", "gaode-street", "sunjiawan-street"], duty.LeadUnits);
        Assert.Equal("town-street", duty.UnitClass);
    }

    [Fact]
    public void A_class_of_co_owners_is_expanded_without_the_lead_and_without_doubles()
    {
        Assert.All(Shipped.Set.Duties, duty => Assert.Equal(duty.CoOwners.Count, duty.CoOwners.Select(co => co.Unit).Distinct().Count()));
        var duty = Shipped.Set.Duty("lanxi.leading-group-office.joint-mechanism")!;
        Assert.Contains(duty.CoOwners, co => co is { Unit: "health-center", Role: "assist" });
        Assert.DoesNotContain(duty.CoOwners, co => co.Unit == "leading-group-office");
    }

    [Fact]
    public void A_date_of_the_text_is_kept_as_written()
    {
        Assert.Equal("2020-01-22", Shipped.Set.Duty("lanxi.all-units.control-plan")!.Due);
    }

    [Fact]
    public void The_districts_daily_summary_exists_and_is_off()
    {
        Assert.Equal(["taiping.gov-office.daily-summary"], Shipped.Set.Duties.Where(duty => !duty.Enabled).Select(duty => duty.Id));
    }

    [Theory]
    [InlineData("taiping", "health", "public-security", "gov-office")]
    [InlineData("lanxi", "health-center", "police-station", "leading-group-office")]
    public void A_suspected_case_starts_work_where_it_must(string jurisdiction, params string[] units)
    {
        var started = Shipped.Set.Duties.Where(duty => duty.Jurisdiction == jurisdiction && duty.Event == "suspected-case").SelectMany(duty => duty.LeadUnits);

        Assert.Subset(started.ToHashSet(), units.ToHashSet());
    }

    [Fact]
    public void Duties_stand_in_the_order_of_their_text()
    {
        Assert.All(Shipped.Set.Plans, plan =>
            Assert.Equal(Shipped.Set.DutiesOf(plan.Id).Select(duty => duty.Clause.Start).Order(), Shipped.Set.DutiesOf(plan.Id).Select(duty => duty.Clause.Start)));
    }

    [Theory]
    [InlineData("taiping.all-units.student-phone-calls", true)]
    [InlineData("taiping.all-units.returnee-registration", false)]
    [InlineData("taiping.civil-affairs.key-groups", true)]
    [InlineData("lanxi.all-units.wuhan-returnee-census", false)]
    [InlineData("taiping.culture-tourism.tour-groups", false)]
    [InlineData("taiping.commerce.foreign-visitor-list", false)]
    [InlineData("taiping.civil-affairs.relief-stocks", false)]
    [InlineData("lanxi.leading-group.stockpile", false)]
    [InlineData("taiping.red-cross.donations", false)]
    [InlineData("taiping.finance.advance-payment", false)]
    public void A_register_is_asked_for_where_the_text_registers_and_what_it_does_not_say_is_an_assumption(string id, bool daily)
    {
        var duty = Shipped.Set.Duty(id)!;

        Assert.Equal(daily, duty.Register!.Daily);
        Assert.Equal(daily, duty.Register.Results.Count > 0);
        Assert.Equal("code", duty.Register.Columns[0]);
        Assert.Contains(duty.Assumptions, assumption => assumption.Field == "register" && assumption.Value == duty.Register.Name);
    }

    [Fact]
    public void No_duty_besides_has_a_register() => Assert.Equal(10, Shipped.Set.Duties.Count(duty => duty.Register is not null));
}
