using System.Text.Json;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Workflows;

/// <param name="Kinds">Whole catalogue.</param>
public sealed record EventsModel(ListPage<EventView> List, IReadOnlyList<EventKindView> Kinds, string? Kind);

/// <param name="Definition">The form of what is told; null where words are enough.</param>
/// <param name="Token">Of this form: sent twice, it raises one event.</param>
public sealed record RaiseModel(EventKindView Kind, FormDefinition? Definition, string Token, FormState Form);

/// <summary>Events: the list, one event with all that it started, and raising one.</summary>
internal static class EventPages
{
    private const string FormId = "f-raise";

    /// <summary>Where an event of a kind is raised.</summary>
    public static string Raising(string kind) => "/events/new?kind=" + Uri.EscapeDataString(kind);

    public static void MapEventPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/events", async (string? kind, string? cursor, IMediator mediator, CancellationToken ct) =>
        {
            var list = await mediator.Send(new ListEvents.Query(null, Blank.ToNull(kind), new Paging(Blank.ToNull(cursor), null)), ct);
            return Pages.Show<EventsPage>(new EventsModel(list, await mediator.Send(new ListEventKinds.Query(), ct), Blank.ToNull(kind)));
        });
        pages.MapGet("/events/new", async (string? kind, IMediator mediator, CancellationToken ct) =>
            Pages.Show<RaisePage>(await Model(kind, new FormState(FormId), FormMemory.NewToken(), mediator, ct)));
        pages.MapPost("/events/new", Raise);
        pages.MapGet("/events/{id:guid}", async (Guid id, IMediator mediator, CancellationToken ct) => Pages.Show<EventPage>(await mediator.Send(new GetEvent.Query(id), ct)));
    }

    private static async Task<IResult> Raise(HttpContext http, FormPost form, IMediator mediator, Visit visit, CancellationToken ct)
    {
        return await form.Take(http, FormId, "done.raised", async (posted, remember) =>
        {
            var kind = await Kind(posted["kind"], mediator, ct);
            var definition = await Definition(kind, mediator, ct);
            var data = definition is null ? (JsonElement?)null : JsonSerializer.SerializeToElement(ReportFields.Read(definition, posted));
            remember();
            var raised = await mediator.Send(
                new RaiseEvent.Command(null, kind.Id, PostedAction.Moment(posted["occurredAt"], visit, "occurredAt"), posted["summary"].ToString().Trim(), data), ct);
            return $"/events/{raised.Id}";
        },
        raised => $"/events/{((RaiseEvent.Result)raised).Id}",
        async refused => Pages.Show<RaisePage>(
            await Model(refused.Posted!["kind"], refused with { Problem = OfForm(refused.Problem!) }, refused.Posted![FormMemory.Field].ToString(), mediator, ct), refused.Problem!.Status), ct);
    }

    /// <summary>The fields of the form stand on the page under its own prefix.</summary>
    private static PageProblem OfForm(PageProblem problem) => problem with
    {
        Fields = [.. problem.Fields.Select(field => field.Field.StartsWith("data.", StringComparison.Ordinal) ? field with { Field = ReportField.Prefix + field.Field[5..] } : field)],
    };

    private static async Task<RaiseModel> Model(string? kind, FormState form, string token, IMediator mediator, CancellationToken ct)
    {
        var known = await Kind(kind, mediator, ct);
        return known.MayRaise ? new RaiseModel(known, await Definition(known, mediator, ct), token, form) : throw new RuleBrokenException("event.not-allowed", RuleKind.Forbidden, known.Title);
    }

    private static async Task<EventKindView> Kind(string? id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListEventKinds.Query(), ct)).FirstOrDefault(kind => kind.Id == id) ?? throw new NotFoundException("event", id ?? "");

    private static async Task<FormDefinition?> Definition(EventKindView kind, IMediator mediator, CancellationToken ct) =>
        kind.Form is null ? null : await mediator.Send(new GetForm.Query(kind.Form), ct);
}
