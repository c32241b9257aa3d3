using TaskMatrix.App.Audit;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Tests.Plans;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.App.Tests.Workflows;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Tests.Storage;

internal static partial class FaultActs
{
    private static readonly AddUnit.Command Village = new("lanxi", "zaojia-village", "枣家村", "Zaojia Village", ["枣家"], ["villages"]);

    /// <summary>Plans, definitions, units, schedules, and what the heartbeat does.</summary>
    private static Dictionary<Type, FaultAct> OfDuties => new()
    {
        [typeof(CreatePlan.Command)] = At(false, system => system.Send(new CreatePlan.Command(null, "防汛方案", "", new DateOnly(2026, 6, 1), "一、职责\n区应急局组织巡查。\n"), People.Office)),
        [typeof(DerivePlan.Command)] = At(true, system => system.Send(DerivingSuite.Derive, People.Head(Town))),
        [typeof(ActivatePlan.Command)] = At(false, system => system.Send(new ActivatePlan.Command(Plan, null), People.Office)),
        [typeof(BeginDuePlans.Command)] = After(false, async system =>
        {
            await system.Send(new ActivatePlan.Command(Plan, new DateOnly(2020, 1, 24)), People.Office);
            system.Pass(TimeSpan.FromDays(1));
            return () => system.Send(new BeginDuePlans.Command());
        }),
        [typeof(AdjustResponse.Command)] = After(false, async system =>
        {
            await system.Send(new ActivatePlan.Command(Plan, null, 2), People.Office);
            return () => system.Send(new AdjustResponse.Command(Plan, 1, "升级", null), People.Office);
        }),
        [typeof(EndPlan.Command)] = At(true, system => system.Send(new EndPlan.Command(Plan, "解除响应"), People.Leader)),
        [typeof(SetAssumptions.Command)] = At(true, system => system.Send(new SetAssumptions.Command(Duty, [new("schedule.due", "16:00")]), People.Office)),
        [typeof(PublishWorkflow.Command)] = At(true, system => system.Send(
            new PublishWorkflow.Command("single-task", Shipped.TextOf("single-task").Replace("review: true", "review: false", StringComparison.Ordinal)), People.Office)),
        [typeof(RaiseEvent.Command)] = At(true, system => system.Send(new RaiseEvent.Command(null, "suspected-case", null, "发热病例", null), People.Office)),
        [typeof(AddUnit.Command)] = At(true, system => system.Send(Village, People.OfficeOf("lanxi"))),
        [typeof(CloseUnit.Command)] = After(true, async system =>
        {
            await system.Send(Village, People.OfficeOf("lanxi"));
            return () => system.Send(new CloseUnit.Command("lanxi", Village.Id, "并入邻村"), People.OfficeOf("lanxi"));
        }),
        [typeof(AddDemoAccounts.Command)] = At(false, system => system.Send(new AddDemoAccounts.Command(new("hash")))),
        [typeof(SetLanguage.Command)] = After(false, async system =>
        {
            await system.Send(new AddDemoAccounts.Command(new("-")));
            return () => system.Send(new SetLanguage.Command("en"), Education);
        }),
        [typeof(ChangeSchedule.Command)] = At(true, system => system.Send(new ChangeSchedule.Command(Duty, "run-now"), People.Office)),
        [typeof(MaterialiseDue.Command)] = After(true, system =>
        {
            system.Pass(TimeSpan.FromDays(1));
            return Task.FromResult<Func<Task>>(() => system.Send(new MaterialiseDue.Command([Duty])));
        }),
        [typeof(FireDueTimers.Command)] = After(false, async system =>
        {
            await system.Assign();
            await system.Assign("health");
            system.Pass(TimeSpan.FromDays(9));
            return () => system.Send(new FireDueTimers.Command(500));
        }),
        [typeof(SetBackTimer.Command)] = After(false, async system =>
        {
            var id = (await system.Assign()).Id;
            return () => system.Send(new SetBackTimer.Command(id, "fault"));
        }),
        [typeof(RetryJob.Command)] = After(false, async system =>
        {
            var id = (await system.Assign()).Id;
            await system.Tamper($"UPDATE timers SET set_aside = {true}, attempts = 5 WHERE task_id = {id}");
            return () => system.Send(new RetryJob.Command(id), People.Office);
        }),
        [typeof(NoteSweep.Command)] = At(false, system => system.Send(new NoteSweep.Command(TestSystem.Morning))),
        [typeof(StoreClock.Command)] = At(false, system => system.Send(new StoreClock.Command(TestSystem.Morning.AddDays(1)))),
        [typeof(RecordOperation.Command)] = At(false, system => system.Send(new RecordOperation.Command("back-up", new Dictionary<string, object?>()))),
        [typeof(RecordExport.Command)] = At(false, system => system.Send(new RecordExport.Command("archive.zip", new Dictionary<string, object?> { ["from"] = TestSystem.Morning }), People.Inspector)),
    };
}
