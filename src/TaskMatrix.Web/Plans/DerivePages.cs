using MediatR;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Plans;

/// <param name="Duties">Of the plan above, those of towns and streets first.</param>
public sealed record DeriveModel(PlanView Plan, IReadOnlyList<DutyView> Duties, string Token, FormState Form);

/// <summary>A town's own plan made from the district's, and what it leaves out.</summary>
internal static class DerivePages
{
    public const string LeadField = "lead:";

    private const string FormId = "f-derive", Town = "town-street";

    public static void MapDerivePages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/plans/{id}/derive", async (string id, IMediator mediator, Visit visit, CancellationToken ct) =>
        {
            var model = await Read(id, FormMemory.NewToken(), new FormState(FormId), mediator, ct);
            return TownsOf(visit).Any() ? Pages.Show<DerivePage>(model) : throw new RuleBrokenException("plan.not-allowed", RuleKind.Forbidden);
        });
        pages.MapPost("/plans/{id}/derive", Derive);
        pages.MapGet("/plans/{id}/gaps", async (string id, IMediator mediator, CancellationToken ct) =>
            Pages.Show<GapsPage>(await mediator.Send(new GetPlanGaps.Query(id), ct)));
    }

    /// <summary>Towns and streets the visitor may make a plan for: the office for each, a head for the own one.</summary>
    public static IEnumerable<UnitView> TownsOf(Visit visit) => visit.WorkingUnits
        .Where(unit => unit.Classes.Contains(Town) && (visit.Is(Role.Office) || visit.Actor!.IsHeadOf(unit.Id)));

    private static async Task<IResult> Derive(
        string id, HttpContext http, IMediator mediator, Session session, FormMemory memory, FormDrafts drafts, ProblemWords words, CancellationToken ct)
    {
        var posted = await http.Request.ReadFormAsync(ct);
        try
        {
            session.Answers = memory.Of(http, posted, made => Gaps(((DerivePlan.Result)made).Plan.Id));
            drafts.EndWith(posted);
            var made = await mediator.Send(Command(id, posted), ct);
            Flash.Tell(http, "done.derived", made.Duties.Count);
            return Pages.Next(http, Gaps(made.Plan.Id));
        }
        catch (DoneBeforeException done)
        {
            return Pages.Next(http, done.Address);
        }
        catch (Exception e) when (Problem(e, http) is { Status: 400 or 403 or 409 or 503 } problem)
        {
            session.Answers = null;
            drafts.Stay();
            var form = new FormState(FormId, posted, problem, words);
            return Pages.Show<DerivePage>(await Read(id, posted[FormMemory.Field].ToString(), form, mediator, ct), problem.Status);
        }
    }

    /// <summary>What is wrong with the duties made is wrong with the text: each sentence has to stand in it.</summary>
    private static PageProblem Problem(Exception e, HttpContext http) => PageProblem.Of(e, http.TraceIdentifier) is var problem && e is DefinitionException broken
        ? problem with { Fields = [.. broken.Problems.Select(one => new FieldProblem("text", one.Code, one.Arguments))] }
        : problem;

    private static string Gaps(string plan) => $"/plans/{Uri.EscapeDataString(plan)}/gaps";

    private static DerivePlan.Command Command(string id, IFormCollection posted) => new(
        id, posted["unit"].ToString(),
        new DerivePlan.Area(posted["jurisdiction.id"].ToString(), posted["jurisdiction.name"].ToString(), Blank.ToNull(posted["jurisdiction.english"]), posted["jurisdiction.numberPrefix"].ToString()),
        posted["title"].ToString(), Blank.ToNull(posted["number"]), DateOnly.TryParse(posted["issuedOn"], out var day) ? day : default,
        [.. Lines(posted["units"].ToString()).Select(Unit)],
        [.. posted.Where(field => field.Key.StartsWith(LeadField, StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(field.Value))
            .Select(field => new DerivePlan.Taken(field.Key[LeadField.Length..], field.Value.ToString().Trim()))],
        Blank.ToNull(posted["text"])?.ReplaceLineEndings("\n"));

    private static IEnumerable<string> Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>id, name, English name.</summary>
    private static DerivePlan.AreaUnit Unit(string line) => line.Split([',', '，'], 3, StringSplitOptions.TrimEntries) switch
    {
        [var id, var name, var english] => new(id, name, english),
        [var id, var name] => new(id, name),
        _ => new(line, ""),
    };

    private static async Task<DeriveModel> Read(string id, string token, FormState form, IMediator mediator, CancellationToken ct)
    {
        var plan = await mediator.Send(new GetPlan.Query(id), ct);
        var duties = await PlanPages.Duties(mediator, id, ct);
        return new DeriveModel(plan, [.. duties.OrderBy(duty => duty.UnitClass == Town ? 0 : duty.UnitClass is not null ? 1 : 2)], token, form);
    }
}
