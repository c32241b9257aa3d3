using TaskMatrix.App.Audit;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Web.Shell;

/// <summary>Where each role finds its work.</summary>
internal static class NavigationLinks
{
    public static IEnumerable<(string Address, string Key)> Of(Visit visit)
    {
        yield return ("/", "nav.desk");
        if (visit.Works)
        {
            yield return ("/tasks", visit.Actor!.Oversees && !visit.Is(Role.Liaison, Role.Head) ? "nav.all-tasks" : "nav.my-tasks");
            yield return ("/reports", "nav.reports");
            yield return ("/overdue", "nav.overdue");
            yield return ("/receipts", "nav.receipts");
            yield return ("/events", "nav.events");
            yield return ("/instructions", "nav.instructions");
            yield return ("/meetings", "nav.meetings");
            yield return ("/matrix", "nav.matrix");
            yield return ("/plans", "nav.plans");
            yield return ("/registers", "nav.registers");
            yield return ("/checklists", "nav.checklists");
            yield return ("/watch", "nav.watch");
            yield return ("/statistics", "nav.statistics");
        }

        if (visit.Actor is { } actor && AuditAccess.MayRead(actor))
        {
            yield return ("/audit", "nav.audit");
        }

        if (visit.Is(Role.Office, Role.Leader, Role.Inspector))
        {
            yield return ("/schedules", "nav.schedules");
        }

        if (visit.Is(Role.Office, Role.Leader))
        {
            yield return ("/tasks/new", "nav.assign");
        }

        if (visit.Is(Role.Office))
        {
            yield return ("/organisation", "nav.organisation");
        }

        yield return ("/help", "nav.help");
        yield return ("/account", "nav.account");
    }

    /// <summary>Whether a page belongs under this link: the address itself or what stands below it.</summary>
    public static bool Stands(string address, string path) => address switch
    {
        "/" => path == "/",
        "/tasks" => path.StartsWith("/tasks", StringComparison.Ordinal) && path != "/tasks/new",
        _ => path.StartsWith(address, StringComparison.Ordinal),
    };
}
