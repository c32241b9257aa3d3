using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Organisations;

/// <param name="Members">Who acts for each unit.</param>
/// <param name="Open">Open tasks of units that were closed: the office has to give them to others.</param>
public sealed record OrganisationModel(IReadOnlyList<UnitView> Units, IReadOnlyDictionary<string, int> Open, ILookup<string, MemberView> Members, string Token, FormState Form)
{
    public IEnumerable<string> Classes => Units.SelectMany(unit => unit.Classes).Distinct();
}

/// <summary>The units of a jurisdiction; the office adds and closes them.</summary>
internal static class OrganisationPages
{
    private const string AddForm = "f-unit";

    public static string CloseForm(string unit) => "f-close-" + unit;

    public static void MapOrganisationPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/organisation", async (IMediator mediator, Visit visit, CancellationToken ct) =>
            Pages.Show<OrganisationPage>(await Read(FormMemory.NewToken(), new FormState(AddForm), mediator, visit, ct)));
        pages.MapPost("/organisation/units", (HttpContext http, Change change, CancellationToken ct) => change.Do(
            http, AddForm, "done.unit-added", (posted, place) => new AddUnit.Command(
                place, posted["id"].ToString(), posted["name"].ToString(), Blank.ToNull(posted["english"]),
                [.. posted["aliases"].ToString().Split(['\n', '、', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
                [.. posted["classes"].OfType<string>().Where(name => name.Length > 0)]), ct));
        pages.MapPost("/organisation/units/{id}/close", (string id, HttpContext http, Change change, CancellationToken ct) => change.Do(
            http, CloseForm(id), "done.unit-closed", (posted, place) => new CloseUnit.Command(place, id, posted["reason"].ToString()), ct));
    }

    private static async Task<OrganisationModel> Read(string token, FormState form, IMediator mediator, Visit visit, CancellationToken ct)
    {
        var units = await mediator.Send(new ListUnits.Query(visit.Actor!.Jurisdiction), ct);
        var open = new Dictionary<string, int>();
        foreach (var unit in units.Where(unit => unit.ClosedAt is not null && visit.Is(Role.Office)))
        {
            open[unit.Id] = (await mediator.Send(new CountTasks.Query(new TaskFilter { Unit = unit.Id, OpenOnly = true }), ct)).Total;
        }

        return new OrganisationModel(units, open, (await mediator.Send(new ListMembers.Query(), ct)).ToLookup(member => member.Unit), token, form);
    }

    /// <summary>Does what a form asks for and shows the page again.</summary>
    internal sealed class Change(IMediator mediator, Session session, FormMemory memory, FormDrafts drafts, Visit visit, ProblemWords words)
    {
        public async Task<IResult> Do(
            HttpContext http, string form, string done, Func<IFormCollection, string, IRequest<UnitView>> command, CancellationToken ct)
        {
            var posted = await http.Request.ReadFormAsync(ct);
            try
            {
                session.Answers = memory.Of(http, posted, _ => "/organisation");
                drafts.EndWith(posted);
                await mediator.Send(command(posted, visit.Actor!.Jurisdiction), ct);
                Flash.Tell(http, done);
            }
            catch (DoneBeforeException)
            {
                // Sent twice: the first one has done it.
            }
            catch (Exception e) when (PageProblem.Of(e, http.TraceIdentifier) is { Status: 400 or 403 or 409 or 503 } problem)
            {
                session.Answers = null;
                drafts.Stay();
                return Pages.Show<OrganisationPage>(
                    await Read(posted[FormMemory.Field].ToString(), new FormState(form, posted, problem, words), mediator, visit, ct), problem.Status);
            }

            return Pages.Next(http, "/organisation");
        }
    }
}
