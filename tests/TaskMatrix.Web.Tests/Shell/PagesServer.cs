using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Tests.Shell;

/// <summary>The whole program with the demo's people, as an exercise, on a free port and a folder of its own.</summary>
public sealed class PagesServer : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("taskmatrix-pages-").FullName;
    private WebApplication? _app;

    public Uri Address => new(_app!.Urls.First());

    public IServiceProvider Services => _app!.Services;

    public async Task InitializeAsync()
    {
        var options = new ServeOptions(
            Demo: true, Exercise: true, new DateTimeOffset(2020, 1, 23, 8, 0, 0, TimeSpan.FromHours(8)), _folder, "http://127.0.0.1:0");
        _app = WebHost.Build(options);
        await Serve.Prepare(_app, options, CancellationToken.None);
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A browser without scripts in which this person has signed in; null: nobody.</summary>
    public async Task<Visitor> Visit(string? userName = null)
    {
        var visitor = new Visitor(Address);
        if (userName is not null)
        {
            await visitor.SignIn(userName);
        }

        return visitor;
    }

    /// <summary>Sends a request as that person, past the pages.</summary>
    public async Task<T> Send<T>(string userName, MediatR.IRequest<T> request)
    {
        await using var scope = Services.CreateAsyncScope();
        await using var db = Services.GetRequiredService<IReadContexts>().Create();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = db.Accounts.Single(account => account.UserName == userName).ToActor();
        return await scope.ServiceProvider.GetRequiredService<MediatR.IMediator>().Send(request);
    }
}

[CollectionDefinition(Name)]
public sealed class PagesCollection : ICollectionFixture<PagesServer>
{
    public const string Name = "pages";
}
