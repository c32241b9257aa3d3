using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;

namespace TaskMatrix.App.Workflows;

/// <summary>更正纪要: a new wording beside the old one, which stays as it was kept. The tasks of its decisions are not touched.</summary>
public static class AmendMinutes
{
    /// <param name="Attendees">Units that came, all of them.</param>
    public sealed record Command(Guid Id, string Text, IReadOnlyList<string>? Attendees, string Reason) : IRequest<MeetingView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Text).NotEmpty().MaximumLength(TaskTexts.Longest);
            RuleFor(command => command.Attendees).NotNull().WithErrorCode("request.missing-member");
            RuleForEach(command => command.Attendees).NotEmpty();
            RuleFor(command => command.Reason).NotEmpty().MaximumLength(TaskTexts.Longest);
        }
    }

    internal sealed class Handler(MeetingLedger meetings, UnitLookup units, CurrentUser user, DomainClock clock) : IRequestHandler<Command, MeetingView>
    {
        public async Task<MeetingView> Handle(Command command, CancellationToken ct)
        {
            var meeting = await meetings.Load(command.Id, ct);
            var attendees = await units.KnownAll(user.Actor.Jurisdiction, command.Attendees!, "attendees", ct);
            meeting.Amend(user.Actor, command.Text, attendees, command.Reason, clock.Now);
            var details = new Dictionary<string, object?> { ["text"] = command.Text, ["attendees"] = attendees, ["reason"] = command.Reason, ["version"] = meeting.Wordings.Count };
            return await meetings.Record(meeting, "amend-meeting", details, ct);
        }
    }
}
