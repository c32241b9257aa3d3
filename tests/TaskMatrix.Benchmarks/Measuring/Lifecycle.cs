using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Benchmarks.Measuring;

/// <summary>The people of 太平区 and what they do with a task, through the command layer.</summary>
internal static class Lifecycle
{
    /// <summary>Units that take turns, as they do on a working day.</summary>
    public static readonly string[] Units =
        ["education", "health", "public-security", "civil-affairs", "finance", "commerce", "market-supervision", "publicity"];

    public static readonly Actor Office = new("taiping.office", "office", "office", "taiping", Actor.OfficeUnit, [Role.Office]);

    public static Actor Liaison(string unit) => new($"taiping.{unit}", unit, unit, "taiping", unit, [Role.Liaison]);

    public static string UnitOf(int client) => Units[client % Units.Length];

    public static Task<TaskView> Create(BenchSystem system, string unit)
    {
        system.Clock.NextMinute();
        return system.Send(
            new CreateTask.Command("taiping", "上报当日返乡人员排查情况", null, unit, null, null, null, null, "P3D", true, false, false, null, null, false), Office);
    }

    public static Task<TaskView> Acknowledge(BenchSystem system, Guid task, string unit) =>
        system.Send(new AcknowledgeTask.Command(task, null), Liaison(unit));

    public static Task<TaskView> Progress(BenchSystem system, Guid task, string unit) =>
        system.Send(new ReportProgress.Command(task, null, 50, "已排查两个村，余下今日完成。", null), Liaison(unit));

    public static Task<TaskView> Submit(BenchSystem system, Guid task, string unit) =>
        system.Send(new SubmitTask.Command(task, null, "排查完毕，共登记返乡人员三十二人。", null, null, null), Liaison(unit));

    public static Task<TaskView> Approve(BenchSystem system, Guid task) =>
        system.Send(new ApproveTask.Command(task, null, "情况属实，予以办结。"), Office);

    /// <summary>Four durable steps, each answered before the next.</summary>
    public static async Task Whole(BenchSystem system, string unit)
    {
        var task = (await Create(system, unit)).Id;
        await Acknowledge(system, task, unit);
        await Submit(system, task, unit);
        await Approve(system, task);
    }
}
