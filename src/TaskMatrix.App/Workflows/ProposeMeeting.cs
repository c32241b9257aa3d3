using FluentValidation;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>协调会议可由各部门提出.</summary>
public static class ProposeMeeting
{
    public sealed record Command(string Title, string Agenda, DateTimeOffset? WishedAt) : IRequest<MeetingView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Title).NotEmpty().MaximumLength(TaskTexts.LongestTitle);
            RuleFor(command => command.Agenda).NotEmpty().MaximumLength(TaskTexts.Longest);
        }
    }

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, TaskNumbers numbers, MeetingLedger meetings, DomainClock clock)
        : IRequestHandler<Command, MeetingView>
    {
        public async Task<MeetingView> Handle(Command command, CancellationToken ct)
        {
            var actor = user.Actor;
            if (!Meeting.MayPropose(actor))
            {
                throw new RuleBrokenException("meeting.not-allowed", RuleKind.Forbidden);
            }

            var year = (await catalogues.Current(session, ct)).Reckoning(actor.Jurisdiction).LocalDate(clock.Now).Year;
            var number = await numbers.NextOf("meetings", actor.Jurisdiction, "会议", year, ct);
            var proposal = new MeetingProposal(Guid.CreateVersion7(clock.Now), actor.Jurisdiction, number, command.Title.Trim(), command.Agenda, command.WishedAt);
            var meeting = Meeting.Propose(proposal, actor, clock.Now);
            session.Db.Meetings.Add(meeting);
            return await meetings.Record(meeting, "propose-meeting", new Dictionary<string, object?> { ["title"] = meeting.Title, ["agenda"] = meeting.Agenda }, ct);
        }
    }
}
