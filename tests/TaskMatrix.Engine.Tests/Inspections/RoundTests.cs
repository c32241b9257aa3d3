using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;

namespace TaskMatrix.Engine.Tests.Inspections;

/// <summary>督导组: what its members may, and until when.</summary>
public sealed class RoundTests
{
    [Fact]
    public void A_member_reads_and_finds_while_the_round_runs_and_never_on_the_own_unit()
    {
        var inspection = Cases.In(InspectionState.Explained);
        Assert.True(inspection.VisibleTo(People.OtherHead, Cases.Later));
        Assert.False(inspection.MayTakeDossier(People.OtherHead));
        Assert.Equal([InspectionActions.Find], inspection.AllowedActions(People.OtherHead, Cases.Ended, Cases.Later));

        var over = Cases.Team.Until!.Value;
        Assert.False(inspection.VisibleTo(People.OtherHead, over));
        Assert.Empty(inspection.AllowedActions(People.OtherHead, Cases.Ended, over));
        Assert.False(inspection.VisibleTo(People.OtherHead, Cases.Now.AddTicks(-1)));

        var own = Cases.Team with { Members = [new TeamMember(People.Liaison.UserName, "education", "联络员", "education")] };
        inspection.SetTeam(People.Inspector, own, Cases.Now);
        Assert.DoesNotContain(InspectionActions.Find, inspection.AllowedActions(People.Liaison, Cases.Ended, Cases.Later));
        Assert.False(inspection.VisibleTo(People.OtherHead, Cases.Later));
    }

    [Fact]
    public void Is_seen_by_inspectors_leaders_the_unit_and_the_team_and_nobody_else()
    {
        var inspection = Cases.In(InspectionState.Explained);
        Actor[] may = [People.Inspector, People.Leader, People.Liaison, People.Head, People.OtherHead, People.Scheduler];
        Assert.All(People.Everyone.Values, actor => Assert.Equal(may.Contains(actor), inspection.VisibleTo(actor, Cases.Later)));
    }

    [Fact]
    public void A_dossier_is_for_inspectors_leaders_and_the_unit_but_the_offices_own_record_is_not_for_its_staff()
    {
        var inspection = Cases.In(InspectionState.Explained);
        Actor[] may = [People.Inspector, People.Leader, People.Liaison, People.Head, People.Scheduler];
        Assert.All(People.Everyone.Values, actor => Assert.Equal(may.Contains(actor), inspection.MayTakeDossier(actor)));

        var ofOffice = Inspection.Open(Cases.Opening() with { Unit = Actor.OfficeUnit }, People.Inspector, Cases.Now);
        Assert.True(ofOffice.VisibleTo(People.Office, Cases.Now));
        Assert.False(ofOffice.MayTakeDossier(People.Office));
        Assert.True(ofOffice.MayTakeDossier(People.Inspector));
    }

    [Fact]
    public void A_joint_team_comes_from_several_units()
    {
        var plan = new RoundPlan(Guid.NewGuid(), "taiping", "督导-2020-0001", InspectionKind.Joint, "联合督导", "逾期", Cases.Now, null, Cases.Team.Members);
        Assert.Equal("inspection.joint-needs-units", Assert.Throws<RuleBrokenException>(() => InspectionRound.Plan(plan, People.Inspector, Cases.Now)).Code);
        var two = plan with { Team = [.. plan.Team, new TeamMember("taiping.health", "health", "联络员", "health")] };
        Assert.Equal("|taiping.finance.Head|taiping.health|", InspectionRound.Plan(two, People.Inspector, Cases.Now).TeamNames);
    }

    [Fact]
    public void Is_planned_by_inspectors_alone_ends_after_it_begins_and_then_keeps_its_team()
    {
        var plan = new RoundPlan(Guid.NewGuid(), "taiping", "督导-2020-0001", InspectionKind.Round, "督导", "逾期", Cases.Now, Cases.Now, []);
        Assert.Equal("inspection.round-ends-early", Assert.Throws<RuleBrokenException>(() => InspectionRound.Plan(plan, People.Inspector, Cases.Now)).Code);
        foreach (var actor in People.Everyone.Values.Where(actor => actor != People.Inspector))
        {
            Assert.Equal("inspection.not-allowed", Assert.Throws<RuleBrokenException>(() => InspectionRound.Plan(plan, actor, Cases.Now)).Code);
        }

        var round = InspectionRound.Plan(plan with { Until = Cases.Later }, People.Inspector, Cases.Now);
        Assert.Equal("inspection.round-over", Assert.Throws<RuleBrokenException>(() => round.SetTeam(People.Inspector, [], Cases.Later)).Code);
        Assert.False(round.VisibleTo(People.Office, Cases.Now));
    }
}
