using System.CommandLine;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Organisations;

/// <summary>users add, users list: accounts from the command line, beside or without a server.</summary>
internal static class UserVerbs
{
    private static readonly Option<string> Name = new("--name") { Required = true, Description = "User name; it never changes" };
    private static readonly Option<string> Jurisdiction = new("--jurisdiction") { Required = true, Description = "taiping, lanxi, …" };
    private static readonly Option<string> Unit = new("--unit") { DefaultValueFactory = _ => Actor.OfficeUnit, Description = "Unit id" };
    private static readonly Option<string> Post = new("--post") { Required = true, Description = "Post the person holds, shown beside every act" };
    private static readonly Option<Role[]> Roles = new("--role") { Required = true, AllowMultipleArgumentsPerToken = true, Description = "liaison, head, office, leader, inspector, systemAdministrator …" };

    public static Command Command(IEnumerable<Option> shared)
    {
        var add = new Command("add", "Make an account; the password is read from standard input") { Name, Jurisdiction, Unit, Post, Roles };
        var list = new Command("list", "List the accounts");
        foreach (var option in shared)
        {
            add.Options.Add(option);
            list.Options.Add(option);
        }

        add.SetAction((parsed, ct) => Add(parsed, ct));
        list.SetAction((parsed, ct) => List(Flags.Read(parsed), ct));
        return new Command("users", "Accounts") { add, list };
    }

    private static async Task<int> Add(ParseResult parsed, CancellationToken ct)
    {
        var options = Flags.Read(parsed);
        await using var app = WebHost.Build(options);
        try
        {
            await Serve.Prepare(app, options with { Demo = false }, ct);
        }
        catch (StoreRefusedException refused)
        {
            return StoreRefusal.Say(refused);
        }

        await using var scope = app.Services.CreateAsyncScope();
        Console.Error.WriteLine("Password (12 characters or more):");
        var wanted = new NewAccount(
            parsed.GetValue(Name)!, parsed.GetValue(Jurisdiction)!, parsed.GetValue(Unit)!, parsed.GetValue(Post)!, parsed.GetValue(Roles)!,
            Console.In.ReadLine() ?? "");
        try
        {
            var account = await scope.ServiceProvider.GetRequiredService<AccountCreation>().Create(wanted, ct);
            Console.WriteLine($"{account.UserName} made");
            return 0;
        }
        catch (Exception refused) when (refused is ValidationException or RuleBrokenException)
        {
            Console.Error.WriteLine(refused.Message);
            return 1;
        }
    }

    private static async Task<int> List(ServeOptions options, CancellationToken ct)
    {
        await using var app = WebHost.Build(options);
        await using var db = app.Services.GetRequiredService<IReadContexts>().Create();
        foreach (var account in await db.Accounts.OrderBy(account => account.UserName).ToListAsync(ct))
        {
            Console.WriteLine($"{account.UserName}\t{account.Jurisdiction}\t{account.Unit}\t{string.Join(',', account.Roles)}\t{account.Post}{(account.Disabled ? "\t(disabled)" : "")}");
        }

        return 0;
    }
}
