using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>改期、改址: the units learn of it by their tasks of attending, whose due moves with the meeting.</summary>
public static class MoveMeeting
{
    /// <param name="StartsAt">Null: as it is; it or <paramref name="Place"/> is another.</param>
    public sealed record Command(Guid Id, DateTimeOffset? StartsAt, string? Place, string Reason) : IRequest<MeetingView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Place).MaximumLength(TaskTexts.LongestTitle);
            RuleFor(command => command.Reason).NotEmpty().MaximumLength(TaskTexts.Longest);
        }
    }

    internal sealed class Handler(MeetingLedger meetings, TaskLedger ledger, CurrentUser user, DomainClock clock) : IRequestHandler<Command, MeetingView>
    {
        public async Task<MeetingView> Handle(Command command, CancellationToken ct)
        {
            var meeting = await meetings.Load(command.Id, ct);
            meeting.Move(user.Actor, command.StartsAt, string.IsNullOrWhiteSpace(command.Place) ? null : command.Place.Trim(), command.Reason, clock.Now);
            await Tell(meeting, $"{command.Reason}（{meeting.Place}）", ct);
            var details = new Dictionary<string, object?>
            {
                ["startsAt"] = meeting.StartsAt, ["place"] = meeting.Place, ["before"] = meeting.Moves[^1], ["reason"] = command.Reason,
            };
            return await meetings.Record(meeting, "move-meeting", details, ct);
        }

        private async Task Tell(Meeting meeting, string reason, CancellationToken ct)
        {
            var moved = (await meetings.AttendTasks(meeting, ct)).FindAll(task => task.MoveWith(user.Actor, meeting.StartsAt!.Value, reason, clock.Now));
            await ledger.CommitAll(moved, ct);
        }
    }
}
