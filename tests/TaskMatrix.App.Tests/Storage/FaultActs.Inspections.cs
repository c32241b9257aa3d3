using TaskMatrix.App.Inspections;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Tests.Inspections;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.Inspections;

namespace TaskMatrix.App.Tests.Storage;

internal static partial class FaultActs
{
    private static Dictionary<Type, FaultAct> OfInspections => new()
    {
        [typeof(OpenInspections.Command)] = After(false, async system =>
        {
            var (first, second) = (await system.Assign(), await system.Assign("health"));
            return () => system.Send(new OpenInspections.Command([first.Id, second.Id], InspectionKind.Single, "逾期督导"), People.Inspector);
        }),
        [typeof(SetRoundTeam.Command)] = After(false, async system =>
        {
            await system.Send(new AddDemoAccounts.Command(new("-")));
            var round = (await system.Open(kind: InspectionKind.Round, team: "taiping.finance")).RoundId!.Value;
            return () => system.Send(new SetRoundTeam.Command(round, ["taiping.health"]), People.Inspector);
        }),
        [typeof(IssueSupervisionOrder.Command)] = From(0, (system, id) => system.Order(id)),
        [typeof(ExplainInspection.Command)] = From(1, (system, id) => system.Explain(id)),
        [typeof(FindInspection.Command)] = From(2, (system, id) => system.Find(id)),
        [typeof(RequireRectification.Command)] = From(3, (system, id) => system.Rectify(id)),
        [typeof(RecheckInspection.Command)] = From(4, Recheck),
        [typeof(ProposeMeasure.Command)] = From(5, Propose),
        [typeof(DecideMeasure.Command)] = From(6, Decide),
        [typeof(CloseInspection.Command)] = From(7, (system, id) => system.Send(new CloseInspection.Command(id, null, "销号"), People.Inspector)),
        [typeof(ExportDossier.Command)] = From(1, (system, id) => system.Send(new ExportDossier.Command(id), People.Inspector)),
        [typeof(ExportOrder.Command)] = From(1, (system, id) => system.Send(new ExportOrder.Command(id, null), People.Inspector)),
    };

    /// <summary>In the order in which they are taken.</summary>
    private static readonly Func<TestSystem, Guid, Task>[] Steps =
    [
        (system, id) => system.Order(id), (system, id) => system.Explain(id), (system, id) => system.Find(id),
        async (system, id) => await system.Finish((await system.Rectify(id)).RectificationTaskIds[0]), Recheck, Propose, Decide,
    ];

    private static Task Recheck(TestSystem system, Guid id) => system.Send(new RecheckInspection.Command(id, null, true, "已整改"), People.Inspector);

    private static Task Propose(TestSystem system, Guid id) => system.Send(new ProposeMeasure.Command(id, null, Measure.Notice, "通报"), People.Inspector);

    private static Task Decide(TestSystem system, Guid id) => system.Send(new DecideMeasure.Command(id, null, true, "同意"), People.Leader);

    /// <param name="steps">How many have been taken before.</param>
    private static FaultAct From(int steps, Func<TestSystem, Guid, Task> act) => After(false, async system =>
    {
        var id = (await system.Open()).Id;
        foreach (var step in Steps.Take(steps))
        {
            await step(system, id);
        }

        return () => act(system, id);
    });
}
