using FluentValidation;
using FluentValidation.Results;
using MediatR;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Reports;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Inspections;

/// <param name="Count">All of the state that the caller may see; <paramref name="Cases"/> are the newest that fit.</param>
public sealed record BoardColumn(InspectionState State, int Count, IReadOnlyList<InspectionView> Cases);

/// <param name="List">Null: the board is shown.</param>
/// <param name="Board">By state, in the order of a case; null: a list is shown.</param>
/// <param name="Counts">Of each state.</param>
public sealed record InspectionsModel(
    ListPage<InspectionView>? List, IReadOnlyList<BoardColumn>? Board, CountInspections.Result Counts, string? State, string? Unit, string? Kind)
{
    public string Address(string? state, string? view = null) => PageAddress.Of("/inspections", ("view", view), ("state", state), ("unit", Unit), ("kind", Kind));
}

public sealed record InspectionModel(InspectionView Inspection, RoundView? Round, PageForms Forms);

/// <summary>督查: the board of inspections, and one with every step as a form.</summary>
internal static class InspectionPages
{
    /// <summary>Cards of a column; the rest is in the list of its state.</summary>
    private const int Cards = 8;

    public static string FormOf(string action) => "f-" + action;

    public static void MapInspectionPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/inspections", async (string? view, string? state, string? unit, string? kind, string? cursor, IMediator mediator, CancellationToken ct) =>
            Pages.Show<InspectionsPage>(Blank.ToNull(state) is null && view != "list" ? await Board(unit, kind, mediator, ct) : await List(state, unit, kind, cursor, mediator, ct)));
        pages.MapRoundPages();
        pages.MapGet("/inspections/{id:guid}", async (Guid id, IMediator mediator, CancellationToken ct) => Pages.Show<InspectionPage>(await One(id, null, mediator, ct)));
        pages.MapGet("/inspections/{id:guid}/dossier", (Guid id, DossierDownload dossier, HttpContext http, CancellationToken ct) => dossier.Send(id, http, ct)).IsCostly();
        pages.MapGet("/inspections/{id:guid}/order.docx", async (Guid id, string? order, OrderNotice notice, HttpContext http, CancellationToken ct) =>
            ReportEndpoints.Download(await notice.Write(id, order, ct), http));
        pages.MapPost("/inspections/{id:guid}/{action}", Act);
    }

    private static async Task<IResult> Act(
        Guid id, string action, HttpContext http, FormPost form, PostedFiles uploads, IMediator mediator, Visit visit, CancellationToken ct)
    {
        if (InspectionActions.Rules.All(rule => rule.Action != action))
        {
            return Pages.Show<ErrorPage>(new PageProblem(404, "not-found", ["", ""]), StatusCodes.Status404NotFound);
        }

        var files = new List<string>();
        return await form.Take(
            http, FormOf(action), "done.inspection-" + action,
            async (posted, remember) =>
            {
                files.AddRange(action == InspectionActions.Explain ? await uploads.Store(posted, ct) : []);
                remember();
                await mediator.Send(Command(id, action, posted, files, visit), ct);
                return $"/inspections/{id}";
            },
            _ => $"/inspections/{id}",
            async refused => Pages.Show<InspectionPage>(await One(id, refused with { Posted = PostedFiles.Keep(refused.Posted!, files) }, mediator, ct), refused.Problem!.Status), ct);
    }

    private static IRequest<InspectionView> Command(Guid id, string action, IFormCollection posted, List<string> files, Visit visit)
    {
        string Text(string field) => posted[field].ToString().Trim().ReplaceLineEndings("\n");
        bool Answer(string field) => Text(field) switch { "true" => true, "false" => false, var other => throw Unknown(field, other) };
        DateTimeOffset Moment(string field) => PostedAction.Moment(Text(field), visit, field) ?? default;
        var version = int.TryParse(posted["expectedVersion"], System.Globalization.CultureInfo.InvariantCulture, out var seen) ? seen : (int?)null;
        return action switch
        {
            InspectionActions.IssueOrder => new IssueSupervisionOrder.Command(id, version, Text("text"), Moment("answerBy")),
            InspectionActions.Explain => new ExplainInspection.Command(id, version, Text("text"), [.. files.Select(Guid.Parse)]),
            InspectionActions.Find => new FindInspection.Command(id, version, QueryValue.Enum<Finding>("finding", Text("finding"))!.Value, Text("text")),
            InspectionActions.RequireRectification => new RequireRectification.Command(id, version, Text("text"), Moment("dueAt")),
            InspectionActions.Recheck => new RecheckInspection.Command(id, version, Answer("passed"), Text("text")),
            InspectionActions.Propose => new ProposeMeasure.Command(id, version, QueryValue.Enum<Measure>("measure", Text("measure"))!.Value, Text("text")),
            InspectionActions.DecideMeasure => new DecideMeasure.Command(id, version, Answer("approved"), Text("opinion")),
            _ => new CloseInspection.Command(id, version, Text("text")),
        };
    }

    private static ValidationException Unknown(string field, string value) => new([new ValidationFailure(field, "query.unknown-value", value) { ErrorCode = "query.unknown-value" }]);

    private static async Task<InspectionsModel> List(string? state, string? unit, string? kind, string? cursor, IMediator mediator, CancellationToken ct) => new(
        await mediator.Send(
            new ListInspections.Query(
                QueryValue.Enum<InspectionState>("state", Blank.ToNull(state)), Blank.ToNull(unit), QueryValue.Enum<InspectionKind>("kind", Blank.ToNull(kind)),
                new Paging(Blank.ToNull(cursor), null)), ct),
        null, await mediator.Send(new CountInspections.Query(), ct), Blank.ToNull(state), Blank.ToNull(unit), Blank.ToNull(kind));

    private static async Task<InspectionsModel> Board(string? unit, string? kind, IMediator mediator, CancellationToken ct)
    {
        var counts = await mediator.Send(new CountInspections.Query(), ct);
        var columns = new List<BoardColumn>();
        foreach (var state in Enum.GetValues<InspectionState>())
        {
            var count = counts.ByState.GetValueOrDefault(state);
            var query = new ListInspections.Query(state, Blank.ToNull(unit), QueryValue.Enum<InspectionKind>("kind", Blank.ToNull(kind)), new Paging(null, Cards));
            columns.Add(new BoardColumn(state, count, count == 0 ? [] : (await mediator.Send(query, ct)).Items));
        }

        return new InspectionsModel(null, columns, counts, null, Blank.ToNull(unit), Blank.ToNull(kind));
    }

    private static async Task<InspectionModel> One(Guid id, FormState? refused, IMediator mediator, CancellationToken ct)
    {
        var inspection = await mediator.Send(new GetInspection.Query(id), ct);
        var round = inspection.RoundId is { } of ? await mediator.Send(new FindRound.Query(of), ct) : null;
        return new InspectionModel(inspection, round, new PageForms(refused));
    }
}
