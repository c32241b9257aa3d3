using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;
using TaskMatrix.Engine.Tests.Schedules;
using static TaskMatrix.Engine.TaskInstances.TaskActions;

namespace TaskMatrix.Engine.Tests.TaskInstances;

/// <summary>Any action by its name, with arguments that no rule objects to.</summary>
internal static class Doing
{
    /// <summary>By somebody who may.</summary>
    public static void Do(this TaskInstance task, string action, DateTimeOffset now) => task.Do(action, Doer(task, action), now);

    public static void Do(this TaskInstance task, string action, Actor actor, DateTimeOffset now)
    {
        switch (action)
        {
            case Issue: task.IssueDraft(actor, China.Reckoning, now); break;
            case Acknowledge: task.Acknowledge(actor, now); break;
            case Decline: task.Decline(actor, "非本单位职责", "health", now); break;
            case Reassign: task.Reassign(actor, new NewOwner(task.ProposedUnit ?? task.LeadUnit, null, null, null, null), "改派", China.Reckoning, now); break;
            case RefuseReturn: task.RefuseReturn(actor, "应由你单位办理", China.Reckoning, now); break;
            case Progress: task.ReportProgress(actor, 50, "过半", ["scan"], now); break;
            case HandOver: task.HandOver(actor, People.Of(task.LeadUnit, Role.Head), "出差", now); break;
            case PassDown: task.PassDown(actor, Tasks.Area, Tasks.Below, null, "请落实到村", now); break;
            case Confirm: task.Confirm(actor, null, now); break;
            case Submit: task.Submit(actor, Tasks.Done, now); break;
            case Sign: task.Sign(actor, "同意", now); break;
            case RefuseSignature: task.RefuseSignature(actor, "数字不符", now); break;
            case Approve: task.Approve(actor, "同意办结", now); break;
            case Return: task.ReturnForRework(actor, "请补充", Later(task, now), now); break;
            case Suspend: task.Suspend(actor, "等待物资", null, China.Reckoning, now); break;
            case Resume: task.Resume(actor, China.Reckoning, now); break;
            case RequestExtension: task.RequestExtension(actor, "人手不足", "过半", Later(task, now), now); break;
            case DecideExtension: task.DecideExtension(actor, true, Later(task, now), "同意延期", now); break;
            case Urge: task.Urge(actor, "请抓紧", now); break;
            case MarkNotApplicable: task.MarkNotApplicable(actor, "本辖区无此情况", now); break;
            case Terminate: task.Terminate(actor, "解除响应", null, now); break;
            case ConfirmReceipt: task.ConfirmReceipt(actor, "阅", now); break;
            case Correct: task.Correct(actor, Tasks.Done, "数字有误", now); break;
            case Reopen: task.Reopen(actor, "核查发现问题", Later(task, now), now); break;
            default: throw new ArgumentOutOfRangeException(nameof(action), action, "no such action");
        }
    }

    /// <summary>A date that every rule about a new due time accepts.</summary>
    public static DateTimeOffset Later(TaskInstance task, DateTimeOffset now) =>
        new[] { now, task.DueAt ?? now, task.PendingExtension?.DueAt ?? now }.Max().AddDays(1);

    public static Actor Doer(TaskInstance task, string action) => action switch
    {
        Acknowledge or Decline or Progress or HandOver or PassDown or Submit or RequestExtension or Correct => People.Of(task.LeadUnit, Role.Liaison),
        Sign or RefuseSignature => People.Of(task.LeadUnit, Role.Head),
        Confirm => People.CoLiaison,
        ConfirmReceipt => People.Informed,
        _ => People.Office,
    };
}
