using FluentValidation;
using FluentValidation.Results;
using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.App.Schedules;

/// <summary>The unit puts shifts on its roster; all of them or none.</summary>
public static class AddWatchShifts
{
    public const int Most = 500;

    /// <param name="Unit">Id, name or alias; null: the caller's own.</param>
    public sealed record Command(string? Unit, IReadOnlyList<NewShift> Shifts) : IRequest<IReadOnlyList<WatchShiftView>>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Shifts).NotEmpty();
            RuleFor(command => command.Shifts).Must(shifts => shifts is null || shifts.Count <= Most).WithErrorCode("watch.too-many-shifts");
            RuleFor(command => command.Shifts).Custom((shifts, context) =>
            {
                foreach (var (shift, i) in (shifts ?? []).Select((shift, i) => (shift ?? new NewShift(null, null, null, null, null), i)))
                {
                    foreach (var (field, code, value) in WatchInput.ProblemsOf(shift))
                    {
                        context.AddFailure(new ValidationFailure($"shifts[{i}].{field}", code, value) { ErrorCode = code });
                    }
                }
            });
        }
    }

    internal sealed class Handler(Session session, CurrentUser user, UnitLookup units, CatalogueSource catalogues, AuditWriter audit, DomainClock clock)
        : IRequestHandler<Command, IReadOnlyList<WatchShiftView>>
    {
        public async Task<IReadOnlyList<WatchShiftView>> Handle(Command command, CancellationToken ct)
        {
            var actor = user.Actor;
            WatchAccess.RequireReader(actor, null);
            var unit = await units.Known(actor.Jurisdiction, command.Unit, "unit", ct) ?? actor.Unit;
            WatchShift.Allow(actor, unit);
            var doubles = await WatchInput.Doubles(session.Db, actor, unit, command.Shifts, ct);
            if (doubles.Count > 0)
            {
                throw new ValidationException(doubles.Select(i => new ValidationFailure($"shifts[{i}]", "watch.double-shift", command.Shifts[i].Post) { ErrorCode = "watch.double-shift" }));
            }

            var catalogue = await catalogues.Current(session, ct);
            var shifts = command.Shifts.Select(shift => WatchInput.Make(actor, unit, shift, clock.Now)).ToList();
            session.Db.WatchShifts.AddRange(shifts);
            await audit.Append([WatchAccess.Entry(catalogue, actor, "add-watch-shifts", clock.Now, ("shifts", shifts.Select(WatchAccess.Recorded).ToList()))], ct);
            return [.. shifts.Select(shift => WatchShiftView.Of(shift, catalogue.Reckoning(actor.Jurisdiction), actor, clear: false))];
        }
    }
}
