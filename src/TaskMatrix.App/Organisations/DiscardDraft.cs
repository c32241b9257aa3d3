using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Organisations;

/// <summary>The writer throws a draft away; one that is gone already is gone.</summary>
public static class DiscardDraft
{
    public sealed record Command(Guid Id) : IRequest<Result>, ICommand;

    /// <param name="Discarded">False where the caller has no such draft.</param>
    public sealed record Result(bool Discarded);

    internal sealed class Handler(Session session, CurrentUser user) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command command, CancellationToken ct)
        {
            var name = user.Actor.UserName;
            return new Result(await session.Db.Drafts.Where(draft => draft.Id == command.Id && draft.UserName == name).ExecuteDeleteAsync(ct) > 0);
        }
    }
}
