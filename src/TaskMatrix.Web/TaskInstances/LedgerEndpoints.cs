using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>What leaves the system about tasks: the ledger and the notice of a closing.</summary>
internal static class LedgerEndpoints
{
    public static void MapLedger(this IEndpointRouteBuilder api)
    {
        var exports = api.MapGroup("/exports");
        foreach (var kind in new[] { "xlsx", "csv" })
        {
            exports.MapGet("/ledger." + kind, ([AsParameters] TaskQuery query, LedgerFile ledger, HttpContext http, CancellationToken ct) => ledger.Write(query.ToFilter(), kind, http, ct)).IsCostly();
        }

        exports.MapGet("/closings/{taskId:guid}.docx", (Guid taskId, ClosingNotice notice, HttpContext http, CancellationToken ct) => notice.Write(taskId, http, ct));
    }
}
