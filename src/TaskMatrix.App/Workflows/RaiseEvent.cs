using System.Text.Json;
using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>A kind of event and who may raise it.</summary>
public sealed record EventKindView(string Id, string Title, string English, string? Form, IReadOnlyList<string> RaisedBy, string? Assumption);

public static class ListEventKinds
{
    public sealed record Query : IRequest<IReadOnlyList<EventKindView>>;

    internal sealed class Handler(Session session, CatalogueSource catalogues) : IRequestHandler<Query, IReadOnlyList<EventKindView>>
    {
        public async Task<IReadOnlyList<EventKindView>> Handle(Query query, CancellationToken ct) =>
            [.. (await catalogues.Current(session.Db, ct)).Set.EventKinds
                .Select(kind => new EventKindView(kind.Id, kind.Title, kind.English, kind.Form, kind.RaisedBy, kind.Assumption))];
    }
}

/// <summary>Somebody reports that something happened; the duties that wait for it begin.</summary>
public static class RaiseEvent
{
    /// <param name="Data">An object, which may be empty or left out.</param>
    public sealed record Command(string? Jurisdiction, string Kind, DateTimeOffset? OccurredAt, string Summary, JsonElement? Data) : IRequest<Result>, ICommand;

    public sealed record Result(Guid Id, IReadOnlyList<Guid> TaskIds);

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

            var catalogue = await catalogues.Current(session.Db, ct);
            var kind = catalogue.Set.EventKind(command.Kind)
                ?? throw new ValidationException([new("kind", "event.unknown-kind", command.Kind) { ErrorCode = "event.unknown-kind" }]);
            if (!MayRaise(actor, kind))
            {
                throw new RuleBrokenException("event.not-allowed", RuleKind.Forbidden, kind.Title);
            }

            var raised = new RaisedEvent
            {
                Id = Guid.CreateVersion7(clock.Now), Jurisdiction = actor.Jurisdiction, Kind = kind.Id, Summary = command.Summary,
                Data = command.Data is { ValueKind: JsonValueKind.Object } data ? data.GetRawText() : "{}",
                OccurredAt = command.OccurredAt ?? clock.Now, RaisedAt = clock.Now, RaisedBy = actor.UserName, RaisedByUnit = actor.Unit,
            };
            var tasks = await raiser.Raise(raised, actor, catalogue, ct);
            await ledger.CommitAll(tasks, ct);
            return new Result(raised.Id, [.. tasks.Select(task => task.Id)]);
        }

        private static bool MayRaise(Actor actor, EventKind kind) => kind.RaisedBy.Any(who => who switch
        {
            "any-unit" => actor.Is(Role.Liaison) || actor.Is(Role.Head),
            "office" => actor.Is(Role.Office),
            "leader" => actor.Is(Role.Leader),
            "inspector" => actor.Is(Role.Inspector),
            _ => actor.ActsFor(who),
        });
    }
}
