using MediatR;
using TaskMatrix.App.Duties;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Duties;

/// <param name="Unit">Whose they are.</param>
public sealed record StandingModel(string Unit, IReadOnlyList<StandingView> Duties);

/// <summary>常态职责 of a unit: a line each, to be acknowledged and fed back where they stand.</summary>
internal static class StandingPages
{
    public const string Address = "/standing";

    public static void MapStandingPage(this IEndpointRouteBuilder pages) => pages.MapGet(Address, async (string? unit, IMediator mediator, Visit visit, CancellationToken ct) =>
    {
        var of = Blank.ToNull(unit) ?? visit.Actor!.Unit;
        return Pages.Show<StandingPage>(new StandingModel(of, await mediator.Send(new ListStanding.Query(of), ct)));
    });
}
