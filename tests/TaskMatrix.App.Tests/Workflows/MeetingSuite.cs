using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Tests.Workflows;

public sealed class MeetingsOnSqlite() : MeetingSuite(new SqliteDatabase());

public sealed class MeetingsOnPostgres() : MeetingSuite(new PostgresDatabase());

/// <summary>协调会议: proposed, called, answered, held, carried out.</summary>
public abstract class MeetingSuite(ITestDatabase database)
{
    [Fact]
    public async Task Runs_from_a_units_proposal_to_the_last_task_of_its_decisions()
    {
        await using var system = await TestSystem.Start(database);
        var proposed = await Propose(system);
        Assert.Equal(("会议-2020-0001", MeetingState.Proposed, "health"), (proposed.Number, proposed.State, proposed.ProposedByUnit));

        var called = await Call(system, proposed.Id, "education", "finance");
        Assert.Equal(["education", "finance"], called.Invitees.Select(invitee => invitee.Unit));
        Assert.Single(await system.Read(db => db.RaisedEvents.Where(raised => raised.Kind == "meeting-called").ToListAsync()));
        var attend = (await system.Tasks(task => task.SourceReference == called.EventId.ToString())).Single(task => task.LeadUnit == "education");
        Assert.Equal((TaskState.PendingAck, "taiping.all-units.attend-meeting"), (attend.State, attend.Duty));
        Assert.Equal(["education", "finance"], (await system.Tasks(task => task.Duty == attend.Duty)).Select(task => task.LeadUnit).Order());

        await system.Send(new ConfirmMeeting.Command(proposed.Id, true, "副局长", null), People.Liaison("education"));
        Assert.Equal(TaskState.InProgress, (await system.TaskOf(attend.Id)).State);
        var answered = await system.Send(new ConfirmMeeting.Command(proposed.Id, false, null, "出差"), People.Head("education"));
        Assert.Equal((false, "出差"), (answered.Invitees[0].Attending, answered.Invitees[0].Text));

        system.Pass(TimeSpan.FromHours(25));
        var held = await Minutes(system, proposed.Id, new OrderedTask("加强排查", "education", ["health"], null, "P2D"), new OrderedTask("保障经费", "finance", null, null, "P1D"));
        Assert.Equal((MeetingState.Held, 2), (held.State, held.Decisions.Count));
        var tasks = await system.Tasks(task => task.SourceKind == "meeting" && task.SourceReference == proposed.Id.ToString());
        Assert.Equal(held.Decisions.Select(decision => decision.Task!.Id).Order(), tasks.Select(task => task.Id).Order());

        await system.Finish(tasks[0].Id);
        Assert.Equal(MeetingState.Held, (await Get(system, proposed.Id)).State);
        await system.Terminate(tasks[1].Id);
        Assert.Equal(MeetingState.Closed, (await Get(system, proposed.Id)).State);
        await system.Send(new ReopenTask.Command(tasks[0].Id, null, "核查", system.Clock.Now.AddDays(1)), People.Office);
        Assert.Equal(MeetingState.Held, (await Get(system, proposed.Id)).State);
        Assert.True((await system.Send(new VerifyRecord.Query())).Ok);
    }

    [Fact]
    public async Task Attending_is_due_when_it_begins_and_ends_with_its_minutes()
    {
        await using var system = await TestSystem.Start(database);
        var id = (await Propose(system)).Id;
        var called = await Call(system, id, "education", "finance", "justice");
        var attend = await system.Tasks(task => task.Duty == "taiping.all-units.attend-meeting");
        Assert.All(attend, task => Assert.Equal(called.StartsAt, task.DueAt));
        Assert.All(attend, task => Assert.True(task.AckBy < task.DueAt));
        await system.Send(new ConfirmMeeting.Command(id, true, "副局长", null), People.Liaison("education"));
        await system.Send(new ConfirmMeeting.Command(id, false, null, "出差"), People.Liaison("finance"));

        system.Pass(TimeSpan.FromHours(25));
        await system.RunDue();
        await Minutes(system, id);

        var ended = (await system.Tasks(task => task.Duty == "taiping.all-units.attend-meeting")).ToDictionary(task => task.LeadUnit);
        Assert.Equal((TaskState.Closed, true, null), (ended["education"].State, ended["education"].OnTime, ended["education"].OverdueSince));
        Assert.Equal((TaskState.NotApplicable, TaskState.NotApplicable), (ended["finance"].State, ended["justice"].State));
        Assert.Contains("出差", ended["finance"].Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("告知", ended["justice"].Reason, StringComparison.Ordinal);
        Assert.NotNull(ended["justice"].AckBreachedAt);
        var others = await system.Tasks(task => task.SourceReference == called.EventId.ToString() && task.Duty != "taiping.all-units.attend-meeting");
        Assert.NotEmpty(others);
        Assert.All(others, task => Assert.Equal(TaskState.PendingAck, task.State));
        Assert.True((await system.Send(new VerifyRecord.Query())).Ok);
    }

    [Fact]
    public async Task A_meeting_called_for_within_the_time_to_acknowledge_is_acknowledged_by_its_beginning()
    {
        await using var system = await TestSystem.Start(database);
        var id = (await Propose(system)).Id;

        await system.Send(new CallMeeting.Command(id, system.Clock.Now.AddMinutes(30), "区政府三楼", ["education"]), People.Office);

        var attend = Assert.Single(await system.Tasks(task => task.Duty == "taiping.all-units.attend-meeting"));
        Assert.Equal((system.Clock.Now.AddMinutes(30), system.Clock.Now.AddMinutes(30)), (attend.AckBy, attend.DueAt));
    }

    [Fact]
    public async Task Moving_it_moves_what_the_units_have_to_do_for_it()
    {
        await using var system = await TestSystem.Start(database);
        var id = (await Propose(system)).Id;
        await Call(system, id, "education", "finance");
        await system.Send(new ConfirmMeeting.Command(id, true, "副局长", null), People.Liaison("education"));
        var later = system.Clock.Now.AddDays(3);

        var moved = await system.Send(new MoveMeeting.Command(id, later, "四楼", "领导外出"), People.Office);

        Assert.Equal((later, "四楼", "领导外出"), (moved.StartsAt, moved.Place, Assert.Single(moved.Moves).Reason));
        Assert.All(moved.Invitees, invitee => Assert.Null(invitee.Attending));
        var attend = await system.Tasks(task => task.Duty == "taiping.all-units.attend-meeting");
        Assert.All(attend, task => Assert.Equal(later, task.DueAt));
        system.Pass(TimeSpan.FromDays(2));
        await system.RunDue();
        Assert.Null((await system.TaskOf(attend.Single(task => task.LeadUnit == "education").Id)).OverdueSince);
        Assert.True((await system.Send(new VerifyRecord.Query())).Ok);
    }

    [Fact]
    public async Task Amended_minutes_stand_beside_the_old_and_its_tasks_are_not_touched()
    {
        await using var system = await TestSystem.Start(database);
        var id = (await Propose(system)).Id;
        await Call(system, id, "education");
        system.Pass(TimeSpan.FromDays(1));
        var held = await Minutes(system, id, new OrderedTask("加强排查", "education", null, null, "P2D"));

        var amended = await system.Send(new AmendMinutes.Command(id, "更正后的纪要", ["education", "finance"], "漏记一家"), People.Office);

        Assert.Equal(("更正后的纪要", 2), (amended.Minutes, amended.Attendees.Count));
        Assert.Equal([("纪要", false, null), ("更正后的纪要", true, "漏记一家")], amended.MinutesVersions.Select(version => (version.Text, version.Counts, version.Reason)));
        Assert.Equal(held.Decisions.Select(decision => decision.Task!.Id), amended.Decisions.Select(decision => decision.Task!.Id));
        Assert.Contains(id, (await system.Send(new ListMeetings.Query(null, Paging.First), People.Liaison("finance"))).Items.Select(meeting => meeting.Id));
    }

    [Fact]
    public async Task Minutes_say_who_came_and_what_was_decided_even_if_nobody_and_nothing()
    {
        await using var system = await TestSystem.Start(database);
        var id = (await Propose(system)).Id;
        await Call(system, id, "education");
        system.Pass(TimeSpan.FromDays(1));

        var refused = await Assert.ThrowsAsync<ValidationException>(() => system.Send(new KeepMinutes.Command(id, "纪要", null, null, null), People.Office));

        Assert.Equal(["Attendees", "Decisions"], refused.Errors.Select(error => error.PropertyName));
        Assert.Equal(MeetingState.Closed, (await system.Send(new KeepMinutes.Command(id, "纪要", [], null, []), People.Office)).State);
    }

    [Fact]
    public async Task The_list_shows_each_as_it_is_read_alone()
    {
        await using var system = await TestSystem.Start(database);
        var id = (await Propose(system)).Id;
        await Call(system, id, "education");
        system.Pass(TimeSpan.FromDays(1));
        await Minutes(system, id, new OrderedTask("加强排查", "education", null, null, "P2D"));

        foreach (var reader in new[] { People.Office, People.Liaison("education"), People.Liaison("health") })
        {
            var alone = await system.Send(new GetMeeting.Query(id), reader);
            var listed = Assert.Single((await system.Send(new ListMeetings.Query(null, Paging.First), reader)).Items);
            Assert.Equal(JsonSerializer.Serialize(alone), JsonSerializer.Serialize(listed));
        }

        Assert.NotNull((await system.Send(new ListMeetings.Query(null, Paging.First), People.Office)).Items[0].Decisions[0].Task);
    }

    [Theory]
    [InlineData("taiping", "member-units")]
    [InlineData("lanxi", "town-units")]
    public async Task Invites_by_default_those_the_plan_names(string jurisdiction, string unitClass)
    {
        await using var system = await TestSystem.Start(database);
        var office = People.OfficeOf(jurisdiction);
        var proposed = await system.Send(new ProposeMeeting.Command("会商", "研判", null), office);

        var called = await system.Send(new CallMeeting.Command(proposed.Id, system.Clock.Now.AddDays(1), "会议室", null), office);

        Assert.Equal(Shipped.Set.UnitsOf(jurisdiction).Where(unit => unit.Classes.Contains(unitClass)).Select(unit => unit.Id), called.Invitees.Select(invitee => invitee.Unit));
    }

    [Fact]
    public async Task Is_closed_at_once_without_a_decision_and_kept_from_minutes_before_it_begins()
    {
        await using var system = await TestSystem.Start(database);
        var id = (await Propose(system)).Id;
        await Call(system, id, "education");
        Assert.Equal("meeting.not-begun", (await Assert.ThrowsAsync<RuleBrokenException>(() => Minutes(system, id))).Code);

        system.Pass(TimeSpan.FromDays(1));
        Assert.Equal(MeetingState.Closed, (await Minutes(system, id)).State);
    }

    [Fact]
    public async Task Cancelling_ends_what_the_units_were_to_do_for_it()
    {
        await using var system = await TestSystem.Start(database);
        var id = (await Propose(system)).Id;
        var called = await Call(system, id, "education");

        await system.Send(new CancelMeeting.Command(id, "改为书面会商"), People.Office);

        Assert.All(await system.Tasks(task => task.SourceReference == called.EventId.ToString()), task => Assert.Equal((TaskState.Terminated, "改为书面会商"), (task.State, task.Reason)));
    }

    [Fact]
    public async Task Files_of_the_minutes_are_for_those_of_the_meeting()
    {
        await using var system = await TestSystem.Start(database);
        var id = (await Propose(system)).Id;
        await Call(system, id, "education");
        system.Pass(TimeSpan.FromDays(1));
        var file = await system.Send(new UploadAttachment.Command("纪要.txt", "会议纪要"u8.ToArray()), People.Office);
        await system.Send(new KeepMinutes.Command(id, "纪要", ["education"], [file.Id], []), People.Office);

        foreach (var reader in new[] { People.Office, People.Leader, People.Inspector, People.Liaison("education"), People.Liaison("health") })
        {
            Assert.Equal(file.Sha256, (await system.Send(new DownloadAttachment.Query(file.Id), reader)).Facts.Sha256);
        }

        await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new DownloadAttachment.Query(file.Id), People.Liaison("finance")));
        await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new DownloadAttachment.Query(file.Id), People.OfficeOf("lanxi")));
        var task = await system.Assign();
        await system.Acknowledge(task.Id);
        await Assert.ThrowsAsync<ValidationException>(() => system.Send(new ReportProgress.Command(task.Id, null, 10, "附件", [file.Id]), People.Liaison("education")));
    }

    [Fact]
    public async Task A_bad_decision_is_named_by_its_place_and_nothing_is_kept()
    {
        await using var system = await TestSystem.Start(database);
        var id = (await Propose(system)).Id;
        await Call(system, id, "education");
        system.Pass(TimeSpan.FromDays(1));

        var refused = await Assert.ThrowsAsync<ValidationException>(() =>
            Minutes(system, id, new OrderedTask("好", "education", null, null, "P1D"), new OrderedTask("坏", "nobody", null, null, "P1D")));
        Assert.Equal("decisions[1].leadUnit", Assert.Single(refused.Errors).PropertyName);
        var past = await Assert.ThrowsAsync<RuleBrokenException>(() => Minutes(system, id, new OrderedTask("迟", "education", null, system.Clock.Now.AddDays(-1), null)));
        Assert.Equal("task.due-in-past", past.Code);
        var nobody = await Assert.ThrowsAsync<ValidationException>(() => system.Send(new KeepMinutes.Command(id, "纪要", ["nobody"], null, []), People.Office));
        Assert.Equal("attendees", Assert.Single(nobody.Errors).PropertyName);

        Assert.Equal(MeetingState.Called, (await Get(system, id)).State);
        Assert.Empty(await system.Tasks(one => one.SourceKind == "meeting"));
    }

    [Fact]
    public async Task Is_listed_for_who_has_a_part_in_it_newest_first()
    {
        await using var system = await TestSystem.Start(database);
        var first = (await Propose(system)).Id;
        system.Pass(TimeSpan.FromMinutes(1));
        var second = (await Propose(system)).Id;
        await Call(system, second, "education");
        system.Pass(TimeSpan.FromDays(1));
        await Minutes(system, second, new OrderedTask("保障经费", "finance", null, null, "P1D"));

        async Task<List<Guid>> Seen(Actor actor, MeetingState? state = null)
        {
            var (seen, cursor) = (new List<Guid>(), (string?)null);
            do
            {
                var page = await system.Send(new ListMeetings.Query(state, new Paging(cursor, 1)), actor);
                seen.AddRange(page.Items.Select(meeting => meeting.Id));
                cursor = page.NextCursor;
            }
            while (cursor is not null);
            return seen;
        }

        Assert.Equal([second, first], await Seen(People.Office));
        Assert.Equal([second, first], await Seen(People.Liaison("health")));
        Assert.Equal([second], await Seen(People.Liaison("education")));
        Assert.Equal([second], await Seen(People.Liaison("finance")));
        Assert.Equal([first], await Seen(People.Office, MeetingState.Proposed));
        Assert.Empty(await Seen(People.Liaison("justice")));
        Assert.Empty(await Seen(People.OfficeOf("lanxi")));
    }

    private static Task<MeetingView> Propose(TestSystem system) => system.Send(new ProposeMeeting.Command("会商研判", "研判疫情", null), People.Liaison("health"));

    private static Task<MeetingView> Call(TestSystem system, Guid id, params string[] units) =>
        system.Send(new CallMeeting.Command(id, system.Clock.Now.AddDays(1), "区政府三楼", units), People.Office);

    private static Task<MeetingView> Minutes(TestSystem system, Guid id, params OrderedTask[] decisions) =>
        system.Send(new KeepMinutes.Command(id, "纪要", ["education"], null, decisions), People.Office);

    private static Task<MeetingView> Get(TestSystem system, Guid id) => system.Send(new GetMeeting.Query(id), People.Office);
}
