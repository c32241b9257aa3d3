using System.Text.Json;
using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>Somebody reports that something happened; the duties that wait for it begin.</summary>
public static class RaiseEvent
{
    /// <param name="OccurredAt">Null: now.</param>
    /// <param name="Data">Fields of the kind's form; may be empty or left out.</param>
    public sealed record Command(string? Jurisdiction, string Kind, DateTimeOffset? OccurredAt, string Summary, JsonElement? Data) : IRequest<Result>, ICommand;

    /// <param name="NotStarted">What should have begun and could not; the others began all the same.</param>
    public sealed record Result(Guid Id, IReadOnlyList<Guid> TaskIds, IReadOnlyList<NotStarted> NotStarted);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Kind).NotEmpty();
            RuleFor(command => command.Summary).NotEmpty().MaximumLength(TaskTexts.Longest);
            RuleFor(command => command.Data).Must(data => data is null or { ValueKind: JsonValueKind.Object or JsonValueKind.Null }).WithErrorCode("form.not-an-object");
        }
    }

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, EventRaiser raiser, TaskLedger ledger, DomainClock clock)
        : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command command, CancellationToken ct)
        {
            var actor = user.Actor;
            if ((command.Jurisdiction ?? actor.Jurisdiction) != actor.Jurisdiction)
            {
                throw new NotFoundException("jurisdiction", command.Jurisdiction!);
            }

            var catalogue = await catalogues.Current(session, ct);
            var kind = catalogue.Set.EventKind(command.Kind)
                ?? throw new ValidationException([new("kind", "event.unknown-kind", command.Kind) { ErrorCode = "event.unknown-kind" }]);
            if (!EventAccess.MayRaise(actor, kind))
            {
                throw new RuleBrokenException("event.not-allowed", RuleKind.Forbidden, kind.Title);
            }

            if (command.OccurredAt > clock.Now)
            {
                throw new ValidationException([new("occurredAt", "event.in-future", command.OccurredAt) { ErrorCode = "event.in-future" }]);
            }

            var data = command.Data is { ValueKind: JsonValueKind.Object } ? await FormChecks.Check(command.Data, kind.Form, catalogue, [], member: "data") : "{}";
            var raised = Written(command, kind, data!, actor, clock.Now);
            var tasks = await raiser.Raise(raised, actor, catalogue, ct);
            await ledger.CommitAll(tasks, ct);
            
            // What was passed up to the jurisdiction above is its own matter.
            return new Result(raised.Id, [.. tasks.Where(task => task.Jurisdiction == raised.Jurisdiction).Select(task => task.Id)], raised.NotStarted);
        }

        private static RaisedEvent Written(Command command, EventKind kind, string data, Actor actor, DateTimeOffset now)
        {
            var id = Guid.CreateVersion7(now);
            return new RaisedEvent
            {
                Id = id, Jurisdiction = actor.Jurisdiction, Kind = kind.Id, Summary = command.Summary, Data = data,
                OccurredAt = command.OccurredAt ?? now, RaisedAt = now, RaisedBy = actor.UserName, RaisedByUnit = actor.Unit, RaisedByPost = actor.Post,
            };
        }
    }
}
