using System.Text;
using TaskMatrix.App.Tests.Workflows;
using TaskMatrix.Engine.Plans;

namespace TaskMatrix.App.Tests.Plans;

public sealed class SeedPlanTests
{
    public static TheoryData<string> Plans => new("taiping-2020-3", "lanxi-2020");

    [Theory]
    [MemberData(nameof(Plans))]
    public void A_document_is_kept_byte_for_byte(string plan)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Shipped.Root, "seed", "documents", $"{plan}-plan.txt"));

        Assert.Equal(bytes, Encoding.UTF8.GetBytes(Shipped.Set.Plan(plan)!.Document.Text));
    }

    [Theory]
    [InlineData("taiping-2020-3", "fcacdb2ed8aedbb8e4ec64d01a391f60cae9d239f11a9619d87da15440d9bce8")]
    [InlineData("lanxi-2020", "71308907e03fb4d0de51fbd6742f7f0e8b6b9821acd72d7bbc6105581c180363")]
    public void The_hash_of_a_document_is_known(string plan, string hash)
    {
        Assert.Equal(hash, PlanDocument.Sha256(Shipped.Set.Plan(plan)!.Document.Text));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Every_sentence_that_gives_a_duty_is_covered(string plan)
    {
        var coverage = Shipped.Set.CoverageOf(Shipped.Set.Plan(plan)!);

        Assert.Empty(coverage.Uncovered);
        Assert.Empty(coverage.DutiesWithoutClause);
        Assert.Equal(coverage.Assigning, coverage.Covered);
        Assert.InRange(coverage.Assigning, 40, coverage.Clauses);
    }

    [Fact]
    public void A_gap_shows_once_a_duty_is_taken_away()
    {
        var set = Shipped.Set;
        var less = set with { Duties = set.Duties.RemoveAll(duty => duty.LeadUnits is ["urban-management"]) };

        Assert.Contains("镇村环境卫生综合整治", Assert.Single(less.CoverageOf(less.Plan("lanxi-2020")!).Uncovered).Text);
    }

    [Theory]
    [InlineData("经发")]
    [InlineData("宣传")]
    public void A_name_that_the_text_leaves_without_a_duty_is_reported(string name)
    {
        var coverage = Shipped.Set.CoverageOf(Shipped.Set.Plan("lanxi-2020")!);

        Assert.Contains(coverage.NamedWithoutDuty, named => named.Name == name && named.Clause is not null && named.Why.Length > 0);
    }

    [Fact]
    public void Phases_are_days_from_the_day_of_issue()
    {
        var phases = Shipped.Set.Plan("lanxi-2020")!.Definition.Phases;

        Assert.Equal([("mobilisation", null, 0), ("implementation", 1, null)], phases.Select(phase => (phase.Id, phase.FromDay, phase.UntilDay)));
    }
}
