using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Tests.Hosting;

public sealed class CostlyWorkTests
{
    [Fact]
    public async Task Only_so_many_costly_answers_are_made_at_once_and_nobody_else_waits()
    {
        var (open, begun) = (new TaskCompletionSource(), new TaskCompletionSource());
        var turns = new CostlyTurns(async context =>
        {
            begun.TrySetResult();
            await (IsCostly(context) ? open.Task : Task.CompletedTask);
        }, new CostlyLimits(1, TimeSpan.FromMilliseconds(20)));
        var first = turns.InvokeAsync(Request(new CostlyWork()));
        await begun.Task;

        await Assert.ThrowsAsync<TooManyAtOnceException>(() => turns.InvokeAsync(Request(new CostlyWork())));
        await turns.InvokeAsync(Request());
        open.SetResult();
        await first;

        await turns.InvokeAsync(Request(new CostlyWork()));
        Assert.Equal((429, "request.too-many"), ProblemTable.Of(new TooManyAtOnceException()) is { } problem ? (problem.Status, problem.Code) : default);
    }

    [Fact]
    public async Task A_turn_is_given_back_when_the_answer_fails()
    {
        var turns = new CostlyTurns(_ => throw new InvalidOperationException("broken"), new CostlyLimits(1, TimeSpan.FromMilliseconds(20)));

        await Assert.ThrowsAsync<InvalidOperationException>(() => turns.InvokeAsync(Request(new CostlyWork())));
        await Assert.ThrowsAsync<InvalidOperationException>(() => turns.InvokeAsync(Request(new CostlyWork())));
    }

    [Fact]
    public async Task Ledgers_matrices_archives_dossiers_and_checks_of_the_record_are_costly()
    {
        var routes = (await RunningApi.Shared).Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
        string[] ends = ["ledger.xlsx", "ledger.csv", "matrix.xlsx", "archive.zip", "/dossier", "audit/verify"];

        var costly = routes.Where(route => ends.Any(end => route.RoutePattern.RawText!.EndsWith(end, StringComparison.Ordinal))).ToList();

        Assert.Equal(13, costly.Count);
        Assert.All(costly, route => Assert.NotNull(route.Metadata.GetMetadata<CostlyWork>()));
    }

    private static bool IsCostly(HttpContext context) => context.GetEndpoint()!.Metadata.GetMetadata<CostlyWork>() is not null;

    private static DefaultHttpContext Request(params object[] metadata)
    {
        var context = new DefaultHttpContext();
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(metadata), null));
        return context;
    }
}
