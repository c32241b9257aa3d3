using FluentValidation;
using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Schedules;

/// <summary>The unit calls a shift off that has not ended; it stays in the database and counts no more.</summary>
public static class CancelWatchShift
{
    public const int LongestReason = 500;

    public sealed record Command(Guid ShiftId, string Reason) : IRequest<WatchShiftView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).NotEmpty().MaximumLength(LongestReason);
    }

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, AuditWriter audit, DomainClock clock)
        : IRequestHandler<Command, WatchShiftView>
    {
        public async Task<WatchShiftView> Handle(Command command, CancellationToken ct)
        {
            var shift = await WatchAccess.Load(session, user.Actor, command.ShiftId, ct);
            shift.Cancel(user.Actor, command.Reason, clock.Now);
            var catalogue = await catalogues.Current(session, ct);
            await audit.Append([WatchAccess.Entry(catalogue, user.Actor, "cancel-watch-shift", clock.Now, ("shift", WatchAccess.Recorded(shift)), ("reason", command.Reason))], ct);
            return WatchShiftView.Of(shift, catalogue.Reckoning(shift.Jurisdiction), user.Actor, clear: false);
        }
    }
}
