using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Tests.TaskInstances;

/// <summary>A refused action says why and changes nothing.</summary>
internal static class Refusal
{
    public static void Forbidden(TaskInstance task, string code, Action attempt) => Of(task, RuleKind.Forbidden, code, attempt);

    public static void Conflict(TaskInstance task, string code, Action attempt) => Of(task, RuleKind.Conflict, code, attempt);

    public static void Invalid(TaskInstance task, string code, Action attempt) => Of(task, RuleKind.Invalid, code, attempt);

    private static void Of(TaskInstance task, RuleKind kind, string code, Action attempt)
    {
        var (before, recorded) = (TaskFields.All(task), task.Recorded.Count);

        var refusal = Assert.Throws<RuleBrokenException>(attempt);

        Assert.Equal((code, kind), (refusal.Code, refusal.Kind));
        Assert.Equal(before, TaskFields.All(task));
        Assert.Equal(recorded, task.Recorded.Count);
    }
}
