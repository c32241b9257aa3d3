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

/// <summary>An invited unit says whether it comes; with that it has also taken up its task of attending.</summary>
public static class ConfirmMeeting
{
    /// <param name="Attendee">Who comes, by post.</param>
    public sealed record Command(Guid Id, bool Attending, string? Attendee, string? Text) : IRequest<MeetingView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Attendee).MaximumLength(TaskTexts.LongestTitle);
            RuleFor(command => command.Text).MaximumLength(TaskTexts.Longest);
        }
    }

    internal sealed class Handler(MeetingLedger meetings, TaskLedger ledger, CurrentUser user, DomainClock clock) : IRequestHandler<Command, MeetingView>
    {
        public async Task<MeetingView> Handle(Command command, CancellationToken ct)
        {
            var meeting = await meetings.Load(command.Id, ct);
            var unit = meeting.Confirm(user.Actor, command.Attending, command.Attendee, command.Text, clock.Now);
            await Acknowledge(meeting, unit, user.Actor, ct);
            var details = new Dictionary<string, object?> { ["unit"] = unit, ["attending"] = command.Attending, ["attendee"] = command.Attendee, ["text"] = command.Text };
            return await meetings.Record(meeting, "confirm-meeting", details, ct);
        }

        private async Task Acknowledge(Meeting meeting, string unit, Actor actor, CancellationToken ct)
        {
            if (actor.ActsFor(unit))
            {
                var pending = (await meetings.CalledTasks(meeting, ct)).FindAll(task => task.LeadUnit == unit && task.State == TaskState.PendingAck);
                pending.ForEach(task => task.Acknowledge(actor, clock.Now));
                await ledger.CommitAll(pending, ct);
            }
        }
    }
}
