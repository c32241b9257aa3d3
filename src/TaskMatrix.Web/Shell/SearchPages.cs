using MediatR;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Shell;

/// <param name="Q">Null: nothing was looked for yet.</param>
public sealed record SearchModel(string? Q, ListPage<TaskView> Tasks, ListPage<DutyView> Duties, IReadOnlyList<FoundClause> Clauses, IReadOnlyList<UnitView> Units)
{
    public bool Nothing => Tasks.Items.Count == 0 && Duties.Items.Count == 0 && Clauses.Count == 0 && Units.Count == 0;
}

/// <summary>One field for tasks, duties, sentences of the plans and units.</summary>
internal static class SearchPages
{
    /// <summary>Found things shown of each kind.</summary>
    private const int Most = 20;

    private const int Longest = 100;

    public static void MapSearchPage(this IEndpointRouteBuilder pages) => pages.MapGet("/search", async (string? q, IMediator mediator, Visit visit, CancellationToken ct) =>
        visit.Works ? Pages.Show<SearchPage>(await Find(Blank.ToNull(q), mediator, visit, ct))
        : Pages.Show<ErrorPage>(new PageProblem(StatusCodes.Status403Forbidden, "not-allowed", []), StatusCodes.Status403Forbidden));

    private static async Task<SearchModel> Find(string? typed, IMediator mediator, Visit visit, CancellationToken ct)
    {
        if (typed is null)
        {
            return new(null, new([], null), new([], null), [], []);
        }

        var q = typed.Length > Longest ? typed[..Longest] : typed;
        return new(
            q, await mediator.Send(new ListTasks.Query(new TaskFilter { Q = q }, "-dueAt", new Paging(null, Most)), ct),
            await mediator.Send(new ListDuties.Query(null, null, null, null, new Paging(null, Most), q), ct), await mediator.Send(new FindClauses.Query(q, Most), ct),
            [.. visit.Units.Where(unit => Named(unit, q)).Take(Most)]);
    }

    private static bool Named(UnitView unit, string q) =>
        unit.Aliases.Append(unit.Name).Append(unit.English).Append(unit.Id).Any(name => name.Contains(q, StringComparison.OrdinalIgnoreCase));
}
