namespace TaskMatrix.Web.Hosting;

/// <summary>
/// Makes what answers each route while the store is still being looked at: with some hundred routes and the types they take
/// and give it is a good part of a start, and nothing of it needs the data.
/// </summary>
internal sealed class RoutesAhead(WebApplication app) : IEndpointRouteBuilder
{
    private readonly IEndpointRouteBuilder _app = app;

    public IServiceProvider ServiceProvider => _app.ServiceProvider;

    public ICollection<EndpointDataSource> DataSources { get; } = [];

    public IApplicationBuilder CreateApplicationBuilder() => _app.CreateApplicationBuilder();

    /// <summary>To be called when all are mapped. A route that cannot be made says so when the server starts.</summary>
    public void Make()
    {
        var all = new CompositeEndpointDataSource(DataSources);
        _app.DataSources.Add(all);
        _ = Task.Run(() => all.Endpoints);
    }
}
