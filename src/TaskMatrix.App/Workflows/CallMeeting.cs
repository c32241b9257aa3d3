using System.Text.Json.Nodes;
using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>召集: the office sets time and place and asks the units; what the plan asks of them for a meeting begins in the same act.</summary>
public static class CallMeeting
{
    /// <param name="Invitees">Units; null: those that the plan names, see <see cref="MeetingInvitees"/>.</param>
    public sealed record Command(Guid Id, DateTimeOffset StartsAt, string Place, IReadOnlyList<string>? Invitees) : IRequest<MeetingView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.StartsAt).NotEqual(default(DateTimeOffset)).WithErrorCode("request.missing-member");
            RuleFor(command => command.Place).NotEmpty().MaximumLength(TaskTexts.LongestTitle);
            RuleForEach(command => command.Invitees).NotEmpty();
        }
    }

    internal sealed class Handler(
        Session session, CurrentUser user, CatalogueSource catalogues, UnitLookup units, EventRaiser events, TaskLedger ledger, MeetingLedger meetings, DomainClock clock)
        : IRequestHandler<Command, MeetingView>
    {
        public async Task<MeetingView> Handle(Command command, CancellationToken ct)
        {
            var (meeting, catalogue) = (await meetings.Load(command.Id, ct), await catalogues.Current(session, ct));
            var eventId = Guid.CreateVersion7(clock.Now);
            meeting.Call(user.Actor, command.StartsAt, command.Place, await Invited(command.Invitees, catalogue, ct), eventId, clock.Now);
            var raised = Event(meeting, eventId, catalogue);
            var asked = new Asked([.. meeting.Invitees.Select(invitee => invitee.Unit)], command.StartsAt);
            await ledger.CommitAll(await events.Raise(raised, user.Actor, catalogue, ct, asked), ct);
            var details = new Dictionary<string, object?>
            {
                ["startsAt"] = meeting.StartsAt, ["place"] = meeting.Place, ["invitees"] = meeting.Invitees.Select(invitee => invitee.Unit), ["eventId"] = eventId,
            };
            return await meetings.Record(meeting, "call-meeting", details, ct);
        }

        private async Task<IReadOnlyList<string>> Invited(IReadOnlyList<string>? named, Catalogue catalogue, CancellationToken ct) =>
            named is null
                ? MeetingInvitees.ByThePlan(user.Actor.Jurisdiction, catalogue)
                : await units.KnownAll(user.Actor.Jurisdiction, named, "invitees", ct);

        private RaisedEvent Event(Meeting meeting, Guid id, Catalogue catalogue)
        {
            var (actor, local) = (user.Actor, catalogue.Reckoning(meeting.Jurisdiction).Local(meeting.StartsAt!.Value));
            var data = new JsonObject
            {
                ["number"] = meeting.Number, ["startsAt"] = local.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture),
                ["place"] = meeting.Place, ["agenda"] = meeting.Agenda,
            };
            return new RaisedEvent
            {
                Id = id, Jurisdiction = meeting.Jurisdiction, Kind = MeetingLedger.EventKind, Summary = meeting.Title,
                Data = data.ToJsonString(JsonColumn.Options), OccurredAt = clock.Now, RaisedAt = clock.Now, RaisedBy = actor.UserName,
                RaisedByUnit = actor.Unit, RaisedByPost = actor.Post,
            };
        }
    }
}

/// <summary>Whom a meeting is for when nobody is named.</summary>
public static class MeetingInvitees
{
    /// <summary>
    /// 领导小组成员和办公室组成人员参加 (太平区方案 五(一)): they come from the member units. Where a plan has no member units every department is
    /// asked, which is an assumption.
    /// </summary>
    private static readonly string[] Classes = ["member-units", "departments", "town-units", "all-units"];

    public static IReadOnlyList<string> ByThePlan(string jurisdiction, Catalogue catalogue) =>
        Classes.Select(name => catalogue.UnitsOfClass(jurisdiction, name)).FirstOrDefault(units => units.Count > 0)
        ?? [.. catalogue.Set.UnitsOf(jurisdiction).Select(unit => unit.Id).Where(unit => unit != Actor.OfficeUnit)];
}
