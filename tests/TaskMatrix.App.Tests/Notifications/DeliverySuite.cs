using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.Notifications;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Tests.Notifications;

public sealed class DeliveriesOnSqlite() : DeliverySuite(new SqliteDatabase());

public sealed class DeliveriesOnPostgres() : DeliverySuite(new PostgresDatabase());

/// <summary>Messages leave by mail and group robots, against a mail server and a web server that the tests start.</summary>
public abstract class DeliverySuite(ITestDatabase database)
{
    private static readonly Actor SysAdmin = new("taiping.sysadmin", "s", "s", "taiping", Actor.OfficeUnit, [Role.SystemAdministrator]);

    [Fact]
    public async Task A_task_goes_to_the_group_of_its_unit_once_and_its_record_says_so()
    {
        await using var robot = new RobotReceiver();
        await using var system = await Start(robot);
        var task = (await system.Assign()).Id;

        Assert.Equal(0, await Pump(system));
        system.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await Pump(system));
        Assert.Equal(0, await Pump(system));

        var post = Assert.Single(robot.Received);
        Assert.Contains("\"msgtype\":\"text\"", post.Body);
        Assert.Contains("核查返程学生", post.Body);
        var entry = await system.Read(db => db.Audit.SingleAsync(entry => entry.TaskId == task && entry.Action == "notify"));
        Assert.Equal(("education", (int?)null), (entry.Unit, entry.TaskSequence));
        Assert.Contains("\"recipient\":\"unit:education\",\"channel\":\"wecom\",\"to\":\"127.0.0.1\",\"result\":\"arrived\"", entry.Payload);
        Assert.Contains(post.Id!, entry.Payload);
        Assert.DoesNotContain("key-of-the-group", entry.Payload);
        var told = Assert.Single(await system.Send(new ListTaskDeliveries.Query(task), People.Liaison("education")));
        Assert.Equal(("unit:education", "wecom", "arrived", 1), (told.Recipient, told.Channel, told.Result, told.Attempts));
        Assert.True((await system.Send(new App.Audit.VerifyRecord.Query(), new Actor("a", "a", "a", "taiping", "x", [Role.AuditAdministrator]))).Ok);
    }

    [Fact]
    public async Task A_receiver_that_fails_is_tried_again_ever_later_set_aside_and_retried_by_hand()
    {
        await using var robot = new RobotReceiver { Answer = () => (500, "") };
        await using var system = await Start(robot);
        await system.Assign();
        system.Pass(TimeSpan.FromMinutes(1));
        await Pump(system);

        var failed = Assert.Single((await system.Send(new ListJobs.Query("failed", Paging.First), People.Office)).Items);
        Assert.Equal(("deliver-wecom", 1, "HTTP 500", system.Clock.Now.AddMinutes(1)), (failed.Kind, failed.Attempts, failed.LastError, failed.DueAt));
        for (var attempt = 1; attempt < BackOff.MostAttempts; attempt++)
        {
            Assert.Equal(0, await Pump(system));
            system.Pass(BackOff.After(attempt)!.Value);
            Assert.Equal(1, await Pump(system));
        }

        Assert.Empty((await system.Send(new ListJobs.Query("failed", Paging.First), People.Office)).Items);
        var dead = Assert.Single((await system.Send(new ListJobs.Query("dead", Paging.First), People.Office)).Items);
        Assert.Equal(BackOff.MostAttempts, dead.Attempts);
        Assert.Equal(1, (await system.Services.GetRequiredService<StoreWatch>().Look(CancellationToken.None)).DeadLetters);
        Assert.Contains("set-aside", (await system.Read(db => db.Audit.SingleAsync(entry => entry.Action == "notify"))).Payload);

        robot.Answer = () => (200, """{"errcode":0}""");
        await system.Send(new RetryJob.Command(dead.Id), SysAdmin);
        Assert.Equal(1, await Pump(system));
        Assert.Empty((await system.Send(new ListJobs.Query("dead", Paging.First), People.Office)).Items);
        Assert.Single(robot.Received.Select(post => post.Id).Distinct());
    }

    [Theory]
    [InlineData(200, """{"errcode":310000,"errmsg":"sign not match"}""", "sign not match")]
    [InlineData(200, "<html>", "not a robot's")]
    [InlineData(302, "", "HTTP 302")]
    public async Task What_a_robot_refuses_counts_as_failed_and_no_redirect_is_followed(int status, string answer, string error)
    {
        await using var robot = new RobotReceiver { Answer = () => (status, answer) };
        await using var system = await Start(robot);
        await system.Assign();
        system.Pass(TimeSpan.FromMinutes(1));

        await Pump(system);

        Assert.Contains(error, Assert.Single(await system.Read(db => db.Deliveries.ToListAsync())).LastError);
        Assert.Single(robot.Received);
    }

    [Fact]
    public async Task A_receiver_that_never_answers_holds_up_only_its_own_message()
    {
        await using var silent = new RobotReceiver { Answer = () => null };
        await using var prompt = new RobotReceiver();
        await using var system = await Start(silent, TimeSpan.FromMilliseconds(300));
        await system.Send(new AddChannel.Command("health", ChannelKind.Feishu, prompt.Address, null, null), SysAdmin);
        prompt.Answer = () => (200, """{"code":0}""");
        await system.Assign();
        await system.Assign("health");
        system.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal(2, await Pump(system));

        Assert.Single(prompt.Received);
        var deliveries = await system.Read(db => db.Deliveries.ToDictionaryAsync(delivery => delivery.Address));
        Assert.Equal(DeliveryState.Arrived, deliveries["unit:health"].State);
        Assert.Equal((DeliveryState.Waiting, "no answer within 0.3 s"), (deliveries["unit:education"].State, deliveries["unit:education"].LastError));
    }

    [Fact]
    public async Task Nothing_goes_to_a_private_address_unless_the_operator_allows_it()
    {
        await using var robot = new RobotReceiver();
        await using var system = await Start(robot);
        await system.Assign();
        system.Pass(TimeSpan.FromMinutes(1));
        await using var strict = await TestSystem.Attach(system.Options, system.Clock.Now);

        await strict.Services.GetRequiredService<DeliveryPump>().Run(CancellationToken.None);

        Assert.Empty(robot.Received);
        Assert.NotNull(Assert.Single(await system.Read(db => db.Deliveries.ToListAsync())).LastError);
    }

    [Fact]
    public async Task Mail_arrives_with_its_subject_and_an_id_that_stays_and_a_refusal_is_told()
    {
        await using var server = new MailReceiver();
        var options = new NotificationOptions { Smtp = new SmtpOptions { Host = "127.0.0.1", Port = server.Port, StartTls = false, From = "taskmatrix@example.org" } };
        await using var system = await TestSystem.Start(database, activate: false, besides: Outward.With(options));
        await system.Send(new AddChannel.Command("区教育局", ChannelKind.Mail, "liaison@example.org", null, null), SysAdmin);
        await system.Assign();
        system.Pass(TimeSpan.FromMinutes(1));

        await Pump(system);

        var mail = Assert.Single(server.Received);
        var delivery = Assert.Single(await system.Read(db => db.Deliveries.ToListAsync()));
        Assert.Equal(("liaison@example.org", "l***@example.org", DeliveryState.Arrived), (mail.To, delivery.Shown, delivery.State));
        Assert.Contains($"<{delivery.Id:N}@example.org>", mail.Text);
        Assert.Contains(Convert.ToBase64String("核查返程学生"u8.ToArray()), mail.Text);

        server.OfRecipient = "550 no such mailbox";
        await system.Assign("health");
        await system.Send(new AddChannel.Command("health", ChannelKind.Mail, "nobody@example.org", null, null), SysAdmin);
        system.Pass(TimeSpan.FromMinutes(1));
        await Pump(system);
        Assert.Contains("no such mailbox", (await system.Read(db => db.Deliveries.SingleAsync(one => one.Address == "unit:health"))).LastError);
    }

    [Fact]
    public async Task Two_nodes_deliver_each_message_once()
    {
        await using var robot = new RobotReceiver();
        await using var system = await Start(robot);
        var other = database.SeveralNodes ? await TestSystem.Attach(system.Options, system.Clock.Now, besides: Sending()) : system;
        for (var n = 0; n < 6; n++)
        {
            await system.Assign();
            system.Pass(TimeSpan.FromMinutes(2));
        }

        other.Clock.Now = system.Clock.Now;
        await Task.WhenAll(Pump(system), Pump(other), Pump(system), Pump(other));

        Assert.Equal(6, robot.Received.Count);
        Assert.Equal(6, robot.Received.Select(post => post.Id).Distinct().Count());
    }

    /// <summary>Outside the program at least once: the receiver knows the second by its id. In the inbox it stands once.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_node_that_died_over_an_attempt_loses_nothing(bool afterSending)
    {
        await using var robot = new RobotReceiver();
        await using var system = await Start(robot);
        await system.Assign();
        system.Pass(TimeSpan.FromMinutes(1));
        await system.Send(new TakeOverOutbox.Command(10));
        var parcel = Assert.Single(await system.Send(new ClaimDeliveries.Command(10)));
        if (afterSending)
        {
            Assert.Null(await system.Services.GetRequiredService<Postman>().Deliver(parcel, CancellationToken.None));
        }

        Assert.Equal(0, await Pump(system));
        system.Pass(ClaimDeliveries.Lease);
        Assert.Equal(1, await Pump(system));
        Assert.Equal(0, await Pump(system));
        Assert.Equal(afterSending ? 2 : 1, robot.Received.Count);
        Assert.Single(robot.Received.Select(post => post.Id).Distinct());
        Assert.Single(await system.Read(db => db.Messages.Where(message => message.Address == "unit:education").ToListAsync()));
        Assert.Single(await system.Read(db => db.Audit.Where(entry => entry.Action == "notify").ToListAsync()));
    }

    [Fact]
    public async Task What_a_rung_said_is_not_sent_once_the_task_is_done()
    {
        await using var robot = new RobotReceiver();
        await using var system = await Start(robot);
        var due = TestSystem.Morning.AddDays(3);
        var id = (await system.Assign(dueAt: due, review: false)).Id;
        await system.Acknowledge(id);
        system.Clock.Now = due.AddHours(-4);
        await Pump(system);
        robot.Received.Clear();

        await system.RunDue();
        await system.Submit(id);
        system.Pass(TimeSpan.FromMinutes(1));
        await Pump(system);

        Assert.Empty(robot.Received);
        Assert.Equal(1, await system.Read(db => db.Messages.CountAsync(message => message.Kind == NoticeKind.RungRemind)));
    }

    [Fact]
    public async Task An_exercise_stays_on_the_machine_unless_configured()
    {
        await using var robot = new RobotReceiver();
        await using var quiet = await TestSystem.Start(database, exercise: true, activate: false, besides: Sending());
        await quiet.Send(new AddChannel.Command("education", ChannelKind.WeCom, robot.Address, null, null), SysAdmin);
        await quiet.Assign();
        quiet.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await Pump(quiet));

        await using var loud = await TestSystem.Start(
            database, exercise: true, activate: false, besides: Outward.With(new NotificationOptions { AllowPrivateNetworks = true, SendInExercise = true }));
        await loud.Send(new AddChannel.Command("education", ChannelKind.WeCom, robot.Address, null, null), SysAdmin);
        await loud.Assign();
        loud.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await Pump(loud));
        Assert.Contains("演练", Assert.Single(robot.Received).Body);
    }

    [Fact]
    public async Task A_channel_keeps_its_secrets_and_takes_its_waiting_deliveries_with_it()
    {
        await using var robot = new RobotReceiver { Answer = () => (500, "") };
        await using var system = await Start(robot);
        var channel = Assert.Single((await system.Send(new ListChannels.Query(), SysAdmin)).Channels);
        Assert.Equal("127.0.0.1", channel.Shown);
        Assert.DoesNotContain("key-of-the-group", (await system.Read(db => db.Channels.SingleAsync())).ProtectedTarget);
        Assert.DoesNotContain("key-of-the-group", (await system.Read(db => db.Audit.SingleAsync(entry => entry.Action == "add-channel"))).Payload);
        var test = await system.Send(new TestChannel.Command(channel.Id), SysAdmin);
        await Pump(system);
        Assert.Single(robot.Received);

        await system.Send(new RemoveChannel.Command(channel.Id), SysAdmin);
        system.Pass(TimeSpan.FromHours(1));
        Assert.Equal(0, await Pump(system));
        Assert.Equal(DeliveryState.Withdrawn, (await system.Read(db => db.Deliveries.SingleAsync(one => one.Id == test.DeliveryId))).State);
    }

    [Fact]
    public async Task The_watchdogs_figures_say_when_messages_are_stuck()
    {
        await using var robot = new RobotReceiver();
        await using var system = await Start(robot);
        await system.Assign();
        var watch = system.Services.GetRequiredService<StoreWatch>();
        Assert.Equal(0, (await watch.Look(CancellationToken.None)).Unsent);

        system.Pass(TimeSpan.FromMinutes(5));

        var stuck = await watch.Look(CancellationToken.None);
        Assert.Equal((1, TimeSpan.FromMinutes(4)), (stuck.Unsent, stuck.OldestUnsent));
        await Pump(system);
        Assert.Equal(0, (await watch.Look(CancellationToken.None)).Unsent);
    }

    private async Task<TestSystem> Start(RobotReceiver robot, TimeSpan? patience = null)
    {
        var system = await TestSystem.Start(database, activate: false, besides: Sending(patience));
        await system.Send(new AddChannel.Command("education", ChannelKind.WeCom, robot.Address + "send?key=key-of-the-group", null, null), SysAdmin);
        return system;
    }

    private static Action<IServiceCollection> Sending(TimeSpan? patience = null) =>
        Outward.With(new NotificationOptions { AllowPrivateNetworks = true, Patience = patience ?? TimeSpan.FromSeconds(20) });

    private static Task<int> Pump(TestSystem system) => system.Services.GetRequiredService<DeliveryPump>().Run(CancellationToken.None);
}
