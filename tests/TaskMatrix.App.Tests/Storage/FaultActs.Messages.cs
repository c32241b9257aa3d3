using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Tests.Storage;

internal static partial class FaultActs
{
    private static readonly Actor SysAdmin = new("taiping.sysadmin", "s", "s", "taiping", Actor.OfficeUnit, [Role.SystemAdministrator]);

    private static Dictionary<Type, FaultAct> OfMessages => new()
    {
        [typeof(ReadMessage.Command)] = After(false, async system =>
        {
            await system.Assign();
            var id = await system.Read(db => db.Messages.Where(message => message.Address == "unit:education").Select(message => message.Id).FirstAsync());
            return () => system.Send(new ReadMessage.Command(id), Education);
        }),
        [typeof(ReadAllMessages.Command)] = After(false, async system =>
        {
            await system.Assign();
            return () => system.Send(new ReadAllMessages.Command(), Education);
        }),
        [typeof(MakeCalendarFeed.Command)] = At(false, system => system.Send(new MakeCalendarFeed.Command(), Education)),
        [typeof(RevokeCalendarFeed.Command)] = After(false, async system =>
        {
            await system.Send(new MakeCalendarFeed.Command(), Education);
            return () => system.Send(new RevokeCalendarFeed.Command(), Education);
        }),
        [typeof(AddChannel.Command)] = At(false, AddRobot),
        [typeof(RemoveChannel.Command)] = After(false, async system =>
        {
            var id = (await AddRobot(system)).Id;
            return () => system.Send(new RemoveChannel.Command(id), SysAdmin);
        }),
        [typeof(TestChannel.Command)] = After(false, async system =>
        {
            var id = (await AddRobot(system)).Id;
            return () => system.Send(new TestChannel.Command(id), SysAdmin);
        }),
        [typeof(TakeOverOutbox.Command)] = After(false, async system =>
        {
            await Tell(system);
            return () => system.Send(new TakeOverOutbox.Command(10));
        }),
        [typeof(ClaimDeliveries.Command)] = After(false, async system =>
        {
            await Tell(system);
            await system.Send(new TakeOverOutbox.Command(10));
            return () => system.Send(new ClaimDeliveries.Command(10));
        }),
        [typeof(SettleDeliveries.Command)] = After(false, async system =>
        {
            await Tell(system);
            await system.Send(new TakeOverOutbox.Command(10));
            var claimed = (await system.Send(new ClaimDeliveries.Command(10)))[0].Delivery;
            return () => system.Send(new SettleDeliveries.Command([new Attempted(claimed.Id, claimed.Attempts, null)]));
        }),
    };

    private static Task<ChannelView> AddRobot(TestSystem system) =>
        system.Send(new AddChannel.Command("education", ChannelKind.WeCom, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k", null, null), SysAdmin);

    private static async Task Tell(TestSystem system)
    {
        await AddRobot(system);
        await system.Assign();
        system.Pass(TimeSpan.FromMinutes(1));
    }
}
