using TaskMatrix.Engine.TaskInstances;
using static TaskMatrix.Engine.TaskInstances.TaskActions;

namespace TaskMatrix.Engine.Tests.TaskInstances;

/// <summary>Every action in every state. The table is written from the design, not read from the code.</summary>
public sealed class StateTableTests
{
    /// <summary>Where an action leads a task that needs both signature and review; a dot is a refusal.</summary>
    private const string Table = """
        action              Dr PA IP PS PR Cl Re Su Mi NA Te
        issue               PA .  .  .  .  .  .  .  .  .  .
        acknowledge         .  IP .  .  .  .  .  .  .  .  .
        decline             .  Re .  .  .  .  .  .  .  .  .
        reassign            .  PA PA .  .  .  PA PA .  .  .
        refuse-return       .  .  .  .  .  .  PA .  .  .  .
        progress            .  .  IP .  .  .  .  .  .  .  .
        hand-over           .  .  IP .  .  .  .  .  .  .  .
        pass-down           .  .  IP .  .  .  .  .  .  .  .
        confirm             .  .  IP .  .  .  .  .  .  .  .
        submit              .  .  PS .  .  .  .  .  PS .  .
        sign                .  .  .  PR .  Cl .  .  .  .  .
        refuse-signature    .  .  .  IP .  Cl .  .  .  .  .
        approve             .  .  .  .  Cl .  .  .  .  .  .
        return              .  .  .  .  IP .  .  .  .  .  .
        suspend             .  Su Su .  .  .  .  .  .  .  .
        resume              .  .  .  .  .  .  .  IP .  .  .
        request-extension   .  PA IP PS .  .  Re .  .  .  .
        decide-extension    .  PA IP PS PR Cl Re Su .  .  .
        urge                .  PA IP PS PR .  Re Su Mi .  .
        mark-not-applicable NA NA NA NA NA .  NA NA .  .  .
        terminate           Te Te Te Te Te .  Te Te .  .  .
        reopen              .  .  .  .  .  IP .  .  .  .  .
        confirm-receipt     .  .  .  .  .  Cl .  .  .  .  .
        correct             .  .  .  .  .  Cl .  .  .  .  .
        """;

    private static readonly string[][] Lines =
        [.. Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    public static TheoryData<string, TaskState, TaskState> Allowed()
    {
        var allowed = new TheoryData<string, TaskState, TaskState>();
        foreach (var (action, from, to) in Cells().Where(cell => cell.To is not null))
        {
            allowed.Add(action, from, to!.Value);
        }

        return allowed;
    }

    public static TheoryData<string, TaskState> Refused()
    {
        var refused = new TheoryData<string, TaskState>();
        foreach (var (action, from, _) in Cells().Where(cell => cell.To is null))
        {
            refused.Add(action, from);
        }

        return refused;
    }

    [Theory, MemberData(nameof(Allowed))]
    public void An_action_in_its_states_leads_where_the_table_says(string action, TaskState from, TaskState to)
    {
        var task = Tasks.For(action, from);

        task.Do(action, Tasks.NowOf(task));

        Assert.Equal(to, task.State);
        var recorded = Assert.Single(task.Recorded);
        Assert.Equal((action, from, to), (recorded.Action, recorded.From, recorded.To));
    }

    [Theory, MemberData(nameof(Refused))]
    public void An_action_in_any_other_state_is_refused_and_changes_nothing(string action, TaskState from)
    {
        var task = Tasks.In(from);

        Refusal.Conflict(task, "task.wrong-state", () => task.Do(action, Tasks.NowOf(task)));
    }

    [Fact]
    public void Each_rule_leads_to_all_the_states_it_names_and_to_no_other()
    {
        foreach (var rule in Rules)
        {
            var reached = from task in Variants(rule)
                          where rule.From.Contains(task.State)
                          select After(task, rule.Action);

            Assert.Equal(rule.To.Union(rule.Staying).Order(), reached.Distinct().Order());
        }
    }

    [Theory, MemberData(nameof(Refused))]
    public void A_refusal_notes_no_deadline_that_passed_in_the_meantime(string action, TaskState from)
    {
        var task = Tasks.In(from, from is TaskState.Missed ? Tasks.Order : Tasks.OneOff);

        Refusal.Conflict(task, "task.wrong-state", () => task.Do(action, Tasks.CutOff.AddDays(1)));
    }

    [Fact]
    public void The_table_names_every_action_and_every_state()
    {
        Assert.Equal(Rules.Select(rule => rule.Action), Lines.Skip(1).Select(line => line[0]));
        Assert.Equal(Enum.GetValues<TaskState>(), Lines[0].Skip(1).Select(name => State(name)!.Value));
    }

    [Fact]
    public void The_rules_list_the_same_states_as_the_table()
    {
        foreach (var line in Lines.Skip(1))
        {
            var from = Enum.GetValues<TaskState>().Where(state => line[1 + (int)state] != ".");

            Assert.Equal(from, Find(line[0]).From.Order());
        }
    }

    /// <summary>Every state, under every combination of what a task may require.</summary>
    private static IEnumerable<TaskInstance> Variants(ActionRule rule)
    {
        bool[] either = [true, false];
        foreach (var (signOff, review, acknowledge) in either.SelectMany(a => either.SelectMany(b => either.Select(c => (a, b, c)))))
        {
            var order = Tasks.Order with { SignOffRequired = signOff, ReviewRequired = review };
            if (rule.Action == Issue)
            {
                yield return Tasks.In(TaskState.Draft, order with { AcknowledgeRequired = acknowledge });
                continue;
            }

            foreach (var state in rule.From.Where(state => (signOff || state is not TaskState.PendingSignOff) && (review || state is not TaskState.PendingReview)))
            {
                yield return Tasks.For(rule.Action, state, order);
            }

            var waiting = Tasks.In(TaskState.PendingAck, order, asked: rule.Action == DecideExtension);
            waiting.Do(Suspend, Tasks.Now);
            yield return waiting;
        }
    }

    private static TaskState After(TaskInstance task, string action)
    {
        task.Do(action, Tasks.NowOf(task));
        return task.State;
    }

    private static IEnumerable<(string Action, TaskState From, TaskState? To)> Cells() =>
        from line in Lines.Skip(1)
        from column in Enumerable.Range(1, line.Length - 1)
        select (line[0], State(Lines[0][column])!.Value, State(line[column]));

    private static TaskState? State(string name) => name switch
    {
        "Dr" => TaskState.Draft,
        "PA" => TaskState.PendingAck,
        "IP" => TaskState.InProgress,
        "PS" => TaskState.PendingSignOff,
        "PR" => TaskState.PendingReview,
        "Cl" => TaskState.Closed,
        "Re" => TaskState.Returned,
        "Su" => TaskState.Suspended,
        "Mi" => TaskState.Missed,
        "NA" => TaskState.NotApplicable,
        "Te" => TaskState.Terminated,
        _ => null,
    };
}
