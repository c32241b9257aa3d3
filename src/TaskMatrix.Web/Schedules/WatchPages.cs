using System.Globalization;
using MediatR;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Schedules;

/// <summary>What the page of rosters is narrowed to.</summary>
public sealed record WatchQuery
{
    public string? Unit { get; init; }

    public string? From { get; init; }

    public string? Cursor { get; init; }
}

/// <param name="Action">add, import, hand-over or cancel.</param>
/// <param name="Shift">Whose form was refused; null for the roster as a whole.</param>
public sealed record WatchRefusal(string Action, Guid? Shift, IFormCollection Posted, PageProblem Problem, IReadOnlyList<ImportProblem> Rows);

/// <param name="Own">The unit whose roster this person writes; null for those who only read.</param>
/// <param name="Token">Of its forms: sent twice, each does its work once.</param>
public sealed record WatchModel(
    WatchQuery Query, DateOnly From, IReadOnlyList<WatchShiftView> Now, FindWatchGaps.Result Gaps, ListPage<WatchShiftView> Roster, string? Own, string Token, WatchRefusal? Refused);

/// <summary>值班: who is on duty now, when nobody is, and the roster of a week.</summary>
internal static class WatchPages
{
    public const string Address = "/watch";

    public static void MapWatchPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async ([AsParameters] WatchQuery query, IMediator mediator, Visit visit, CancellationToken ct) =>
            Pages.Show<WatchPage>(await Read(query, null, mediator, visit, ct)));
        pages.MapGet(Address + "/template.csv", async (IMediator mediator, CancellationToken ct) =>
            PostedFile.Csv(await mediator.Send(new GetWatchTemplate.Query(Texts.English), ct), "roster.csv"));
        pages.MapPost(Address + "/shifts", Add);
        pages.MapPost(Address + "/import", Import);
        pages.MapPost(Address + "/shifts/{id:guid}/hand-over", HandOver);
        pages.MapPost(Address + "/shifts/{id:guid}/cancel", Cancel);
    }

    private static Task<IResult> Add(HttpContext http, IMediator mediator, Session session, FormMemory memory, FormDrafts drafts, Visit visit, CancellationToken ct) =>
        Do("add", null, http, mediator, session, memory, drafts, visit, async posted =>
        {
            var shift = new NewShift(posted["name"], PostedAction.Moment(posted["startsAt"], visit, "startsAt"), PostedAction.Moment(posted["endsAt"], visit, "endsAt"), posted["post"], Blank.ToNull(posted["phone"]));
            await mediator.Send(new AddWatchShifts.Command(null, [shift]), ct);
            Flash.Tell(http, "done.watch-added");
        }, ct);

    private static Task<IResult> Import(HttpContext http, IMediator mediator, Session session, FormMemory memory, FormDrafts drafts, Visit visit, CancellationToken ct) =>
        Do("import", null, http, mediator, session, memory, drafts, visit, async posted =>
        {
            var imported = await mediator.Send(new ImportWatchShifts.Command(null, await PostedFile.Bytes(posted.Files.FirstOrDefault(), ct)), ct);
            Flash.Tell(http, "done.imported", imported.Imported);
        }, ct);

    private static Task<IResult> HandOver(Guid id, HttpContext http, IMediator mediator, Session session, FormMemory memory, FormDrafts drafts, Visit visit, CancellationToken ct) =>
        Do("hand-over", id, http, mediator, session, memory, drafts, visit, async posted =>
        {
            await mediator.Send(new HandOverWatch.Command(id, posted["note"].ToString().Trim(), Blank.ToNull(posted["problems"])), ct);
            Flash.Tell(http, "done.watch-handed-over");
        }, ct);

    private static Task<IResult> Cancel(Guid id, HttpContext http, IMediator mediator, Session session, FormMemory memory, FormDrafts drafts, Visit visit, CancellationToken ct) =>
        Do("cancel", id, http, mediator, session, memory, drafts, visit, async posted =>
        {
            await mediator.Send(new CancelWatchShift.Command(id, posted["reason"].ToString().Trim()), ct);
            Flash.Tell(http, "done.watch-cancelled");
        }, ct);

    private static async Task<IResult> Do(
        string action, Guid? shift, HttpContext http, IMediator mediator, Session session, FormMemory memory, FormDrafts drafts, Visit visit, Func<IFormCollection, Task> act, CancellationToken ct)
    {
        var posted = await http.Request.ReadFormAsync(ct);
        try
        {
            session.Answers = memory.Of(http, posted, _ => Address);
            drafts.EndWith(posted);
            await act(posted);
        }
        catch (DoneBeforeException)
        {
            // Sent twice: the first one has done it.
        }
        catch (Exception e) when (PageProblem.Of(e, http.TraceIdentifier) is { Status: 400 or 403 or 409 or 503 } problem)
        {
            session.Answers = null;
            drafts.Stay();
            var fields = problem.Fields.Select(field => field with { Field = field.Field[(field.Field.LastIndexOf('.') + 1)..] });
            var refused = new WatchRefusal(action, shift, posted, problem with { Fields = [.. fields] }, (e as ImportRefusedException)?.Problems ?? []);
            return Pages.Show<WatchPage>(await Read(new WatchQuery(), refused, mediator, visit, ct), problem.Status);
        }

        return Pages.Next(http, Address);
    }

    private static async Task<WatchModel> Read(WatchQuery query, WatchRefusal? refused, IMediator mediator, Visit visit, CancellationToken ct)
    {
        var unit = Blank.ToNull(query.Unit);
        var from = DateOnly.TryParseExact(query.From, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : DateOnly.FromDateTime(visit.Local(visit.Now).DateTime);
        return new WatchModel(
            query, from, await mediator.Send(new GetWatchNow.Query(null, unit), ct), await mediator.Send(new FindWatchGaps.Query(null, unit), ct),
            await mediator.Send(new ListWatch.Query(null, unit, from, null, new Paging(Blank.ToNull(query.Cursor), Paging.Most)), ct),
            visit.Is(Role.Liaison, Role.Head) ? visit.Actor!.Unit : null, FormMemory.NewToken(), refused);
    }
}
