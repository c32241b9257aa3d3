using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Web.Audit;

internal static class AuditEndpoints
{
    /// <summary>For the audit administrator and inspectors.</summary>
    public static void MapAudit(this IEndpointRouteBuilder api) =>
        api.MapGet("/audit/verify", (IMediator mediator, CurrentUser user, CancellationToken ct) =>
            user.Actor.Is(Role.AuditAdministrator) || user.Actor.Is(Role.Inspector)
                ? mediator.Send(new VerifyRecord.Query(), ct)
                : throw new RuleBrokenException("audit.not-allowed", RuleKind.Forbidden));
}
