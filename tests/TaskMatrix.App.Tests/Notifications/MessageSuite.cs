using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.App.Tests.Workflows;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Notifications;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Notifications;

public sealed class MessagesOnSqlite() : MessageSuite(new SqliteDatabase());

public sealed class MessagesOnPostgres() : MessageSuite(new PostgresDatabase());

/// <summary>What happens becomes messages in the same transaction, gathered, each visible once.</summary>
public abstract class MessageSuite(ITestDatabase database)
{
    private static readonly DateTimeOffset Due = TestSystem.Morning.AddDays(3);

    [Fact]
    public async Task A_task_given_to_a_unit_stands_in_the_inbox_of_its_people_until_each_has_read_it()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var task = await system.Assign();

        var message = Assert.Single((await Inbox(system, People.Liaison("education"))).Items);
        Assert.Equal((NoticeKind.TaskIssued, 1, false, $"/tasks/{task.Id}"), (message.Kind, message.Count, message.Read, message.Path));
        Assert.Equal(task.Number, Assert.Single(message.Subjects).Number);
        Assert.Empty((await Inbox(system, People.Liaison("health"))).Items);
        Assert.Empty((await Inbox(system, People.Liaison("finance", "lanxi"))).Items);

        await system.Send(new ReadMessage.Command(message.Id), People.Liaison("education"));
        await system.Send(new ReadMessage.Command(message.Id), People.Liaison("education"));

        Assert.Equal((0, 1), (await Unread(system, People.Liaison("education")), await Unread(system, People.Head("education"))));
        await Assert.ThrowsAsync<App.Organisations.NotFoundException>(() => system.Send(new ReadMessage.Command(message.Id), People.Liaison("health")));
        await system.Send(new ReadAllMessages.Command(), People.Head("education"));
        Assert.Equal(0, await Unread(system, People.Head("education")));
        Assert.All((await Inbox(system, People.Head("education"))).Items, one => Assert.True(one.Read));
    }

    [Fact]
    public async Task Activating_two_plans_tells_each_unit_once_a_kind_with_a_count()
    {
        await using var system = await TestSystem.Start(database);

        var messages = await system.Read(db => db.Messages.ToListAsync());

        Assert.Equal(messages.Count, messages.DistinctBy(message => (message.Jurisdiction, message.Address, message.Kind)).Count());
        Assert.Contains(messages, message => message.Count > Message.MostShown && message.Subjects.Count == Message.MostShown && message.TaskIds.Count == message.Count);
        Assert.Equal(await system.Read(db => db.Tasks.CountAsync()), messages.Where(message => message.Kind is NoticeKind.TaskIssued or NoticeKind.TaskBegun).Sum(message => message.Count));
    }

    [Fact]
    public async Task Breaches_of_one_moment_are_one_message_a_recipient_however_many_sweeps_they_take()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        for (var n = 0; n < 5; n++)
        {
            await system.Acknowledge((await system.Assign(dueAt: Due)).Id);
        }

        system.Clock.Now = Due;
        for (var n = 0; n < 5; n++)
        {
            await system.Send(new App.Overdue.FireDueTimers.Command(1));
        }

        await system.RunDue();
        var overdue = Assert.Single((await Inbox(system, People.Office)).Items, message => message.Kind == NoticeKind.TaskOverdue);
        var urged = Assert.Single((await Inbox(system, People.Liaison("education"))).Items, message => message.Kind == NoticeKind.RungUrge);
        Assert.Equal((5, 5, "/overdue", "/overdue?unit=education"), (overdue.Count, urged.Count, overdue.Path, urged.Path));
    }

    [Fact]
    public async Task A_message_that_grows_is_new_again()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        await system.Assign();
        var liaison = People.Liaison("education");
        await system.Send(new ReadMessage.Command((await Inbox(system, liaison)).Items[0].Id), liaison);

        await system.Assign();

        var message = Assert.Single((await Inbox(system, liaison)).Items);
        Assert.Equal((2, false), (message.Count, message.Read));
    }

    [Fact]
    public async Task A_command_that_is_refused_tells_nobody()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var id = (await system.Assign()).Id;
        var before = await system.Read(db => db.Messages.CountAsync());

        await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new ApproveTask.Command(id, null, null), People.Office));

        Assert.Equal(before, await system.Read(db => db.Messages.CountAsync()));
    }

    [Fact]
    public async Task Two_nodes_that_tell_the_same_recipient_at_once_lose_nothing()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        var other = await system.AnotherNode();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(n => (n % 2 == 0 ? system : other).Assign()));

        Assert.Equal(12, (await Inbox(system, People.Liaison("education"))).Items.Sum(message => message.Count));
        await other.Stop();
    }

    [Fact]
    public async Task Quiet_hours_hold_the_message_and_closing_in_the_night_withdraws_it()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        await Ship(system, "quietHours: \"22:00-07:00\"\nrungs:");
        var night = new DateTimeOffset(2020, 1, 24, 23, 0, 0, TimeSpan.FromHours(8));
        var (kept, closed) = ((await system.Assign(dueAt: night, review: false)).Id, (await system.Assign(dueAt: night, review: false)).Id);
        await system.Acknowledge(kept);
        await system.Acknowledge(closed);

        system.Clock.Now = night;
        await system.RunDue();
        Assert.Equal(night, (await system.TaskOf(kept)).OverdueSince);
        Assert.DoesNotContain((await Inbox(system, People.Liaison("education"))).Items, message => message.Kind == NoticeKind.RungUrge);
        await system.Submit(closed);

        system.Clock.Now = night.AddHours(8);
        var urged = Assert.Single((await Inbox(system, People.Liaison("education"))).Items, message => message.Kind == NoticeKind.RungUrge);
        Assert.Equal((1, $"/tasks/{kept}"), (urged.Count, urged.Path));
    }

    [Fact]
    public async Task Pages_of_the_inbox_hold_each_message_once_whatever_address_it_came_to()
    {
        await using var system = await TestSystem.Start(database, activate: false);
        for (var n = 0; n < 4; n++)
        {
            var id = (await system.Assign(signOff: true)).Id;
            await system.Acknowledge(id);
            await system.Submit(id);
            system.Pass(TimeSpan.FromMinutes(2));
        }

        var seen = new List<MessageView>();
        for (string? cursor = null; ;)
        {
            var page = await system.Send(new ListMessages.Query(false, new Paging(cursor, 3)), People.Head("education"));
            seen.AddRange(page.Items);
            if ((cursor = page.NextCursor) is null)
            {
                break;
            }
        }

        Assert.Equal(8, seen.Count);
        Assert.Equal(8, seen.DistinctBy(message => message.Id).Count());
        Assert.Equal(seen.Select(message => message.At).OrderDescending(), seen.Select(message => message.At));
        Assert.Equal(8, await Unread(system, People.Head("education")));
    }

    [Fact]
    public async Task Meetings_instructions_and_events_reach_whom_they_concern()
    {
        await using var system = await TestSystem.Start(database);
        var proposed = await system.Send(new ProposeMeeting.Command("会商", "研判", null), People.Liaison("health"));
        await system.Send(new CallMeeting.Command(proposed.Id, TestSystem.Morning.AddDays(1), "会议室", ["education"]), People.Office);
        await system.Send(new IssueInstruction.Command(null, "核查", null, null, null), People.Leader);
        await system.Send(new RaiseEvent.Command(null, "suspected-case", null, "一例", null), People.Liaison("health"));

        var office = (await Inbox(system, People.Office)).Items.Select(message => message.Kind).ToHashSet();
        Assert.Superset(new HashSet<string> { NoticeKind.MeetingProposed, NoticeKind.InstructionIssued, NoticeKind.EventRaised }, office);
        Assert.Single((await Inbox(system, People.Liaison("education"))).Items, message => message.Kind == NoticeKind.MeetingCalled);
        Assert.DoesNotContain((await Inbox(system, People.Liaison("finance"))).Items, message => message.Kind == NoticeKind.MeetingCalled);
    }

    [Fact]
    public async Task Leaders_are_told_what_their_instruction_was_answered_and_that_it_closed()
    {
        await using var system = await TestSystem.Start(database);
        var worked = await system.Send(new IssueInstruction.Command(null, "核查返程人员", null, null, null), People.Leader);
        var spoken = await system.Send(new IssueInstruction.Command(null, "注意保暖", null, null, null), People.Leader);
        await system.Send(new GiveInstructionFeedback.Command(worked.Id, "已部署三所学校"), People.Office);
        var task = await system.Send(
            new CreateTask.Command(null, "核查", null, "education", null, null, "P1D", null, "P3D", false, false, null, null, new TaskSource("instruction", worked.Id.ToString()), false), People.Office);
        await system.Finish(task.Id);
        await system.Send(new CloseInstruction.Command(spoken.Id, "已传达"), People.Office);

        var told = (await Inbox(system, People.Leader)).Items;
        var answer = Assert.Single(told, message => message.Kind == NoticeKind.InstructionAnswered);
        Assert.Equal(("已部署三所学校", $"/instructions/{worked.Id}"), (answer.Text, answer.Path));
        var closed = told.Where(message => message.Kind == NoticeKind.InstructionClosed).ToDictionary(message => message.Path, message => message.Text);
        Assert.Equal(new Dictionary<string, string?> { [$"/instructions/{worked.Id}"] = null, [$"/instructions/{spoken.Id}"] = "已传达" }, closed);
        Assert.DoesNotContain((await Inbox(system, People.Liaison("education"))).Items, message => message.Kind is NoticeKind.InstructionAnswered or NoticeKind.InstructionClosed);
    }

    private static Task<ListPage<MessageView>> Inbox(TestSystem system, Engine.Organisations.Actor actor) => system.Send(new ListMessages.Query(false, new Paging(null, 200)), actor);

    private static Task<int> Unread(TestSystem system, Engine.Organisations.Actor actor) => system.Send(new CountUnread.Query(), actor);

    private static async Task Ship(TestSystem system, string rungs)
    {
        var text = Shipped.TextOf("escalations.standard").Replace("rungs:", rungs, StringComparison.Ordinal);
        await using var scope = system.Services.CreateAsyncScope();
        var (session, publisher) = (scope.ServiceProvider.GetRequiredService<Session>(), scope.ServiceProvider.GetRequiredService<DefinitionPublisher>());
        await scope.ServiceProvider.GetRequiredService<IWriteGate>().Run(
            async (db, ct) =>
            {
                using var writing = session.Write(db);
                await publisher.PublishShipped([new DefinitionFile("escalations.standard", "escalations.standard", text)], system.Clock.Now, ct);
                await publisher.Apply(ct);
                return true;
            },
            CancellationToken.None);
    }
}
