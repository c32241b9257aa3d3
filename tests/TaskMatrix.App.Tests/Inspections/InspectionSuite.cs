using FluentValidation;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.Notifications;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Inspections;

public sealed class InspectionsOnSqlite() : InspectionSuite(new SqliteDatabase());

public sealed class InspectionsOnPostgres() : InspectionSuite(new PostgresDatabase());

/// <summary>督查: from a late task to the closing, who sees it, and what the record says.</summary>
public abstract class InspectionSuite(ITestDatabase database)
{
    [Fact]
    public async Task Runs_from_a_late_task_to_the_closing_with_every_step_in_the_record()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var opened = await system.Open();
        Assert.Equal(("督查-2020-0001", InspectionState.Open, "education"), (opened.Number, opened.State, opened.Unit));
        Assert.Equal("督办-2020-0001", (await system.Order(opened.Id)).Orders[0].Number);
        Assert.Equal("inspection.answer-awaited", (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Find(opened.Id))).Code);
        await system.Explain(opened.Id);
        await system.Find(opened.Id);
        var rectifying = await system.Rectify(opened.Id);

        var task = await system.TaskOf(rectifying.RectificationTaskIds[0]);
        Assert.Equal(("inspection", opened.Id.ToString(), "education", TaskState.PendingAck), (task.SourceKind, task.SourceReference, task.LeadUnit, task.State));
        Assert.DoesNotContain("recheck", rectifying.AllowedActions);
        var early = new RecheckInspection.Command(opened.Id, null, true, "已整改");
        Assert.Equal("inspection.rectification-open", (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(early, People.Inspector))).Code);
        await system.Finish(task.Id);
        Assert.Contains("recheck", (await system.Get(opened.Id)).AllowedActions);
        Assert.Equal(InspectionState.Rechecked, (await system.Send(early, People.Inspector)).State);
        await system.Send(new ProposeMeasure.Command(opened.Id, null, Measure.Notice, "通报"), People.Inspector);
        await system.Send(new DecideMeasure.Command(opened.Id, null, true, "同意"), People.Leader);
        var closed = await system.Send(new CloseInspection.Command(opened.Id, null, "销号"), People.Inspector);

        Assert.Equal((InspectionState.Closed, true), (closed.State, closed.MeasureApproved));
        var entries = await system.Read(db => db.Audit.Where(entry => entry.Unit == "education" && entry.Action.StartsWith("inspection-")).OrderBy(entry => entry.Sequence).Select(entry => entry.Action).ToListAsync());
        string[] steps = ["open", "issue-order", "explain", "find", "require-rectification", "recheck", "propose", "decide-measure", "close"];
        Assert.Equal(steps.Select(step => "inspection-" + step), entries);
        Assert.True((await system.Send(new VerifyRecord.Query())).Ok);
    }

    [Fact]
    public async Task How_it_goes_on_is_told_to_the_unit_and_a_decision_to_the_inspectors_and_nobody_else()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var opened = await system.Open();
        await system.Order(opened.Id);
        await system.Explain(opened.Id);
        await system.Find(opened.Id);
        await system.Finish((await system.Rectify(opened.Id)).RectificationTaskIds[0]);
        await system.Send(new RecheckInspection.Command(opened.Id, null, true, "复查通过"), People.Inspector);
        await system.Send(new ProposeMeasure.Command(opened.Id, null, Measure.Interview, "约谈"), People.Inspector);
        await system.Send(new DecideMeasure.Command(opened.Id, null, false, "不予约谈"), People.Leader);
        await system.Send(new CloseInspection.Command(opened.Id, null, "销号"), People.Inspector);

        var steps = new[] { NoticeKind.InspectionRechecked, NoticeKind.InspectionClosed, NoticeKind.MeasureDecided };
        async Task<IEnumerable<(string, string?)>> Told(Actor actor) =>
            (await system.Send(new ListMessages.Query(false, new Paging(null, 200)), actor)).Items.Where(message => steps.Contains(message.Kind))
            .Select(message => (message.Kind, message.Text)).Order();
        Assert.Equal([(NoticeKind.InspectionClosed, "销号"), (NoticeKind.InspectionRechecked, "复查通过"), (NoticeKind.MeasureDecided, "不予约谈")], await Told(People.Liaison("education")));
        Assert.Equal([(NoticeKind.MeasureDecided, "不予约谈")], await Told(People.Inspector));
        Assert.Empty(await Told(People.Liaison("health")));
        Assert.Empty(await Told(People.Office));
    }

    [Fact]
    public async Task A_row_that_says_something_else_than_its_entries_is_found()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var opened = await system.Open();
        await system.Order(opened.Id);
        await system.Tamper($"UPDATE inspections SET reason = 'x' WHERE id = {opened.Id}");

        var broken = (await system.Send(new VerifyRecord.Query())).FirstBroken;

        Assert.Equal(("taiping/education", $"inspection {opened.Number} is not what its entries say: reason"), (broken?.Chain, broken?.Why));
        await system.Tamper($"DELETE FROM inspections WHERE id = {opened.Id}");
        Assert.Equal("its inspection has no row", (await system.Send(new VerifyRecord.Query())).FirstBroken?.Why);
    }

    [Fact]
    public async Task A_unit_cannot_see_another_units_inspection()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var opened = await system.Open();
        foreach (var actor in new[] { People.Liaison("health"), People.Head("finance"), People.Office, People.OfficeOf("lanxi"), People.Liaison("finance", "lanxi") })
        {
            await Assert.ThrowsAsync<NotFoundException>(() => system.Get(opened.Id, actor));
            await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new ExplainInspection.Command(opened.Id, null, "t", null), actor));
            await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new ExportDossier.Command(opened.Id), actor));
            Assert.Empty((await system.Send(new ListInspections.Query(null, null, null, Paging.First), actor)).Items);
            Assert.Empty((await system.Send(new CountInspections.Query(), actor)).ByState);
            Assert.Empty(await system.Send(new ListInspectedTasks.Query(opened.TaskIds), actor));
        }

        foreach (var actor in new[] { People.Inspector, People.Leader, People.Liaison("education"), People.Head("education") })
        {
            Assert.Equal(opened.Id, Assert.Single((await system.Send(new ListInspections.Query(null, null, null, Paging.First), actor)).Items).Id);
            Assert.Equal(opened.Number, Assert.Single(await system.Send(new ListInspectedTasks.Query(opened.TaskIds), actor)).Number);
        }
    }

    [Fact]
    public async Task An_inspection_changes_none_of_the_tasks_it_is_about()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var opened = await system.Open();
        var before = TaskFields.All(await system.TaskOf(opened.TaskIds[0]));
        await system.Order(opened.Id);
        await system.Explain(opened.Id);
        await system.Find(opened.Id);
        await system.Rectify(opened.Id);

        Assert.Equal(before, TaskFields.All(await system.TaskOf(opened.TaskIds[0])));
        var direct = new CreateTask.Command(null, "整改", null, "education", null, null, null, null, "P1D", null, null, null, null, new TaskSource("inspection", opened.Id.ToString()), false);
        Assert.Equal("task.not-allowed", (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(direct, People.Inspector))).Code);
    }

    [Fact]
    public async Task Tasks_of_several_units_open_one_for_each_and_share_a_round()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        await system.Send(new AddDemoAccounts.Command(new("-")));
        var (first, second) = (await system.Assign(), await system.Assign("health"));

        var opened = await system.Send(new OpenInspections.Command([first.Id, second.Id], InspectionKind.Round, "逾期督导", Units: ["justice"], Team: ["taiping.finance"]), People.Inspector);

        Assert.Equal(["education", "health", "justice"], opened.Opened!.Select(one => one.Unit));
        var ofRound = (await system.Send(new ListInspections.Query(null, null, null, Paging.First, Round: opened.RoundId), People.Inspector)).Items;
        Assert.Equal(3, ofRound.Count);
        Assert.Equal(first.Id, Assert.Single(ofRound.Single(one => one.Unit == "education").TaskIds));
        Assert.Empty(ofRound.Single(one => one.Unit == "justice").TaskIds);
        Assert.Equal("督导-2020-0001", Assert.Single((await system.Send(new ListRounds.Query(Paging.First), People.Liaison("finance"))).Items).Number);
    }

    [Fact]
    public async Task A_team_reads_and_finds_while_its_round_runs()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        await system.Send(new AddDemoAccounts.Command(new("-")));
        var member = People.Liaison("finance");
        var opened = await system.Open(kind: InspectionKind.Round, team: member.UserName);
        await system.Order(opened.Id);
        await system.Explain(opened.Id);

        Assert.Equal(["find"], (await system.Get(opened.Id, member)).AllowedActions);
        Assert.Equal("inspection.not-allowed", (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new ExportDossier.Command(opened.Id), member))).Code);
        await system.Send(new SetRoundTeam.Command(opened.RoundId!.Value, ["taiping.health"]), People.Inspector);
        await Assert.ThrowsAsync<NotFoundException>(() => system.Get(opened.Id, member));
        Assert.Equal(Finding.Exempt, (await system.Find(opened.Id, Finding.Exempt, People.Liaison("health"))).Finding);
        await system.Send(new CloseInspection.Command(opened.Id, null, "销号"), People.Inspector);
        await Assert.ThrowsAsync<NotFoundException>(() => system.Get(opened.Id, People.Liaison("health")));
        Assert.True((await system.Send(new VerifyRecord.Query())).Ok);
    }

    [Fact]
    public async Task Files_of_an_explanation_are_for_those_of_the_inspection()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var opened = await system.Open();
        await system.Order(opened.Id);
        var file = await system.Send(new UploadAttachment.Command("说明.txt", "情况属实"u8.ToArray()), People.Liaison("education"));
        var explained = await system.Explain(opened.Id, files: file.Id);

        Assert.Equal(file.Sha256, Assert.Single(explained.Attachments!).Sha256);
        foreach (var reader in new[] { People.Inspector, People.Leader, People.Head("education") })
        {
            Assert.Equal(file.Sha256, (await system.Send(new DownloadAttachment.Query(file.Id), reader)).Facts.Sha256);
        }

        await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new DownloadAttachment.Query(file.Id), People.Liaison("health")));
        await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new DownloadAttachment.Query(file.Id), People.Office));
        await Assert.ThrowsAsync<ValidationException>(() => system.Send(new ExplainInspection.Command(opened.Id, null, "t", [Guid.NewGuid()]), People.Liaison("education")));
    }

    [Fact]
    public async Task What_cannot_be_inspected_is_named()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var draft = await system.Assign(draft: true);
        async Task<string> Refused(OpenInspections.Command command) => (await Assert.ThrowsAsync<ValidationException>(() => system.Send(command, People.Inspector))).Errors.First().ErrorCode;

        Assert.Equal("inspection.unknown-task", await Refused(new([draft.Id], InspectionKind.Single, "r")));
        Assert.Equal("inspection.of-nothing", await Refused(new([], InspectionKind.Single, "r")));
        Assert.Equal("unit.unknown", await Refused(new(null, InspectionKind.Round, "r", Units: ["nobody"])));
        Assert.Equal("inspection.unknown-member", await Refused(new(null, InspectionKind.Round, "r", Units: ["education"], Team: ["nobody"])));
        Assert.Equal("inspection.single-has-no-team", await Refused(new(null, InspectionKind.Single, "r", Units: ["education"], Team: ["nobody"])));
        Assert.Empty(await system.Read(db => db.Inspections.ToListAsync()));
        Assert.Empty(await system.Read(db => db.InspectionRounds.ToListAsync()));
    }

    [Fact]
    public async Task An_order_not_answered_in_time_shows_as_such_by_itself()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var opened = await system.Open();
        await system.Order(opened.Id);
        Assert.False((await system.Get(opened.Id)).AnswerOverdue);

        system.Pass(TimeSpan.FromDays(1));

        Assert.True((await system.Get(opened.Id)).AnswerOverdue);
        Assert.Equal(1, (await system.Send(new CountInspections.Query(), People.Liaison("education"))).AnswersOverdue);
        Assert.Equal(CaseFacts.OrderUnanswered, (await system.Get(opened.Id)).Facts!.Last(fact => fact.Side is FactSide.Against).Code);
        Assert.Equal(InspectionState.Found, (await system.Find(opened.Id)).State);
    }

    [Fact]
    public async Task An_order_may_be_the_reference_of_a_reopening()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var opened = await system.Open();
        var (order, task) = ((await system.Order(opened.Id)).Orders[0].Number, opened.TaskIds[0]);
        await system.Finish(task);

        await system.Send(new ReopenTask.Command(task, null, "按督办单补办", system.Clock.Now.AddDays(1), order), People.Office);

        Assert.Equal(order, Assert.IsType<Reopened>((await system.Events(task))[^1]).Reference);
    }

    [Fact]
    public async Task A_ladder_opens_and_orders_as_the_system_does_and_finds_what_stands()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var task = await system.Assign(Actor.OfficeUnit);
        await system.Send(new OpenInspections.Command([task.Id], InspectionKind.Single, "逾期自动立案"));
        var opened = (await system.Send(new ListInspections.Query(null, null, null, Paging.First), People.Inspector)).Items[0];
        Assert.Equal((Actor.OfficeUnit, ""), (opened.Unit, opened.OpenedBy));
        await system.Send(new IssueSupervisionOrder.Command(opened.Id, null, "请说明", system.Clock.Now.AddDays(1)));
        Assert.Equal("", (await system.Get(opened.Id)).Orders[0].IssuedBy);
    }

    [Fact]
    public async Task Pages_go_on_where_the_last_one_ended()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var units = new[] { "education", "health", "finance" };
        foreach (var unit in units)
        {
            system.Pass(TimeSpan.FromMinutes(1));
            await system.Send(new OpenInspections.Command(null, InspectionKind.Single, "督查", Units: [unit]), People.Inspector);
        }

        var (seen, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await system.Send(new ListInspections.Query(InspectionState.Open, null, null, new Paging(cursor, 2)), People.Leader);
            seen.AddRange(page.Items.Select(item => item.Unit));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(units.Reverse(), seen);
        Assert.Equal("health", Assert.Single((await system.Send(new ListInspections.Query(null, "health", InspectionKind.Single, Paging.First), People.Leader)).Items).Unit);
    }
}
