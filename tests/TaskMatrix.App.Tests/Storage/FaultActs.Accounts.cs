using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Tests.Storage;

internal static partial class FaultActs
{
    private const string Clerk = "taiping.health";

    private static readonly CreateAccount.Command NewAccount = new("taiping.clerk", "education", "联络员");

    private static Dictionary<Type, FaultAct> OfAccounts => new()
    {
        [typeof(CreateAccount.Command)] = At(false, system => system.Send(NewAccount, People.SystemAdministrator)),
        [typeof(MakeAccountLink.Command)] = WithAccounts(system => system.Send(new MakeAccountLink.Command(Clerk), People.SystemAdministrator)),
        [typeof(SetAccountRoles.Command)] = After(false, async system =>
        {
            await system.Send(NewAccount, People.SystemAdministrator);
            return () => system.Send(new SetAccountRoles.Command(NewAccount.UserName, [Role.Liaison], "上岗"), People.SecurityAdministrator);
        }),
        [typeof(ChangeAccount.Command)] = WithAccounts(system => system.Send(new ChangeAccount.Command(Clerk, AccountAct.Disable, "调离"), People.SecurityAdministrator)),
        [typeof(SetPassword.Command)] = After(false, async system =>
        {
            var secret = (await system.Send(NewAccount, People.SystemAdministrator)).Secret;
            return () => system.Send(new SetPassword.Command(NewAccount.UserName, secret, "hash"));
        }),
        [typeof(SetPhone.Command)] = WithAccounts(system => system.Send(new SetPhone.Command("0418-1234567"), People.Liaison("health"))),
        [typeof(NoteSignIn.Command)] = WithAccounts(system => system.Send(new NoteSignIn.Command(Clerk))),
        [typeof(RevokeOwnToken.Command)] = After(false, async system =>
        {
            await system.Send(new AddDemoAccounts.Command(new("-")));
            var stamp = await system.Read(db => db.Accounts.Where(account => account.UserName == Clerk).Select(account => account.SecurityStamp).SingleAsync());
            var token = new AccessToken { Hash = new string('a', 64), UserName = Clerk, SecurityStamp = stamp, ExpiresAt = TestSystem.Morning.AddHours(8) };
            await system.Services.GetRequiredService<IWriteGate>().Run(async (db, ct) =>
            {
                db.AccessTokens.Add(token);
                return await db.SaveChangesAsync(ct);
            }, CancellationToken.None);
            return () => system.Send(new RevokeOwnToken.Command(token.Name), People.Liaison("health"));
        }),
        [typeof(SaveDraft.Command)] = WithAccounts(Save),
        [typeof(DiscardDraft.Command)] = After(false, async system =>
        {
            await system.Send(new AddDemoAccounts.Command(new("-")));
            var id = (await Save(system)).Id;
            return () => system.Send(new DiscardDraft.Command(id), People.Office);
        }),
        [typeof(RetryJobs.Command)] = After(false, async system =>
        {
            await system.Assign();
            await system.Assign("health");
            await system.Tamper($"UPDATE timers SET set_aside = {true}, attempts = 5");
            return () => system.Send(new RetryJobs.Command("dead"), People.Office);
        }),
    };

    private static Task<DraftView> Save(TestSystem system) => system.Send(
        new SaveDraft.Command("/tasks/new", "f-assign", "nav.assign", "", new Dictionary<string, string[]> { ["title"] = ["核查"] }, "none"), People.Office);

    private static FaultAct WithAccounts(Func<TestSystem, Task> act) => After(false, async system =>
    {
        await system.Send(new AddDemoAccounts.Command(new("-")));
        return () => act(system);
    });
}
