using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;
using TaskMatrix.Engine.Tests.TaskInstances;

namespace TaskMatrix.Engine.Tests.Inspections;

/// <summary>What the record says for and against a unit.</summary>
public sealed class CaseFactTests
{
    [Fact]
    public void Breaches_speak_against_a_unit_and_what_it_tried_speaks_for_it()
    {
        var at = Tasks.Now;
        TaskEvent[] events =
        [
            new Acknowledged("p", "post", at), new Progressed(40, "一半", [], at.AddHours(1)), new ExtensionRequested("等材料", "一半", at.AddDays(3), at.AddHours(2)),
            new ExtensionDecided(false, null, "不同意", at.AddHours(3)), new BecameOverdue(at.AddDays(1), at.AddDays(2)), new Urged("请办", "education", at.AddDays(2)),
            new Escalated("leader", 2, at.AddDays(2), "leading-group-office", "list", at.AddDays(2)), new Escalated("remind", 0, at, "education", "list", at),
            new Submitted("p", "已办", null, [], Outcome.Done, ["health"], TaskState.PendingReview, at.AddDays(3)),
        ];

        var facts = CaseFacts.Of(Tasks.Issue(Tasks.Order), events).ToList();

        Assert.Equal([CaseFacts.Overdue, CaseFacts.Urged, CaseFacts.Escalated], facts.Where(fact => fact.Side is FactSide.Against).Select(fact => fact.Code));
        Assert.Equal(
            [CaseFacts.AcknowledgedInTime, CaseFacts.Progress, CaseFacts.AskedExtension, CaseFacts.WaitedFor], facts.Where(fact => fact.Side is FactSide.For).Select(fact => fact.Code));
        Assert.Equal(at.AddDays(1), facts.Single(fact => fact.Code == CaseFacts.Overdue).At);
        Assert.Equal("health", facts.Single(fact => fact.Code == CaseFacts.WaitedFor).Text);
    }

    [Fact]
    public void Acknowledging_after_the_breach_does_not_count_as_in_time()
    {
        var facts = CaseFacts.Of(Tasks.Issue(Tasks.Order), [new AckBreached(Tasks.Now, Tasks.Now), new Acknowledged("p", "post", Tasks.Now.AddHours(1))]);
        Assert.Equal(CaseFacts.AckBreached, Assert.Single(facts).Code);
    }

    [Fact]
    public void An_order_counts_as_answered_in_time_late_or_not_at_all()
    {
        var inspection = Cases.In(InspectionState.Ordered);
        Assert.Empty(CaseFacts.Of(inspection, Cases.AnswerBy.AddTicks(-1)));
        Assert.Equal(CaseFacts.OrderUnanswered, Assert.Single(CaseFacts.Of(inspection, Cases.AnswerBy)).Code);
        inspection.Explain(People.Head, "迟复", [], Cases.Later);
        Assert.Equal(CaseFacts.AnsweredLate, Assert.Single(CaseFacts.Of(inspection, Cases.Later)).Code);
        Assert.Equal(CaseFacts.AnsweredInTime, Assert.Single(CaseFacts.Of(Cases.In(InspectionState.Explained), Cases.Later)).Code);
    }
}
