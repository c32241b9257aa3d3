using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Reports;

/// <summary>The JSON Schema of a form.</summary>
public static class GetForm
{
    public sealed record Query(string Id) : IRequest<FormDefinition>;

    internal sealed class Handler(Session session, CatalogueSource catalogues) : IRequestHandler<Query, FormDefinition>
    {
        public async Task<FormDefinition> Handle(Query query, CancellationToken ct) =>
            (await catalogues.Current(session, ct)).Set.Forms.GetValueOrDefault(query.Id) ?? throw new NotFoundException("form", query.Id);
    }
}
