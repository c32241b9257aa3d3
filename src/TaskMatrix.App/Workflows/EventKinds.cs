using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>A kind of event, who may raise it and what it starts in the caller's jurisdiction.</summary>
/// <param name="MayRaise">Whether the caller may.</param>
public sealed record EventKindView(
    string Id, string Title, string English, string? Form, IReadOnlyList<string> RaisedBy, string? Assumption, bool Urgent, bool MayRaise,
    IReadOnlyList<EventStartView> Starts);

/// <summary>A duty that an event of the kind starts.</summary>
/// <param name="Units">Whose tasks they are; with <paramref name="RaiserOnly"/> that of the one among them that raises the event.</param>
/// <param name="Due">As written: a duration from the event, a time of day, working days.</param>
/// <param name="Assumptions">What the document does not say of it.</param>
public sealed record EventStartView(
    string Duty, string Title, string English, IReadOnlyList<string> Units, string AcknowledgeWithin, string Due, IReadOnlyList<Assumption> Assumptions,
    bool RaiserOnly);

public static class ListEventKinds
{
    public sealed record Query : IRequest<IReadOnlyList<EventKindView>>;

    internal sealed class Handler(Session session, CatalogueSource catalogues, CurrentUser user, DomainClock clock) : IRequestHandler<Query, IReadOnlyList<EventKindView>>
    {
        public async Task<IReadOnlyList<EventKindView>> Handle(Query query, CancellationToken ct)
        {
            var catalogue = await catalogues.Current(session, ct);
            var starts = new EventStart(session, catalogue, clock);
            var plans = PlanAccess.MayRead(user.Actor) ? await starts.ActivePlans(user.Actor.Jurisdiction, ct) : [];
            return [.. catalogue.Set.EventKinds.Select(kind => new EventKindView(
                kind.Id, kind.Title, kind.English, kind.Form, kind.RaisedBy, kind.Assumption, kind.Urgent, EventAccess.MayRaise(user.Actor, kind),
                [.. starts.Waiting(user.Actor.Jurisdiction, kind.Id, plans).Select(duty => Start(duty, catalogue))]))];
        }

        private static EventStartView Start(Duty duty, Catalogue catalogue)
        {
            var process = catalogue.ProcessOf(duty);
            var step = (WorkStep)process.First(onOccurrence: false);
            var units = duty.LeadUnits.SelectMany(unit => DutyUnits(duty, process, step, unit, catalogue)).Distinct();
            return new EventStartView(
                duty.Id, duty.Title, duty.English, [.. units], step.AcknowledgeWithin ?? duty.AcknowledgeWithin, step.Due ?? duty.Due, duty.Assumptions,
                duty.RaiserOnly);
        }

        private static IEnumerable<string> DutyUnits(Duty duty, ProcessDefinition process, WorkStep step, string unit, Catalogue catalogue) =>
            Duties.DutyIssuer.OfStep(new DutyTask(duty, process, step, unit, unit, "", default) { Activation = "" }, step, catalogue).Select(task => task.Unit);
    }
}
