using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Audit;

/// <summary>Records that somebody took data out of the system: an entry in the chain of the caller's unit.</summary>
public static class RecordExport
{
    /// <param name="Export">What kind of file: ledger.xlsx, archive.zip.</param>
    /// <param name="Details">What it was narrowed to.</param>
    public sealed record Command(string Export, IReadOnlyDictionary<string, object?> Details) : IRequest<DateTimeOffset>, ICommand;

    internal sealed class Handler(Session session, AuditWriter audit, CatalogueSource catalogues, CurrentUser user, DomainClock clock) : IRequestHandler<Command, DateTimeOffset>
    {
        /// <returns>The moment that stands in the record.</returns>
        public async Task<DateTimeOffset> Handle(Command command, CancellationToken ct)
        {
            var actor = user.Actor;
            var zone = (await catalogues.Current(session, ct)).Reckoning(actor.Jurisdiction).Zone;
            var details = new Dictionary<string, object?>(command.Details) { ["export"] = command.Export };
            var now = clock.Now;
            await audit.Append([new AuditDraft(actor.Jurisdiction, actor.Unit, now, zone, actor, "export", details)], ct);
            return now;
        }
    }
}
