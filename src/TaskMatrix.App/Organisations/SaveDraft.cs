using System.Text;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Organisations;

/// <summary>草稿: keeps what the caller has written in a form so far, in place of what was kept of it before.</summary>
public static class SaveDraft
{
    public const int LongestAddress = 500, LongestName = 100, LongestAbout = 400;

    /// <param name="Values">By field; what <see cref="DraftRules.Keeps"/> leaves out is not kept.</param>
    /// <param name="DoneKey">Of the form as it was shown: once it is done, it leaves no draft any more. Null: it carries none.</param>
    public sealed record Command(
        string Page, string Form, string Name, string About, IReadOnlyDictionary<string, string[]> Values, string? DoneKey = null) : IRequest<DraftView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Page).Must(page => page is ['/', not '/', ..] or "/").WithErrorCode("draft.no-form").MaximumLength(LongestAddress);
            RuleFor(command => command.Form).NotEmpty().MaximumLength(LongestName);
            RuleFor(command => command.Name).NotEmpty().MaximumLength(LongestName);
            RuleFor(command => command.About).NotNull().MaximumLength(LongestAbout);
            RuleFor(command => command.Values).NotNull();
        }
    }

    /// <exception cref="RuleBrokenException">draft.too-large · draft.too-many · draft.done (409)</exception>
    internal sealed class Handler(Session session, OwnDrafts drafts, CurrentUser user, TimeProvider wall) : IRequestHandler<Command, DraftView>
    {
        public async Task<DraftView> Handle(Command command, CancellationToken ct)
        {
            var (db, now) = (session.Db, wall.GetUtcNow());
            var kept = command.Values.Where(field => DraftRules.Keeps(field.Key)).ToDictionary(field => field.Key, field => field.Value);
            var values = JsonColumn.Write(kept);
            Require(Encoding.UTF8.GetByteCount(values) <= DraftRules.LargestBytes, "draft.too-large", DraftRules.LargestBytes / 1024);
            await new DraftKey(user.Actor.UserName, command.Page, command.Form).Lock(db, ct);
            Require(command.DoneKey is not { } done || !await db.IdempotentAnswers.AnyAsync(answer => answer.Key == done, ct), "draft.done");

            var forgotten = DraftRules.ForgottenBefore(now);
            await db.Drafts.Where(draft => draft.SavedAt < forgotten).ExecuteDeleteAsync(ct);
            var draft = await Find(command, ct) ?? await Begin(command, now, ct);
            (draft.Name, draft.About, draft.Values, draft.SavedAt) = (command.Name, command.About, values, now);
            draft.Excerpt = DraftRules.Excerpt(kept.Values.SelectMany(written => written));
            return drafts.View(draft);
        }

        private Task<Draft?> Find(Command command, CancellationToken ct)
        {
            var name = user.Actor.UserName;
            return session.Db.Drafts.AsTracking().SingleOrDefaultAsync(draft => draft.UserName == name && draft.Page == command.Page && draft.Form == command.Form, ct);
        }

        private async Task<Draft> Begin(Command command, DateTimeOffset now, CancellationToken ct)
        {
            Require(await drafts.All().CountAsync(ct) < DraftRules.Most, "draft.too-many", DraftRules.Most);
            var draft = new Draft
            {
                Id = Guid.CreateVersion7(now), UserName = user.Actor.UserName, Page = command.Page, Form = command.Form, Name = "", About = "", Excerpt = "", Values = "", SavedAt = now,
            };
            session.Db.Drafts.Add(draft);
            return draft;
        }

        private static void Require(bool held, string code, params object[] arguments)
        {
            if (!held)
            {
                throw new RuleBrokenException(code, RuleKind.Conflict, arguments);
            }
        }
    }
}
