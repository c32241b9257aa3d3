using TaskMatrix.Web.Audit;
using TaskMatrix.Web.Duties;
using TaskMatrix.Web.Inspections;
using TaskMatrix.Web.Organisations;
using TaskMatrix.Web.Overdue;
using TaskMatrix.Web.Plans;
using TaskMatrix.Web.Reports;
using TaskMatrix.Web.Schedules;
using TaskMatrix.Web.TaskInstances;
using TaskMatrix.Web.Workflows;

namespace TaskMatrix.Web.Hosting;

/// <summary>All routes of the API, stage by stage.</summary>
internal static class Api
{
    public static void MapApi(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapHealth();
        app.MapMetrics();

        var api = app.MapGroup("/api").RequireAuthorization().DisableAntiforgery();
        api.MapTokens();
        api.MapOrganisations();
        api.MapPlans();
        api.MapDuties();
        api.MapWorkflows();
        api.MapEvents();
        api.MapInstructions();
        api.MapMeetings();
        api.MapSchedules();
        api.MapWatch();
        api.MapTaskInstances();
        api.MapTaskActions();
        api.MapReceipts();
        api.MapStream();
        api.MapAttachments();
        api.MapReports();
        api.MapRegisters();
        api.MapOverdue();
        api.MapInspections();
        api.MapAudit();
    }
}
