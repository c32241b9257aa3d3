using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Tests.Organisations;
using TaskMatrix.Engine.Tests.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.Engine.Tests.Inspections;

/// <summary>An inspection of 区教育局 in every state, and the people who move it.</summary>
internal static class Cases
{
    public static readonly DateTimeOffset Now = Tasks.Now, AnswerBy = Now.AddDays(1), Later = Now.AddDays(3);

    public static readonly InspectionTeam Team = new([new TeamMember(People.OtherHead.UserName, "finance", "局长", "finance")], Now, Now.AddDays(10));

    public static readonly FollowUp Ended = FollowUp.Of([TaskState.Closed]), Running = FollowUp.Of([TaskState.InProgress]);

    public static InspectionOpening Opening(InspectionKind kind = InspectionKind.Round) => new(
        Guid.NewGuid(), "taiping", "督查-2020-0001", kind, "education", [Guid.NewGuid()], "逾期未办", kind is InspectionKind.Single ? null : Guid.NewGuid(), kind is InspectionKind.Single ? null : Team);

    public static Inspection Open(InspectionKind kind = InspectionKind.Round) => Inspection.Open(Opening(kind), People.Inspector, Now);

    public static Actor Doer(string action) => action switch
    {
        InspectionActions.Explain => People.Liaison,
        InspectionActions.DecideMeasure => People.Leader,
        _ => People.Inspector,
    };

    public static void Do(Inspection inspection, string action, Actor actor, Finding finding = Finding.Substantiated)
    {
        switch (action)
        {
            case InspectionActions.IssueOrder: inspection.IssueOrder(actor, "督办-2020-0001", "请说明情况", AnswerBy, Now); break;
            case InspectionActions.Explain: inspection.Explain(actor, "人手不足", ["a"], Now.AddHours(1)); break;
            case InspectionActions.Find: inspection.Find(actor, finding, "属实", Later); break;
            case InspectionActions.RequireRectification: inspection.RequireRectification(actor, Guid.NewGuid(), "限期整改", Later.AddDays(1), Later); break;
            case InspectionActions.Recheck: inspection.CheckAgain(actor, true, "已整改", Ended, Later); break;
            case InspectionActions.Propose: inspection.Propose(actor, Measure.Notice, "通报", Later); break;
            case InspectionActions.DecideMeasure: inspection.DecideMeasure(actor, true, "同意", Later); break;
            default: inspection.Close(actor, "销号", Later); break;
        }
    }

    /// <param name="proposed">With a measure that waits for a leader.</param>
    public static Inspection In(InspectionState state, Finding finding = Finding.Substantiated, bool proposed = false)
    {
        var inspection = Open();
        string[] path = [InspectionActions.IssueOrder, InspectionActions.Explain, InspectionActions.Find, InspectionActions.RequireRectification, InspectionActions.Recheck, InspectionActions.Close];
        foreach (var action in path.Take((int)state))
        {
            Do(inspection, action, Doer(action), finding);
            if (proposed && action == InspectionActions.Find)
            {
                Do(inspection, InspectionActions.Propose, People.Inspector);
            }
        }

        Assert.Equal(state, inspection.State);
        return inspection;
    }

    public static void Refused(Inspection inspection, RuleKind kind, string code, Action attempt)
    {
        var (state, version) = (inspection.State, inspection.Version);
        var broken = Assert.Throws<RuleBrokenException>(attempt);
        Assert.Equal((kind, code), (broken.Kind, broken.Code));
        Assert.Equal((state, version), (inspection.State, inspection.Version));
    }
}
