using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Audit;

/// <summary>Writes the newest entry of every chain to today's file outside the database (UTC, wall clock).</summary>
public static class ExportHeads
{
    /// <param name="OnlyFirstOfDay">Nothing to do when today's file exists.</param>
    public sealed record Command(bool OnlyFirstOfDay) : IRequest<string>;

    internal sealed class Handler(AppOptions options, Session session, TimeProvider wall) : IRequestHandler<Command, string>
    {
        /// <returns>Path of the file.</returns>
        public async Task<string> Handle(Command command, CancellationToken ct)
        {
            var path = ExportedHeads.PathOf(options, wall.GetUtcNow());
            if (!command.OnlyFirstOfDay || !File.Exists(path))
            {
                var heads = await session.Db.ChainHeads.AsNoTracking().ToListAsync(ct);
                ExportedHeads.Write(path, heads.Select(head => new ExportedHead($"{head.Jurisdiction}/{head.Unit}", head.Sequence, head.Hash)));
            }

            return path;
        }
    }
}

/// <summary>A clean stop leaves the heads as they stand then.</summary>
internal sealed class ExportHeadsAtStop(IServiceScopeFactory scopes) : IHostedService
{
    public Task StartAsync(CancellationToken ct) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ExportHeads.Command(OnlyFirstOfDay: false), ct);
    }
}
