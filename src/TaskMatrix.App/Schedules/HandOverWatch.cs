using FluentValidation;
using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Reports;

namespace TaskMatrix.App.Schedules;

/// <summary>交接班: whoever was on duty leaves a note, which the next shift sees.</summary>
public static class HandOverWatch
{
    public const int Longest = 2000;

    public sealed record Command(Guid ShiftId, string Note, string? Problems) : IRequest<WatchShiftView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Note).NotEmpty().MaximumLength(Longest);
            RuleFor(command => command.Problems).MaximumLength(Longest);
        }
    }

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, AuditWriter audit, DomainClock clock)
        : IRequestHandler<Command, WatchShiftView>
    {
        public async Task<WatchShiftView> Handle(Command command, CancellationToken ct)
        {
            var shift = await WatchAccess.Load(session, user.Actor, command.ShiftId, ct);
            var problems = string.IsNullOrWhiteSpace(command.Problems) ? null : command.Problems;
            shift.HandOver(user.Actor, command.Note, problems, clock.Now);
            var catalogue = await catalogues.Current(session, ct);
            await audit.Append(
                [WatchAccess.Entry(
                    catalogue, user.Actor, "hand-over-watch", clock.Now, ("shift", WatchAccess.Recorded(shift)), ("note", Masking.Words(command.Note)),
                    ("problems", problems is null ? null : Masking.Words(problems)))], ct);
            return WatchShiftView.Of(shift, catalogue.Reckoning(shift.Jurisdiction), user.Actor, clear: false);
        }
    }
}
