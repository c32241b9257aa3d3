using TaskMatrix.Web.Audit;
using TaskMatrix.Web.Duties;
using TaskMatrix.Web.Inspections;
using TaskMatrix.Web.Notifications;
using TaskMatrix.Web.Organisations;
using TaskMatrix.Web.Overdue;
using TaskMatrix.Web.Plans;
using TaskMatrix.Web.Reports;
using TaskMatrix.Web.Schedules;
using TaskMatrix.Web.Statistics;
using TaskMatrix.Web.TaskInstances;
using TaskMatrix.Web.Workflows;

namespace TaskMatrix.Web.Shell;

/// <summary>Marks an endpoint that answers with a page.</summary>
internal sealed class PageEndpoint;

internal static class PageRoutes
{
    /// <summary>All pages; <see cref="PageMiddleware"/> stands before them, after authentication and authorization.</summary>
    public static void MapPages(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").WithMetadata(new PageEndpoint()).ExcludeFromDescription();
        pages.MapSignInPages();
        pages.MapSetupPage();
        pages.MapDesk();
        pages.MapStream();
        pages.MapTaskPages();
        pages.MapReportPages();
        pages.MapOverduePage();
        pages.MapInspectionPages();
        pages.MapJobPages();
        pages.MapInboxPages();
        pages.MapChannelPages();
        pages.MapMatrixPage();
        pages.MapDutyPages();
        pages.MapStandingPage();
        pages.MapPlanPages();
        pages.MapReceiptPages();
        pages.MapEventPages();
        pages.MapInstructionPages();
        pages.MapMeetingPages();
        pages.MapWorkflowPages();
        pages.MapResponsePages();
        pages.MapDerivePages();
        pages.MapOrganisationPages();
        pages.MapUnitPage();
        pages.MapSchedulePages();
        pages.MapWatchPages();
        pages.MapRegisterPages();
        pages.MapAuditPages();
        pages.MapStatisticsPages();
        pages.MapExercisePages();
        pages.MapDraftPages();
        pages.MapAccountPages();
        pages.MapAccountAdministration();
        pages.MapAccountLinkPages();
        pages.MapCalendarPages();
        pages.MapHelpPages();
        pages.MapSearchPage();
        pages.MapSituationPage();
    }
}
