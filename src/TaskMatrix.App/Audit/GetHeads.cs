using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Audit;

/// <summary>The newest entry of every chain of a jurisdiction, in the form of the files that are exported daily.</summary>
public static class GetHeads
{
    public sealed record Query(string? Jurisdiction) : IRequest<HeadsFile>;

    internal sealed class Handler(Session session, CurrentUser user) : IRequestHandler<Query, HeadsFile>
    {
        public async Task<HeadsFile> Handle(Query query, CancellationToken ct)
        {
            var place = AuditAccess.Require(user.Actor, query.Jurisdiction);
            var heads = await session.Db.ChainHeads.AsNoTracking().Where(head => head.Jurisdiction == place).OrderBy(head => head.Unit).ToListAsync(ct);
            return new HeadsFile([.. heads.Select(head => new ExportedHead(ChainCheck.Name(head.Jurisdiction, head.Unit), head.Sequence, head.Hash))]);
        }
    }
}
