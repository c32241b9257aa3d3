using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Tests.Storage;

internal static partial class FaultActs
{
    /// <summary>Instructions and meetings.</summary>
    private static Dictionary<Type, FaultAct> OfFollowUps => new()
    {
        [typeof(IssueInstruction.Command)] = At(true, system => Issue(system)),
        [typeof(MakeInstructionTasks.Command)] = After(true, async system =>
        {
            var id = (await Issue(system)).Id;
            return () => system.Send(new MakeInstructionTasks.Command(id, [new("摸清底数", "education", null, null, null), new("摸清底数", "health", null, null, null)]), People.Office);
        }),
        [typeof(GiveInstructionFeedback.Command)] = After(true, async system =>
        {
            var id = (await Issue(system)).Id;
            return () => system.Send(new GiveInstructionFeedback.Command(id, "已分解"), People.Office);
        }),
        [typeof(CloseInstruction.Command)] = After(true, async system =>
        {
            var id = (await Issue(system)).Id;
            return () => system.Send(new CloseInstruction.Command(id, "已传达"), People.Office);
        }),
        [typeof(ProposeMeeting.Command)] = At(true, system => Propose(system)),
        [typeof(DeclineMeeting.Command)] = After(true, async system =>
        {
            var id = (await Propose(system)).Id;
            return () => system.Send(new DeclineMeeting.Command(id, "已有安排"), People.Office);
        }),
        [typeof(CallMeeting.Command)] = After(true, async system =>
        {
            var id = (await Propose(system)).Id;
            return () => system.Send(Call(id), People.Office);
        }),
        [typeof(MoveMeeting.Command)] = Called(id => system => system.Send(new MoveMeeting.Command(id, TestSystem.Morning.AddDays(2), "四楼", "领导外出"), People.Office)),
        [typeof(ConfirmMeeting.Command)] = Called(id => system => system.Send(new ConfirmMeeting.Command(id, true, "副局长", null), Education)),
        [typeof(CancelMeeting.Command)] = Called(id => system => system.Send(new CancelMeeting.Command(id, "改为书面会商"), People.Office)),
        [typeof(KeepMinutes.Command)] = Called(id => system => system.Send(Minutes(id), People.Office), TimeSpan.FromHours(25)),
        [typeof(AmendMinutes.Command)] = After(true, async system =>
        {
            var id = (await Propose(system)).Id;
            await system.Send(Call(id), People.Office);
            system.Pass(TimeSpan.FromHours(25));
            await system.Send(Minutes(id), People.Office);
            return () => system.Send(new AmendMinutes.Command(id, "更正后的纪要", ["education", "finance"], "漏记一家"), People.Office);
        }),
    };

    private static Task<InstructionView> Issue(TestSystem system) =>
        system.Send(new IssueInstruction.Command(null, "请各单位立即摸清返乡人员底数", TestSystem.Morning.AddDays(3), null, null), People.Leader);

    private static Task<MeetingView> Propose(TestSystem system) => system.Send(new ProposeMeeting.Command("会商研判", "研判疫情", null), People.Liaison("health"));

    private static CallMeeting.Command Call(Guid id) => new(id, TestSystem.Morning.AddDays(1), "区政府三楼", ["education", "finance"]);

    private static KeepMinutes.Command Minutes(Guid id) => new(id, "纪要", ["education"], null, [new OrderedTask("保障经费", "finance", null, null, "P1D")]);

    private static FaultAct Called(Func<Guid, Func<TestSystem, Task>> act, TimeSpan later = default) => After(true, async system =>
    {
        var id = (await Propose(system)).Id;
        await system.Send(Call(id), People.Office);
        system.Pass(later);
        return () => act(id)(system);
    });
}
