using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.TaskInstances;

/// <summary>Moves tasks as the people of their units would.</summary>
internal static class TaskMoves
{
    private const string Nothing = "{}";

    /// <summary>A task that the office of 太平区 gives to a unit by hand.</summary>
    public static Task<TaskView> Assign(
        this TestSystem system, string unit = "education", DateTimeOffset? dueAt = null, string? dueIn = null, bool review = true, bool signOff = false,
        bool draft = false, params string[] coUnits) =>
        system.Send(
            new CreateTask.Command(
                null, "核查返程学生", null, unit, coUnits, null, "P1D", dueAt, dueAt is null ? dueIn ?? "P3D" : null, review, signOff, null, null, null, draft),
            People.Office);

    public static Task<TaskView> Acknowledge(this TestSystem system, Guid task) =>
        system.By(task, (t, who) => (new AcknowledgeTask.Command(t.Id, null), who.Liaison));

    public static Task<TaskView> Submit(this TestSystem system, Guid task, string form = Nothing, Outcome outcome = Outcome.Done) =>
        system.By(task, (t, who) => (new SubmitTask.Command(t.Id, null, "已办理", t.Form is null ? null : Json(form), null, outcome), who.Liaison));

    public static Task<TaskView> Sign(this TestSystem system, Guid task) => system.By(task, (t, who) => (new SignTask.Command(t.Id, null, null), who.Head));

    public static Task<TaskView> Approve(this TestSystem system, Guid task) =>
        system.By(task, (t, who) => (new ApproveTask.Command(t.Id, null, null), who.Reviewer));

    public static Task<TaskView> Terminate(this TestSystem system, Guid task) =>
        system.By(task, (t, who) => (new TerminateTask.Command(t.Id, null, "解除", null), who.Leader));

    /// <summary>All that is left until it is closed.</summary>
    public static async Task<TaskView> Finish(this TestSystem system, Guid id, string form = Nothing)
    {
        for (var task = await system.TaskOf(id); ; task = await system.TaskOf(id))
        {
            foreach (var joint in task.State == TaskState.InProgress ? task.CoUnits.Where(co => co.MustConfirm && co.ConfirmedAt is null) : [])
            {
                await system.Send(new ConfirmTask.Command(id, null, null), People.Liaison(joint.Unit, task.Jurisdiction));
            }

            var view = await (task.State switch
            {
                TaskState.PendingAck => system.Acknowledge(id),
                TaskState.InProgress or TaskState.Missed => system.Submit(id, form),
                TaskState.PendingSignOff => system.Sign(id),
                TaskState.PendingReview => system.Approve(id),
                _ => throw new InvalidOperationException($"{task.Number} stands {task.State}"),
            });
            if (view.State == TaskState.Closed)
            {
                return view;
            }
        }
    }

    public static Task<List<TaskInstance>> Tasks(this TestSystem system, System.Linq.Expressions.Expression<Func<TaskInstance, bool>> which) =>
        system.Read(db => db.Tasks.Where(which).OrderBy(task => task.Number).ToListAsync());

    public static Task<List<TaskEvent>> Events(this TestSystem system, Guid task) => system.Read(db => TaskEvents.Of(db, task, null, CancellationToken.None));

    private static async Task<TaskView> By(this TestSystem system, Guid id, Func<TaskInstance, Crew, (ITaskCommand Command, Actor Actor)> act)
    {
        var task = await system.TaskOf(id);
        var (command, actor) = act(task, new Crew(task));
        return await system.Send(command, actor);
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();

    private sealed record Crew(TaskInstance Task)
    {
        public Actor Liaison => People.Liaison(Task.LeadUnit, Task.Jurisdiction);

        public Actor Head => People.Head(Task.LeadUnit, Task.Jurisdiction);

        public Actor Leader => People.LeaderOf(Task.Jurisdiction);

        public Actor Reviewer => Task.LeadUnit == Actor.OfficeUnit ? Leader : People.OfficeOf(Task.Jurisdiction);
    }
}
