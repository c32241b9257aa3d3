using System.Globalization;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Tests.Inspections;

/// <summary>Moves inspections as the people would.</summary>
internal static class InspectionMoves
{
    /// <summary>Of a task of 区教育局 that is a day late.</summary>
    public static async Task<InspectionView> Open(this TestSystem system, string unit = "education", InspectionKind kind = InspectionKind.Single, params string[] team)
    {
        var task = await system.Assign(unit, dueIn: "PT2H");
        system.Pass(TimeSpan.FromDays(1));
        await system.RunDue();
        return await system.Send(new OpenInspections.Command([task.Id], kind, "逾期未办", Team: team), People.Inspector);
    }

    public static Task<InspectionView> Order(this TestSystem system, Guid id) =>
        system.Send(new IssueSupervisionOrder.Command(id, null, "请说明逾期原因", system.Clock.Now.AddDays(1)), People.Inspector);

    public static Task<InspectionView> Explain(this TestSystem system, Guid id, string unit = "education", params Guid[] files) =>
        system.Send(new ExplainInspection.Command(id, null, "人手不足,已协调", files), People.Liaison(unit));

    public static Task<InspectionView> Find(this TestSystem system, Guid id, Finding finding = Finding.Substantiated, Actor? by = null) =>
        system.Send(new FindInspection.Command(id, null, finding, "认定情况"), by ?? People.Inspector);

    public static Task<InspectionView> Get(this TestSystem system, Guid id, Actor? by = null) => system.Send(new GetInspection.Query(id), by ?? People.Inspector);

    public static Task<InspectionView> Rectify(this TestSystem system, Guid id) =>
        system.Send(new RequireRectification.Command(id, null, "补办并报送", system.Clock.Now.AddDays(2)), People.Inspector);

    public static DossierWords Words => new((key, _) => key, at => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), unit => unit);
}
