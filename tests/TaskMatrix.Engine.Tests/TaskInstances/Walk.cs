using FsCheck;
using FsCheck.Fluent;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;
using TaskMatrix.Engine.Tests.Overdue;

namespace TaskMatrix.Engine.Tests.TaskInstances;

internal enum Move
{
    /// <summary>Something that somebody may do.</summary>
    Allowed,

    /// <summary>The same, but also what ends the walk or changes nothing.</summary>
    Rare,

    /// <summary>Anything at all, mostly refused.</summary>
    Any,

    /// <summary>The sweep comes by.</summary>
    Sweep,
}

/// <param name="Minutes">How far the clock moves first; negative: to the task's next timer.</param>
/// <param name="Person">Index into <see cref="People.Everyone"/>, or into those who may.</param>
internal sealed record Step(int Minutes, Move Move, int Person, int Pick);

/// <summary>A random life of a task: which rules it has, and what happens to it.</summary>
/// <param name="Order">Bits: sign-off, review, acknowledge, cut-off, joint owner, working time, starts as a draft, has a form.</param>
internal sealed record Walk(int Order, IReadOnlyList<Step> Steps)
{
    private static readonly IReadOnlyList<Actor> Persons = [.. People.Everyone.Values];

    private static readonly string[] Rare = [TaskActions.Terminate, TaskActions.MarkNotApplicable, TaskActions.Urge];

    public static readonly Arbitrary<Walk> Random = Arb.From(
        from order in Gen.Choose(0, 255)
        from steps in Gen.ListOf(
            from minutes in Gen.Frequency(
                (2, Gen.Constant(-1)), (4, Gen.Choose(0, 90)), (2, Gen.Choose(90, 1_000)), (1, Gen.Choose(1_000, 6_000)))
            from move in Gen.Frequency(
                (20, Gen.Constant(Move.Allowed)), (5, Gen.Constant(Move.Any)), (5, Gen.Constant(Move.Sweep)), (1, Gen.Constant(Move.Rare)))
            from person in Gen.Choose(0, Persons.Count - 1)
            from pick in Gen.Choose(0, 1_000)
            select new Step(minutes, move, person, pick))
        select new Walk(order, steps),
        Shorter);

    /// <summary>Checks a claim over many walks; a failure prints the shortest walk that shows it.</summary>
    public static void Always(Action<Walk> claim, int walks = 250) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(walks).WithEndSize(60), Prop.ForAll(Random, claim));

    public TaskInstance Start()
    {
        var order = Tasks.Order with
        {
            SignOffRequired = Bit(0),
            ReviewRequired = Bit(1),
            AcknowledgeRequired = Bit(2),
            MissedBy = Bit(3) ? Tasks.CutOff : null,
            CoUnits = [new CoUnit("health", Bit(4) ? "joint" : "assist"), new CoUnit("publicity", "inform")],
            Calendar = Bit(5) ? "working" : "natural",
            Form = Bit(7) ? "epidemic-daily" : null,
        };
        return Bit(6) ? TaskInstance.Draft(order with { AckBy = null, DueAt = null, DueIn = "P2D" }, People.Office, Tasks.Start) : Tasks.Issue(order);
    }

    /// <summary>Takes every step; <paramref name="look"/> sees the task and the time after each.</summary>
    public TaskInstance Take(Action<TaskInstance, DateTimeOffset>? look = null)
    {
        var (task, now) = (Start(), Tasks.Start);
        look?.Invoke(task, now);
        foreach (var step in Steps)
        {
            now = Moved(task, now, step.Minutes);
            Take(task, step, now);
            look?.Invoke(task, now);
        }

        return task;
    }

    private static void Take(TaskInstance task, Step step, DateTimeOffset now)
    {
        switch (step.Move)
        {
            case Move.Sweep:
                task.FireTimers(Ladders.Strict, now);
                break;
            case Move.Any:
                Try(task, TaskActions.Rules[step.Pick % TaskActions.Rules.Count].Action, Persons[step.Person], now);
                break;
            default:
                var actions = Persons.SelectMany(person => task.AllowedActions(person, now)).Distinct().Except(step.Move is Move.Rare ? [] : Rare).ToList();
                if (actions.Count > 0)
                {
                    var action = actions[step.Pick % actions.Count];
                    var able = Persons.Where(person => task.AllowedActions(person, now).Contains(action)).ToList();
                    Try(task, action, able[step.Person % able.Count], now);
                }

                break;
        }
    }

    private static void Try(TaskInstance task, string action, Actor person, DateTimeOffset now)
    {
        var (before, count) = (TaskFields.All(task), task.Recorded.Count);
        try
        {
            task.Do(action, person, now);
        }
        catch (RuleBrokenException)
        {
            Assert.Equal(before, TaskFields.All(task));
            Assert.Equal(count, task.Recorded.Count);
        }
    }

    private static DateTimeOffset Moved(TaskInstance task, DateTimeOffset now, int minutes)
    {
        var next = minutes < 0 ? task.NextTimer(Ladders.Strict)?.At ?? now : now.AddMinutes(minutes);
        return next > now ? next : now;
    }

    private static IEnumerable<Walk> Shorter(Walk walk) =>
        Enumerable.Range(0, walk.Steps.Count).Select(gone => walk with { Steps = [.. walk.Steps.Where((_, index) => index != gone)] });

    private bool Bit(int position) => (Order >> position & 1) == 1;

    public override string ToString() => $"order {Order}: {string.Join("; ", Steps)}";
}
