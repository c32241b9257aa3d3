using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Audit;

/// <summary>Records what was done to the whole store from the command line: an entry in the office's chain of each jurisdiction concerned.</summary>
public static class RecordOperation
{
    /// <param name="Action">back-up, restore, export-record</param>
    /// <param name="Jurisdiction">Null: all.</param>
    public sealed record Command(string Action, IReadOnlyDictionary<string, object?> Details, string? Jurisdiction = null) : IRequest<int>, ICommand;

    internal sealed class Handler(Session session, AuditWriter audit, DomainClock clock) : IRequestHandler<Command, int>
    {
        public async Task<int> Handle(Command command, CancellationToken ct)
        {
            var places = await session.Db.Jurisdictions.AsNoTracking().Where(place => command.Jurisdiction == null || place.Id == command.Jurisdiction).OrderBy(place => place.Id).ToListAsync(ct);
            await audit.Append([.. places.Select(place => new AuditDraft(place.Id, Actor.OfficeUnit, clock.Now, place.Zone, Operator(place.Id), command.Action, command.Details))], ct);
            return places.Count;
        }

        /// <summary>Whoever may start the program on its machine; the system's own log says which account that was.</summary>
        private static Actor Operator(string jurisdiction) => new("command-line", "命令行", "", jurisdiction, Actor.OfficeUnit, []);
    }
}
