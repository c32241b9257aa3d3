using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;
using TaskMatrix.Engine.Tests.Schedules;

namespace TaskMatrix.Engine.Tests.TaskInstances;

public sealed class IssuingTests
{
    [Fact]
    public void Freezes_both_deadlines_when_it_is_issued()
    {
        var task = Tasks.Issue(Tasks.Order with { AckBy = null, AckWithin = "PT2H", DueAt = null, DueIn = "P3D" });

        Assert.Equal((Tasks.Start.AddHours(2), Tasks.Start.AddDays(3)), (task.AckBy, task.DueAt));
        Assert.Equal((Tasks.Start, Tasks.Start), (task.IssuedAt, task.CreatedAt));
    }

    [Fact]
    public void Is_due_in_three_days_and_to_be_acknowledged_in_one_when_nothing_is_said()
    {
        var task = Tasks.Issue(new TaskIssue
        {
            Id = Guid.Empty,
            Number = "1",
            Jurisdiction = "taiping",
            Title = "t",
            Source = new TaskSource("manual", null),
            LeadUnit = "education",
        });

        Assert.Equal((Tasks.Start.AddDays(1), Tasks.Start.AddDays(3)), (task.AckBy, task.DueAt));
        Assert.Equal((TaskState.PendingAck, false, true), (task.State, task.SignOffRequired, task.ReviewRequired));
    }

    [Fact]
    public void Reckons_in_working_time_where_the_order_says_so()
    {
        var task = Tasks.Issue(Tasks.Order with { AckBy = null, AckWithin = "PT4H", DueAt = null, DueIn = "P1D", Calendar = "working" });

        Assert.Equal((China.At("2020-01-23 14:30"), China.At("2020-02-03 17:00")), (task.AckBy, task.DueAt));
    }

    [Fact]
    public void Never_leaves_more_time_to_acknowledge_than_to_do_it()
    {
        var task = Tasks.Issue(Tasks.Order with { AckBy = null, AckWithin = "P3D" });

        Assert.Equal(Tasks.DueAt, task.AckBy);
    }

    [Fact]
    public void Starts_in_progress_and_has_no_ack_by_when_it_was_accepted_with_its_duty()
    {
        var task = Tasks.Issue(Tasks.Order with { AcknowledgeRequired = false });

        Assert.Equal((TaskState.InProgress, null), (task.State, task.AckBy));
    }

    [Fact]
    public void Reckons_the_deadlines_of_a_draft_from_its_issue()
    {
        var task = TaskInstance.Draft(Tasks.Order with { AckBy = null, DueAt = null, DueIn = "P2D" }, People.Office, Tasks.Start);
        Assert.Equal((TaskState.Draft, null, null), (task.State, task.IssuedAt, task.DueAt));

        task.IssueDraft(People.Office, China.Reckoning, Tasks.Start.AddDays(1));

        Assert.Equal((Tasks.Start.AddDays(1).AddHours(4), Tasks.Start.AddDays(3)), (task.AckBy, task.DueAt));
        Assert.Equal((Tasks.Start, Tasks.Start.AddDays(1)), (task.CreatedAt, task.IssuedAt));
    }

    [Theory]
    [InlineData(0, "task.due-in-past")]
    [InlineData(-1, "task.due-in-past")]
    public void Refuses_a_due_time_that_is_not_ahead(int minutes, string code)
    {
        var refusal = Assert.Throws<RuleBrokenException>(() => Tasks.Issue(Tasks.Order with { DueAt = Tasks.Start.AddMinutes(minutes) }));

        Assert.Equal((code, RuleKind.Invalid), (refusal.Code, refusal.Kind));
    }

    [Fact]
    public void Refuses_an_ack_by_that_is_not_ahead()
    {
        var refusal = Assert.Throws<RuleBrokenException>(() => Tasks.Issue(Tasks.Order with { AckBy = Tasks.Start }));

        Assert.Equal(("task.ack-in-past", RuleKind.Invalid), (refusal.Code, refusal.Kind));
    }

    [Theory]
    [InlineData("office", "manual", true)]
    [InlineData("scheduler", "duty", true)]
    [InlineData("leader", "instruction", true)]
    [InlineData("leader", "manual", false)]
    [InlineData("liaison", "manual", false)]
    [InlineData("head", "instruction", false)]
    [InlineData("inspector", "inspection", false)]
    [InlineData("system", "manual", false)]
    [InlineData("security", "manual", false)]
    [InlineData("audit", "manual", false)]
    [InlineData("foreign-office", "manual", false)]
    public void Is_made_by_office_or_scheduler_and_by_a_leader_as_an_instruction(string who, string kind, bool may)
    {
        var (actor, order) = (People.Everyone[who], Tasks.Order with { Source = new TaskSource(kind, null) });

        foreach (var make in new Func<TaskInstance>[]
        {
            () => TaskInstance.Draft(order, actor, Tasks.Start),
            () => TaskInstance.Issue(order, actor, China.Reckoning, Tasks.Start),
        })
        {
            if (may)
            {
                Assert.Equal(1, make().Version);
                continue;
            }

            var refusal = Assert.Throws<RuleBrokenException>(make);
            Assert.Equal(("task.not-allowed", RuleKind.Forbidden), (refusal.Code, refusal.Kind));
        }
    }

    [Fact]
    public void Is_seen_by_its_units_the_informed_and_those_who_oversee_the_jurisdiction()
    {
        var task = Tasks.Issue(Tasks.Order);

        var seen = People.Everyone.Where(person => task.VisibleTo(person.Value)).Select(person => person.Key);

        Assert.Equal(["liaison", "head", "co-liaison", "co-head", "informed", "office", "leader", "inspector", "scheduler"], seen);
        Assert.False(task.VisibleTo(People.Of("education", Role.AuditAdministrator)));
    }
}
