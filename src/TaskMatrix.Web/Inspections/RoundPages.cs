using MediatR;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Inspections;

/// <param name="Candidates">Who may be on a team; empty for who plans no rounds.</param>
public sealed record RoundsModel(ListPage<RoundView> List, IReadOnlyList<TeamMember> Candidates, PageForms Forms);

/// <param name="Inspections">One a unit.</param>
public sealed record RoundModel(RoundView Round, IReadOnlyList<InspectionView> Inspections, IReadOnlyList<TeamMember> Candidates, PageForms Forms);

/// <summary>督导组: rounds, the form that plans one, and the form of chosen late tasks.</summary>
internal static class RoundPages
{
    public const string Plan = "f-plan", Team = "f-team", Address = "/inspections/rounds";

    public static void MapRoundPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (string? cursor, IMediator mediator, CancellationToken ct) => Pages.Show<RoundsPage>(await List(cursor, null, mediator, ct)));
        pages.MapGet(Address + "/{id:guid}", async (Guid id, IMediator mediator, CancellationToken ct) => Pages.Show<RoundPage>(await One(id, null, mediator, ct)));
        pages.MapPost("/inspections", Open);
        pages.MapPost(Address + "/{id:guid}/team", SetTeam);
    }

    /// <summary>From the overdue desk with tasks, or from the page of rounds with units.</summary>
    private static Task<IResult> Open(HttpContext http, FormPost form, IMediator mediator, Visit visit, CancellationToken ct) => form.Take(
        http, Plan, "done.inspection-open",
        async (posted, remember) =>
        {
            remember();
            string Text(string field) => posted[field].ToString().Trim().ReplaceLineEndings("\n");
            var kind = QueryValue.Enum<InspectionKind>("kind", Text("kind"))!.Value;
            List<Guid> tasks = [.. posted["taskIds"].Select(id => Guid.TryParse(id, out var task) ? task : Guid.Empty)];
            return Next(await mediator.Send(
                new OpenInspections.Command(
                    tasks, kind, Text("reason"), [.. posted["units"].OfType<string>()], Blank.ToNull(Text("title")), [.. posted["team"].OfType<string>()],
                    PostedAction.Moment(Text("from"), visit, "from"), PostedAction.Moment(Text("until"), visit, "until")), ct));
        },
        opened => Next((InspectionView)opened),
        async refused => Pages.Show<RoundsPage>(await List(null, refused, mediator, ct), refused.Problem!.Status), ct);

    private static Task<IResult> SetTeam(Guid id, HttpContext http, FormPost form, IMediator mediator, CancellationToken ct) => form.Take(
        http, Team, "done.inspection-team",
        async (posted, remember) =>
        {
            remember();
            await mediator.Send(new SetRoundTeam.Command(id, [.. posted["team"].OfType<string>()]), ct);
            return $"{Address}/{id}";
        },
        _ => $"{Address}/{id}",
        async refused => Pages.Show<RoundPage>(await One(id, refused, mediator, ct), refused.Problem!.Status), ct);

    /// <summary>To the one inspection, its round, or all of them.</summary>
    private static string Next(InspectionView opened) => opened switch
    {
        { RoundId: { } round } => $"{Address}/{round}",
        { Opened: { Count: > 1 } } => "/inspections",
        _ => $"/inspections/{opened.Id}",
    };

    private static async Task<RoundsModel> List(string? cursor, FormState? refused, IMediator mediator, CancellationToken ct) => new(
        await mediator.Send(new ListRounds.Query(new Paging(Blank.ToNull(cursor), null)), ct), await mediator.Send(new ListTeamCandidates.Query(), ct), new PageForms(refused));

    private static async Task<RoundModel> One(Guid id, FormState? refused, IMediator mediator, CancellationToken ct)
    {
        var round = await mediator.Send(new GetRound.Query(id), ct);
        var inspections = await mediator.Send(new ListInspections.Query(null, null, null, new Paging(null, Paging.Most), Round: id), ct);
        return new RoundModel(round, inspections.Items, await mediator.Send(new ListTeamCandidates.Query(), ct), new PageForms(refused));
    }
}
