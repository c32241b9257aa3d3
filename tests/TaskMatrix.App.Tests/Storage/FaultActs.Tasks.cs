using System.Text.Json;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Plans;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Tests.Storage;

internal static partial class FaultActs
{
    private static readonly Actor Education = People.Liaison("education");

    private static Dictionary<Type, FaultAct> OfTasks => new()
    {
        [typeof(CreateTask.Command)] = At(false, system => system.Assign(coUnits: ["health"])),
        [typeof(AssignTasks.Command)] = At(false, system => system.Send(
            new AssignTasks.Command(new(null, "核查返程学生", null, "", null, null, "P1D", null, "P3D", null, null, null, null, null, false), "education, health"), People.Office)),
        [typeof(IssueTaskDraft.Command)] = On(system => system.Assign(draft: true), id => new IssueTaskDraft.Command(id, null), People.Office),
        [typeof(AcknowledgeTask.Command)] = On(Assigned, id => new AcknowledgeTask.Command(id, null), Education),
        [typeof(DeclineTask.Command)] = On(Assigned, Decline, Education),
        [typeof(RefuseReturn.Command)] = On(
            async system => await system.Send(Decline((await system.Assign()).Id), Education), id => new RefuseReturn.Command(id, null, "仍由你局办理"), People.Office),
        [typeof(ReassignTask.Command)] = On(Assigned, id => new ReassignTask.Command(id, null, "health", ["justice"], "改派", null, null), People.Office),
        [typeof(ReportProgress.Command)] = On(Begun, id => new ReportProgress.Command(id, null, 50, "过半", null), Education),
        [typeof(ConfirmTask.Command)] = On(
            async system => await system.Acknowledge((await system.Assign(coUnits: ["health"])).Id), id => new ConfirmTask.Command(id, null, "已配合"), People.Liaison("health")),
        [typeof(HandOverTask.Command)] = On(
            async system =>
            {
                await system.Send(new AddDemoAccounts.Command(new("-")));
                return await Begun(system);
            },
            id => new HandOverTask.Command(id, null, "taiping.education.head", "出差"), Education),
        [typeof(SubmitTask.Command)] = On(Begun, id => new SubmitTask.Command(id, null, "已办理", null, null, null), Education),
        [typeof(SignTask.Command)] = On(Submitted, id => new SignTask.Command(id, null, null), People.Head("education")),
        [typeof(RefuseSignature.Command)] = On(Submitted, id => new RefuseSignature.Command(id, null, "不全"), People.Head("education")),
        [typeof(ApproveTask.Command)] = On(Filed, id => new ApproveTask.Command(id, null, null), People.Office),
        [typeof(ReturnTask.Command)] = On(Filed, id => new ReturnTask.Command(id, null, "不全", null), People.Office),
        [typeof(SuspendTask.Command)] = On(Begun, Suspend, People.Office),
        [typeof(ResumeTask.Command)] = On(async system => await system.Send(Suspend((await Begun(system)).Id), People.Office), id => new ResumeTask.Command(id, null), People.Office),
        [typeof(RequestExtension.Command)] = On(Begun, Extension, Education),
        [typeof(DecideExtension.Command)] = On(
            async system => await system.Send(Extension((await Begun(system)).Id), Education), id => new DecideExtension.Command(id, null, true, null, "同意"), People.Office),
        [typeof(UrgeTask.Command)] = On(Assigned, id => new UrgeTask.Command(id, null, "请抓紧"), People.Office),
        [typeof(MarkNotApplicable.Command)] = On(Assigned, id => new MarkNotApplicable.Command(id, null, "已撤并"), People.Office),
        [typeof(TerminateTask.Command)] = On(Assigned, id => new TerminateTask.Command(id, null, "解除", null), People.Leader),
        [typeof(ReopenTask.Command)] = On(
            async system => await system.Finish((await system.Assign()).Id), id => new ReopenTask.Command(id, null, "核查", TestSystem.Morning.AddDays(5)), People.Office),
        [typeof(ConfirmReceipt.Command)] = After(true, async system =>
        {
            var raised = await system.Send(new RaiseEvent.Command(null, "animal-disease", null, "牛只异常死亡", null), People.Liaison("agriculture"));
            var notice = (await system.Tasks(task => task.Duty == "taiping.agriculture.zoonosis-notice")).Single(task => raised.TaskIds.Contains(task.Id)).Id;
            await system.Finish(notice);
            return () => system.Send(new ConfirmReceipt.Command(notice, null, "阅"), People.Head("health"));
        }),
        [typeof(CorrectTask.Command)] = After(true, async system =>
        {
            var report = (await system.Tasks(task => task.Duty == "lanxi.all-units.daily-report" && task.LeadUnit == "central-school")).Single().Id;
            await system.Submit(report, """{"suspectedCases":0}""");
            await system.Sign(report);
            var form = JsonDocument.Parse("""{"suspectedCases":1}""").RootElement;
            return () => system.Send(new CorrectTask.Command(report, null, form, "漏报", null, null), People.Liaison("central-school", "lanxi"));
        }),
        [typeof(PassDownTask.Command)] = After(true, async system =>
        {
            var made = await system.Send(DerivingSuite.Derive, People.Head(Town));
            await system.Send(new ActivatePlan.Command(made.Plan.Id, null), People.OfficeOf("shuiquan"));
            var task = (await system.Tasks(task => task.Duty == "taiping.all-units.returnee-registration" && task.LeadUnit == Town)).Single();
            await system.Acknowledge(task.Id);
            return () => system.Send(new PassDownTask.Command(task.Id, null, null, "请各村落实"), People.Liaison(Town));
        }),
        [typeof(UploadAttachment.Command)] = At(false, system => system.Send(new UploadAttachment.Command("清单.txt", "清单"u8.ToArray()), Education)),
    };

    private static DeclineTask.Command Decline(Guid id) => new(id, null, "不属本单位", "health");

    private static SuspendTask.Command Suspend(Guid id) => new(id, null, "等待上级", null);

    private static RequestExtension.Command Extension(Guid id) => new(id, null, "材料未齐", "一半", TestSystem.Morning.AddDays(4));

    private static Task<TaskView> Assigned(TestSystem system) => system.Assign();

    private static async Task<TaskView> Begun(TestSystem system) => await system.Acknowledge((await system.Assign()).Id);

    private static async Task<TaskView> Filed(TestSystem system) => await system.Submit((await Begun(system)).Id);

    /// <summary>Waits for the signature of its head.</summary>
    private static async Task<TaskView> Submitted(TestSystem system) =>
        await system.Submit((await system.Acknowledge((await system.Assign(signOff: true)).Id)).Id);

    private static FaultAct On(Func<TestSystem, Task<TaskView>> prepare, Func<Guid, ITaskCommand> command, Actor by) => After(false, async system =>
    {
        var id = (await prepare(system)).Id;
        return () => system.Send(command(id), by);
    });
}
