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

/// <summary>The office does not take up a proposal.</summary>
public static class DeclineMeeting
{
    public sealed record Command(Guid Id, string Reason) : IRequest<MeetingView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).NotEmpty().MaximumLength(TaskTexts.Longest);
    }

    internal sealed class Handler(MeetingLedger meetings, CurrentUser user) : IRequestHandler<Command, MeetingView>
    {
        public async Task<MeetingView> Handle(Command command, CancellationToken ct)
        {
            var meeting = await meetings.Load(command.Id, ct);
            meeting.Decline(user.Actor, command.Reason);
            return await meetings.Record(meeting, "decline-meeting", new Dictionary<string, object?> { ["reason"] = command.Reason }, ct);
        }
    }
}

/// <summary>取消: what the units were to do for it is terminated.</summary>
public static class CancelMeeting
{
    public sealed record Command(Guid Id, string Reason) : IRequest<MeetingView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).NotEmpty().MaximumLength(TaskTexts.Longest);
    }

    internal sealed class Handler(MeetingLedger meetings, TaskLedger ledger, CurrentUser user, DomainClock clock) : IRequestHandler<Command, MeetingView>
    {
        public async Task<MeetingView> Handle(Command command, CancellationToken ct)
        {
            var meeting = await meetings.Load(command.Id, ct);
            meeting.Cancel(user.Actor, command.Reason);
            if (meeting.State is MeetingState.Cancelled && meeting.EventId is not null)
            {
                await Terminate(meeting, user.Actor, command.Reason, ct);
            }

            return await meetings.Record(meeting, "cancel-meeting", new Dictionary<string, object?> { ["reason"] = command.Reason }, ct);
        }

        private async Task Terminate(Meeting meeting, Actor actor, string reason, CancellationToken ct)
        {
            var open = (await meetings.CalledTasks(meeting, ct)).FindAll(task => task.State.IsOpen());
            open.ForEach(task => task.Terminate(actor, reason, meeting.Number, clock.Now));
            await ledger.CommitAll(open, ct);
        }
    }
}
