using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>会议纪要: each decision becomes a task; who came has attended, and for who did not the task of attending is void.</summary>
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
            RuleFor(command => command.Attendees).NotNull().WithErrorCode("request.missing-member");
            RuleForEach(command => command.Attendees).NotEmpty();
            RuleFor(command => command.Decisions).NotNull().WithErrorCode("request.missing-member");
            RuleForEach(command => command.Decisions).NotNull();
            RuleFor(command => command.Decisions).Must(decisions => decisions is null or { Count: <= OrderedTasks.Most }).WithErrorCode("request.too-many-items");
        }
    }

    internal sealed class Handler(
        MeetingLedger meetings, TaskLedger ledger, AttachmentStore attachments, UnitLookup units, CurrentUser user, IMediator mediator, DomainClock clock)
        : IRequestHandler<Command, MeetingView>
    {
        public async Task<MeetingView> Handle(Command command, CancellationToken ct)
        {
            var (meeting, orders) = (await meetings.Load(command.Id, ct), command.Decisions!);
            meeting.RequireHeld(user.Actor, clock.Now);
            var attendees = await units.KnownAll(user.Actor.Jurisdiction, command.Attendees!, "attendees", ct);
            var files = await attachments.Claim(meeting, command.AttachmentIds, user.Actor, ct);
            var made = await OrderedTasks.Make(mediator, orders, new TaskSource(MeetingLedger.TaskSource, meeting.Key), (null, false), ("decisions", "text"), ct);
            meeting.KeepMinutes(user.Actor, command.Text, attendees, files, [.. orders.Zip(made, (order, task) => new MeetingDecision(order.Title!, task))], clock.Now);
            await CloseAttending(meeting, ct);
            var details = new Dictionary<string, object?> { ["text"] = command.Text, ["attendees"] = attendees, ["attachmentIds"] = files, ["decisions"] = meeting.Decisions };
            return await meetings.Record(meeting, "minutes-meeting", details, ct);
        }

        private async Task CloseAttending(Meeting meeting, CancellationToken ct)
        {
            var open = (await meetings.AttendTasks(meeting, ct)).FindAll(task => task.State.IsOpen());
            foreach (var task in open)
            {
                if (meeting.Attendees.Contains(task.LeadUnit) || meeting.Attendees.Contains(task.IssuedTo))
                {
                    task.Attend(user.Actor, meeting.Number, meeting.StartsAt!.Value, clock.Now);
                }
                else
                {
                    task.MarkNotApplicable(user.Actor, Absent(meeting, task), clock.Now);
                }
            }

            await ledger.CommitAll(open, ct);
        }

        /// <summary>With the unit's own words where it had said that it would not come.</summary>
        private static string Absent(Meeting meeting, TaskInstance task)
        {
            var answer = meeting.Invitees.FirstOrDefault(invitee => invitee.Unit == task.IssuedTo && invitee.Attending == false);
            return $"{meeting.Number}：未参会{(answer is null ? "" : "（事先已告知" + (answer.Text is null ? "" : "：" + answer.Text) + "）")}";
        }
    }
}
