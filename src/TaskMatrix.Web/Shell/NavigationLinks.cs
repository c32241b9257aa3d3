using TaskMatrix.App.Audit;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Web.Duties;
using TaskMatrix.Web.Organisations;

namespace TaskMatrix.Web.Shell;

/// <summary>One line of the menu.</summary>
/// <param name="Key">Of its text.</param>
internal sealed record NavigationLink(string Address, string Key)
{
    /// <summary>Whether a page belongs under this link: the address itself or what stands below it.</summary>
    public bool Holds(string path) => Address switch
    {
        "/" => path == "/",
        "/tasks" => path == "/tasks" || (path.StartsWith("/tasks/", StringComparison.Ordinal) && !path.StartsWith("/tasks/new", StringComparison.Ordinal) && !path.StartsWith("/tasks/calendar", StringComparison.Ordinal)),
        _ => path == Address || path.StartsWith(Address + "/", StringComparison.Ordinal),
    };
}

/// <summary>A part of the menu: its name leads to its first page, the others stand in a second row.</summary>
internal sealed record NavigationGroup(string Key, IReadOnlyList<NavigationLink> Links)
{
    public bool Holds(string path) => Links.Any(link => link.Holds(path));
}

/// <summary>Where each role finds its work, in the order the work flows.</summary>
internal static class NavigationLinks
{
    public static IReadOnlyList<NavigationGroup> Of(Visit visit) => [.. Groups(visit).Where(group => group.Links.Count > 0)];

    /// <summary>The part a page belongs to; the first one for a page that no link leads to.</summary>
    public static NavigationGroup Current(IReadOnlyList<NavigationGroup> groups, string path) => groups.FirstOrDefault(group => group.Holds(path)) ?? groups[0];

    private static IEnumerable<NavigationGroup> Groups(Visit visit)
    {
        yield return new("nav.group.work", [.. Work(visit)]);
        yield return new("nav.group.response", visit.Works ? [new("/events", "nav.events"), new("/instructions", "nav.instructions"), new("/meetings", "nav.meetings")] : []);
        yield return new("nav.group.records", visit.Works
            ? [new("/reports", "nav.reports"), new("/registers", "nav.registers"), new("/checklists", "nav.checklists"), new("/watch", "nav.watch")]
            : []);
        yield return new("nav.group.supervision", [.. Supervision(visit)]);
        yield return new("nav.group.plan", [.. Plan(visit)]);
        yield return new("nav.group.system", [.. Running(visit)]);
        yield return new("nav.group.own", [new("/account", "nav.account"), new("/help", "nav.help")]);
    }

    private static IEnumerable<NavigationLink> Work(Visit visit)
    {
        yield return new("/", "nav.desk");
        if (visit.Is(Role.Office, Role.Leader, Role.Inspector))
        {
            yield return new("/situation", "nav.situation");
        }

        if (visit.Works)
        {
            yield return new("/tasks", visit.Actor!.Oversees && !visit.Is(Role.Liaison, Role.Head) ? "nav.all-tasks" : "nav.my-tasks");
            yield return new(StandingPages.Address, "nav.standing");
            yield return new("/tasks/calendar", "nav.calendar");
            yield return new("/receipts", "nav.receipts");
            yield return new(DraftPages.Address, "nav.drafts");
        }

        if (visit.Is(Role.Office, Role.Leader))
        {
            yield return new("/tasks/new", "nav.assign");
        }

        if (visit.Works)
        {
            yield return new("/search", "nav.search");
        }
    }

    private static IEnumerable<NavigationLink> Supervision(Visit visit)
    {
        if (visit.Works)
        {
            yield return new("/overdue", "nav.overdue");
        }

        if (visit.Is(Role.Inspector, Role.Leader, Role.Liaison, Role.Head))
        {
            yield return new("/inspections", "nav.inspections");
        }

        if (visit.Works)
        {
            yield return new("/statistics", "nav.statistics");
        }

        if (visit.Actor is { } actor && AuditAccess.MayRead(actor))
        {
            yield return new("/audit", "nav.audit");
        }
    }

    private static IEnumerable<NavigationLink> Running(Visit visit)
    {
        if (visit.Actor is { } actor && AccountRules.MayRead(actor))
        {
            yield return new("/accounts", "nav.accounts");
        }

        if (visit.Is(Role.SystemAdministrator))
        {
            yield return new("/channels", "nav.channels");
        }

        if (visit.Is(Role.Office, Role.SystemAdministrator))
        {
            yield return new("/jobs", "nav.jobs");
        }
    }

    private static IEnumerable<NavigationLink> Plan(Visit visit)
    {
        if (visit.Works)
        {
            yield return new("/matrix", "nav.matrix");
            yield return new("/plans", "nav.plans");
            yield return new("/workflows", "nav.workflows");
            yield return new("/organisation", "nav.organisation");
        }

        if (visit.Is(Role.Office, Role.Leader, Role.Inspector))
        {
            yield return new("/schedules", "nav.schedules");
        }
    }
}
