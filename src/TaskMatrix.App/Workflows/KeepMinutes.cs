using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>会议纪要: each decision becomes a task.</summary>
public static class KeepMinutes
{
    /// <param name="Attendees">Units that came.</param>
    /// <param name="Decisions">Up to 50; the title of each is its words.</param>
    public sealed record Command(
        Guid Id, string Text, IReadOnlyList<string>? Attendees, IReadOnlyList<Guid>? AttachmentIds, IReadOnlyList<OrderedTask>? Decisions) : IRequest<MeetingView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Text).NotEmpty().MaximumLength(TaskTexts.Longest);
            RuleForEach(command => command.Attendees).NotEmpty();
            RuleForEach(command => command.Decisions).NotNull();
            RuleFor(command => command.Decisions).Must(decisions => decisions is null or { Count: <= OrderedTasks.Most }).WithErrorCode("request.too-many-items");
        }
    }

    internal sealed class Handler(MeetingLedger meetings, AttachmentStore attachments, UnitLookup units, CurrentUser user, IMediator mediator, DomainClock clock)
        : IRequestHandler<Command, MeetingView>
    {
        public async Task<MeetingView> Handle(Command command, CancellationToken ct)
        {
            var (meeting, orders) = (await meetings.Load(command.Id, ct), command.Decisions ?? []);
            meeting.RequireHeld(user.Actor, clock.Now);
            var attendees = await Known(command.Attendees ?? [], ct);
            var files = await attachments.Claim(meeting, command.AttachmentIds, user.Actor, ct);
            var made = await OrderedTasks.Make(mediator, orders, new TaskSource(MeetingLedger.TaskSource, meeting.Key), null, ("decisions", "text"), ct);
            meeting.KeepMinutes(user.Actor, command.Text, attendees, files, [.. orders.Zip(made, (order, task) => new MeetingDecision(order.Title!, task))], clock.Now);
            var details = new Dictionary<string, object?> { ["text"] = command.Text, ["attendees"] = attendees, ["attachmentIds"] = files, ["decisions"] = meeting.Decisions };
            return await meetings.Record(meeting, "minutes-meeting", details, ct);
        }

        private async Task<IReadOnlyList<string>> Known(IReadOnlyList<string> names, CancellationToken ct)
        {
            var known = new List<string>();
            foreach (var name in names)
            {
                known.Add((await units.Known(user.Actor.Jurisdiction, name, "attendees", ct))!);
            }

            return known;
        }
    }
}
