using System.Text.Json.Nodes;
using FluentValidation;
using MediatR;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>批示: a leader writes an instruction, or the office registers one; what passes it on begins in the same act.</summary>
public static class IssueInstruction
{
    /// <param name="Title">Null: the beginning of the text.</param>
    /// <param name="OnBehalfOf">Post of the leader, by id or title; the office must name it, a leader must not.</param>
    public sealed record Command(string? Title, string Text, DateTimeOffset? DueAt, string? Reference, string? OnBehalfOf) : IRequest<InstructionView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Title).MaximumLength(TaskTexts.LongestTitle);
            RuleFor(command => command.Text).NotEmpty().MaximumLength(TaskTexts.Longest);
            RuleFor(command => command.Reference).MaximumLength(TaskTexts.LongestTitle);
        }
    }

    internal sealed class Handler(
        Session session, CurrentUser user, CatalogueSource catalogues, TaskNumbers numbers, EventRaiser events, TaskLedger ledger, InstructionLedger instructions,
        Outbox outbox, DomainClock clock)
        : IRequestHandler<Command, InstructionView>
    {
        private const int TitleFromText = 40;

        public async Task<InstructionView> Handle(Command command, CancellationToken ct)
        {
            var (actor, catalogue) = (user.Actor, await catalogues.Current(session, ct));
            if (!Instruction.MayIssue(actor))
            {
                throw new RuleBrokenException("instruction.not-allowed", RuleKind.Forbidden);
            }

            var leader = Leader(command.OnBehalfOf, actor, catalogue);
            var year = catalogue.Reckoning(actor.Jurisdiction).LocalDate(clock.Now).Year;
            var number = await numbers.NextOf("instructions", actor.Jurisdiction, "批示", year, ct);
            var issue = new InstructionIssue(
                Guid.CreateVersion7(clock.Now), actor.Jurisdiction, number, Title(command), command.Text, leader, command.DueAt, command.Reference);
            var raised = Event(issue, actor, clock.Now);
            var instruction = Instruction.Issue(issue, raised.Id, actor, clock.Now);
            session.Db.Instructions.Add(instruction);
            var details = new Dictionary<string, object?> { ["title"] = instruction.Title, ["text"] = instruction.Text, ["leader"] = leader, ["dueAt"] = instruction.DueAt };
            await instructions.Record(instruction, "issue-instruction", details, ct);
            outbox.Add(SourceNotices.Of(instruction, actor, clock.Now));
            await ledger.CommitAll(await events.Raise(raised, actor, catalogue, ct), ct);
            return await instructions.View(instruction, ct);
        }

        private static string Title(Command command)
        {
            var line = (string.IsNullOrWhiteSpace(command.Title) ? command.Text : command.Title).Trim().Split('\n')[0];
            return string.IsNullOrWhiteSpace(command.Title) && line.Length > TitleFromText ? line[..TitleFromText] + "…" : line;
        }

        /// <summary>The post whose instruction it is.</summary>
        private static string Leader(string? onBehalfOf, Actor actor, Catalogue catalogue)
        {
            if (actor.Is(Role.Leader))
            {
                return onBehalfOf is null ? actor.Post : throw Invalid("instruction.leader-not-needed");
            }

            var posts = catalogue.Set.Unit(actor.Jurisdiction, Actor.LeadingGroup)?.Posts ?? [];
            return onBehalfOf is null ? throw Invalid("instruction.leader-missing")
                : posts.FirstOrDefault(post => post.Role is "head" or "deputy" && (post.Id == onBehalfOf || post.Title == onBehalfOf))?.Title
                    ?? throw Invalid("instruction.unknown-post");
        }

        private static ValidationException Invalid(string code) => new([new("onBehalfOf", code) { ErrorCode = code }]);

        private static RaisedEvent Event(InstructionIssue issue, Actor actor, DateTimeOffset now)
        {
            var id = Guid.CreateVersion7(now);
            return new RaisedEvent
            {
                Id = id, Jurisdiction = issue.Jurisdiction, Kind = InstructionView.EventKind, Summary = issue.Title,
                Data = new JsonObject { ["number"] = issue.Number, ["leader"] = issue.Leader }.ToJsonString(JsonColumn.Options),
                OccurredAt = now, RaisedAt = now, RaisedBy = actor.UserName, RaisedByUnit = actor.Unit, RaisedByPost = actor.Post,
            };
        }
    }
}
