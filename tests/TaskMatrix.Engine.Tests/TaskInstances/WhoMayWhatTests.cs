using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;

namespace TaskMatrix.Engine.Tests.TaskInstances;

/// <summary>Each action and each kind of person. Who comes first (403), then the version, then the state (409).</summary>
public sealed class WhoMayWhatTests
{
    /// <summary>Who may, of <see cref="People.Everyone"/>; all others get the code.</summary>
    public static readonly TheoryData<string, string, string> Table = new()
    {
        { "issue", "office", "task.not-allowed" },
        { "acknowledge", "liaison head", "task.not-owner" },
        { "decline", "liaison head", "task.not-owner" },
        { "reassign", "office", "task.not-allowed" },
        { "refuse-return", "office", "task.not-allowed" },
        { "progress", "liaison head co-liaison co-head", "task.not-owner" },
        { "hand-over", "liaison head", "task.not-owner" },
        { "pass-down", "liaison head", "task.not-owner" },
        { "confirm", "co-liaison co-head", "task.not-owner" },
        { "submit", "liaison head", "task.not-owner" },
        { "sign", "head", "task.not-allowed" },
        { "refuse-signature", "head", "task.not-owner" },
        { "approve", "office", "task.not-allowed" },
        { "return", "office", "task.not-allowed" },
        { "suspend", "office", "task.not-allowed" },
        { "resume", "office", "task.not-allowed" },
        { "request-extension", "liaison head", "task.not-owner" },
        { "decide-extension", "office", "task.not-allowed" },
        { "urge", "office", "task.not-allowed" },
        { "mark-not-applicable", "office", "task.not-allowed" },
        { "terminate", "office leader", "task.not-allowed" },
        { "reopen", "office", "task.not-allowed" },
        { "confirm-receipt", "informed", "task.not-owner" },
        { "correct", "liaison", "task.not-allowed" },
    };

    [Theory, MemberData(nameof(Table))]
    public void Whoever_may_not_is_told_so_in_every_state_and_before_the_version(string action, string who, string code)
    {
        foreach (var actor in People.Everyone.Where(person => !who.Split(' ').Contains(person.Key)).Select(person => person.Value))
        {
            foreach (var state in Enum.GetValues<TaskState>())
            {
                var task = Tasks.In(state);
                task.ExpectedVersion = task.Version + 1;

                Refusal.Forbidden(task, code, () => task.Do(action, actor, Tasks.NowOf(task)));
            }
        }
    }

    [Theory, MemberData(nameof(Table))]
    public void Whoever_may_is_told_of_another_version_before_the_state(string action, string who, string code)
    {
        foreach (var actor in who.Split(' ').Select(name => People.Everyone[name]))
        {
            foreach (var state in Enum.GetValues<TaskState>())
            {
                var task = Tasks.In(state);
                task.ExpectedVersion = task.Version - 1;

                Refusal.Conflict(task, "task.version-conflict", () => task.Do(action, actor, Tasks.NowOf(task)));
            }
        }

        Assert.Equal(code, TaskActions.Find(action).Refusal);
    }

    [Theory, MemberData(nameof(Table))]
    public void Whoever_may_does_it(string action, string who, string code)
    {
        foreach (var actor in who.Split(' ').Select(name => People.Everyone[name]))
        {
            var task = Tasks.For(action, TaskActions.Find(action).From[0]);
            task.ExpectedVersion = task.Version;

            task.Do(action, actor, Tasks.NowOf(task));

            Assert.Same(actor, Assert.Single(task.Recorded).Actor);
        }

        Assert.StartsWith("task.", code);
    }

    [Fact]
    public void The_table_names_every_action() =>
        Assert.Equal(TaskActions.Rules.Select(rule => rule.Action), Table.Select(row => row[0]));

    [Fact]
    public void Any_liaison_of_the_lead_unit_may_go_on_whoever_acknowledged()
    {
        var task = Tasks.In(TaskState.InProgress);

        task.Submit(People.Liaison with { UserName = "taiping.education.second" }, Tasks.Done, Tasks.Now);

        Assert.Equal("taiping.education.second", task.SubmittedBy);
        Assert.Equal(People.Liaison.UserName, task.Assignee);
    }

    [Theory]
    [InlineData(Role.Inspector)]
    [InlineData(Role.SystemAdministrator)]
    [InlineData(Role.SecurityAdministrator)]
    [InlineData(Role.AuditAdministrator)]
    [InlineData(Role.Scheduler)]
    public void A_role_without_say_gets_none_from_sitting_in_the_lead_unit(Role role)
    {
        var task = Tasks.In(TaskState.PendingAck);

        Refusal.Forbidden(task, "task.not-owner", () => task.Acknowledge(People.Of("education", role), Tasks.Now));
    }
}
