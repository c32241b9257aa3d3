using TaskMatrix.App.Plans;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Tests.Workflows;

public sealed class PublishingTests
{
    private const string OwnPlan =
        """
        plan: taiping-flood
        unit: emergency
        duties:
          - id: taiping.flood.patrol
            title: 巡堤查险
            english: Patrol the dykes
            clause: { section: 二、职责, quote: 区应急局组织巡堤查险 }
            kind: standing
            process: standing-duty
        """;

    private static readonly PlanDefinition Flood = new(
        "taiping-flood", "taiping", "防汛方案", "Flood plan", "", new DateOnly(2026, 6, 1),
        "防汛方案\n一、目标\n安全度汛。\n二、职责\n区应急局组织巡堤查险。\n", null, [], []);

    [Fact]
    public void Every_shipped_definition_can_be_published_again()
    {
        foreach (var file in Shipped.Files.Where(file => !file.Id.StartsWith("seed.", StringComparison.Ordinal)))
        {
            Assert.Empty(DefinitionLoader.Check(Shipped.Set, file.Id, file.Text));
        }
    }

    [Fact]
    public void A_text_says_which_definition_it_is()
    {
        foreach (var file in Shipped.Files.Where(file => file.Path.EndsWith(".yaml", StringComparison.Ordinal) && !file.Path.StartsWith("seed/", StringComparison.Ordinal)))
        {
            Assert.Equal(file.Id, DefinitionLoader.IdOf(Shipped.Set, file.Text));
        }

        Assert.Equal("taiping.flood", DefinitionLoader.IdOf(Shipped.Set, OwnPlan));
        Assert.Null(DefinitionLoader.IdOf(Shipped.Set, "id: something"));
        Assert.Null(DefinitionLoader.IdOf(Shipped.Set, "id: ["));
    }

    [Fact]
    public void A_new_version_of_a_process_is_what_its_duties_go_on_with()
    {
        var yaml = Shipped.TextOf("single-task").Replace("review: true", "review: false", StringComparison.Ordinal);

        var set = DefinitionLoader.With(Shipped.Set, "single-task", 2, yaml);

        Assert.Equal(2, set.Processes["single-task"].Version);
        Assert.Equal(2, set.Duty("taiping.health.expert-group")!.ProcessVersion);
        Assert.Equal((2, 1), (set.Versions["single-task"], set.Versions["taiping.health"]));
        Assert.Equal(1, Shipped.Set.Processes["single-task"].Version);
    }

    [Fact]
    public void A_new_version_of_a_duty_file_replaces_its_duties_and_no_others()
    {
        var yaml = Shipped.TextOf("taiping.education").Replace("due: \"15:00\"", "due: \"16:00\"", StringComparison.Ordinal);

        var set = DefinitionLoader.With(Shipped.Set, "taiping.education", 2, yaml);

        Assert.Equal(("16:00", 2), (set.Duty("taiping.education.absence-checks")!.Due, set.Duty("taiping.education.absence-checks")!.Version));
        Assert.Equal(Shipped.Set.Duties.Select(duty => duty.Id), set.Duties.Select(duty => duty.Id));
        Assert.All(set.Duties.Where(duty => duty.Definition != "taiping.education"), duty => Assert.Equal(1, duty.Version));
    }

    [Fact]
    public void Duties_of_a_plan_without_listed_headings_are_published_as_a_new_definition()
    {
        var set = DefinitionLoader.With(Shipped.Set.WithPlan(Flood), "taiping.flood", 1, OwnPlan);

        var duty = set.Duty("taiping.flood.patrol")!;
        Assert.Equal(["emergency"], duty.LeadUnits);
        Assert.Equal(duty.Clause.Quote, Flood.Text[duty.Clause.Start..duty.Clause.End]);
        Assert.Contains(set.CoverageOf(set.Plan("taiping-flood")!).Uncovered, gap => gap.Text.Contains("安全度汛"));
    }

    [Fact]
    public void A_duty_id_that_another_definition_holds_is_refused()
    {
        var yaml = OwnPlan.Replace("taiping.flood.patrol", "taiping.emergency.respond", StringComparison.Ordinal);
        var held = Shipped.Set.Duties.First(duty => duty.Definition == "taiping.emergency").Id;

        var problem = Assert.Single(DefinitionLoader.Check(
            Shipped.Set.WithPlan(Flood), "taiping.flood", yaml.Replace("taiping.emergency.respond", held, StringComparison.Ordinal)));

        Assert.Equal(("definition.duplicate-duty", 4), (problem.Code, problem.Line));
        Assert.Equal([held, "taiping.emergency"], problem.Arguments);
    }

    [Theory]
    [InlineData("seed.taiping")]
    [InlineData("atlantis.office")]
    [InlineData("escalations.")]
    [InlineData("")]
    public void What_is_no_publishable_definition_is_refused(string id)
    {
        Assert.Equal(["definition.not-publishable"], DefinitionLoader.Check(Shipped.Set, id, OwnPlan).Select(problem => problem.Code));
    }

    [Fact]
    public void An_event_that_duties_wait_for_cannot_be_dropped()
    {
        var yaml = Shipped.TextOf("events").Replace("- id: rumour", "- id: gossip", StringComparison.Ordinal);

        Assert.Contains(
            DefinitionLoader.Check(Shipped.Set, "events", yaml),
            problem => problem.Code == "definition.in-use" && problem.Arguments.Contains("rumour"));
    }

    [Fact]
    public void A_parameter_that_duties_do_not_give_cannot_be_asked_for()
    {
        var yaml = Shipped.TextOf("daily-checklist").Replace("[items]", "[items, place]", StringComparison.Ordinal);

        Assert.All(DefinitionLoader.Check(Shipped.Set, "daily-checklist", yaml), problem => Assert.Equal("definition.missing-parameter", problem.Code));
    }

    [Fact]
    public void A_field_that_a_process_decides_by_cannot_be_taken_from_its_form()
    {
        var json = Shipped.TextOf("forms.epidemic-daily").Replace("suspectedCases", "suspects", StringComparison.Ordinal);

        Assert.Equal(["definition.unknown-field"], DefinitionLoader.Check(Shipped.Set, "forms.epidemic-daily", json).Select(problem => problem.Code));
    }

    [Fact]
    public void A_process_cannot_decide_by_a_field_that_the_forms_of_its_duties_lack()
    {
        var yaml = Shipped.TextOf("daily-report").Replace("field: suspectedCases", "field: suspects", StringComparison.Ordinal);

        var problem = Assert.Single(DefinitionLoader.Check(Shipped.Set, "daily-report", yaml));
        Assert.Equal("definition.unknown-field", problem.Code);
        Assert.Equal(["suspects", "epidemic-daily"], problem.Arguments);
    }

    [Fact]
    public void A_set_that_a_bad_definition_was_offered_to_is_as_it_was()
    {
        var before = Shipped.Set;

        Assert.Throws<DefinitionException>(() => DefinitionLoader.With(before, "single-task", 2, "id: ["));

        Assert.Equal(1, before.Versions["single-task"]);
    }
}
