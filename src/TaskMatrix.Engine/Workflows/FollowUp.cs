using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Workflows;

/// <summary>How the tasks that an instruction or a meeting led to stand, all of them together.</summary>
/// <param name="Open">Not ended.</param>
/// <param name="Closed">办结; the others ended without: not applicable, terminated, missed.</param>
public sealed record FollowUp(int Total, int Open, int Closed)
{
    public static FollowUp Of(IReadOnlyCollection<TaskState> states) =>
        new(states.Count, states.Count(state => state.IsOpen()), states.Count(state => state == TaskState.Closed));

    /// <summary>There were tasks, and all have ended.</summary>
    public bool AllEnded => Total > 0 && Open == 0;
}

/// <summary>Refuses what the rules of instructions and meetings do not allow; the answer's order is who, then state, then values.</summary>
internal static class Guards
{
    public static void Allow(bool holds, string code) => Check(holds, code, RuleKind.Forbidden);

    public static void Require(bool holds, string code, params object[] arguments) => Check(holds, code, RuleKind.Conflict, arguments);

    public static void Valid(bool holds, string code, params object[] arguments) => Check(holds, code, RuleKind.Invalid, arguments);

    private static void Check(bool holds, string code, RuleKind kind, params object[] arguments)
    {
        if (!holds)
        {
            throw new RuleBrokenException(code, kind, arguments);
        }
    }
}
