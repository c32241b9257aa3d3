using MediatR;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Workflows;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Workflows;

/// <param name="Token">Of the form that proposes one: sent twice, it proposes one.</param>
public sealed record MeetingsModel(ListPage<MeetingView> List, string? State, string Token, PageForms Forms);

/// <param name="EventOpen">The visitor may open the event it was called as.</param>
public sealed record MeetingModel(MeetingView Meeting, bool EventOpen, PageForms Forms);

/// <summary>协调会议: the list with the form to propose one, and one with its invitees, minutes and decisions.</summary>
internal static class MeetingPages
{
    public const string Propose = "f-propose";

    private static readonly string[] Actions = [.. MeetingActions.Rules.Select(rule => rule.Action)];

    public static string FormOf(string action) => "f-" + action;

    public static void MapMeetingPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/meetings", async (string? state, string? cursor, IMediator mediator, CancellationToken ct) =>
            Pages.Show<MeetingsPage>(await List(state, cursor, null, mediator, ct)));
        pages.MapPost("/meetings", ProposeOne);
        pages.MapGet("/meetings/{id:guid}", async (Guid id, IMediator mediator, CancellationToken ct) => Pages.Show<MeetingPage>(await One(id, null, mediator, ct)));
        pages.MapPost("/meetings/{id:guid}/{action}", Act);
    }

    private static Task<IResult> ProposeOne(HttpContext http, FormPost form, IMediator mediator, Visit visit, CancellationToken ct) => form.Take(
        http, Propose, "done.meeting-proposed",
        async (posted, remember) =>
        {
            remember();
            var proposed = await mediator.Send(
                new ProposeMeeting.Command(posted["title"].ToString().Trim(), posted["agenda"].ToString().Trim(), PostedAction.Moment(posted["wishedAt"], visit, "wishedAt")), ct);
            return $"/meetings/{proposed.Id}";
        },
        proposed => $"/meetings/{((MeetingView)proposed).Id}",
        async refused => Pages.Show<MeetingsPage>(await List(null, null, refused, mediator, ct), refused.Problem!.Status), ct);

    private static async Task<IResult> Act(
        Guid id, string action, HttpContext http, FormPost form, PostedFiles uploads, IMediator mediator, Visit visit, CancellationToken ct)
    {
        if (!Actions.Contains(action))
        {
            return Pages.Show<ErrorPage>(new PageProblem(404, "not-found", ["", ""]), StatusCodes.Status404NotFound);
        }

        var files = new List<string>();
        return await form.Take(
            http, FormOf(action), "done.meeting-" + action,
            async (posted, remember) =>
            {
                files.AddRange(action == MeetingActions.Minutes ? await uploads.Store(posted, ct) : []);
                remember();
                await mediator.Send(Command(id, action, posted, files, visit), ct);
                return $"/meetings/{id}";
            },
            _ => $"/meetings/{id}",
            async refused => Pages.Show<MeetingPage>(await One(id, Kept(refused, files), mediator, ct), refused.Problem!.Status), ct);
    }

    /// <summary>What was typed, with the files taken in already, and each problem of a decision at its own row.</summary>
    private static FormState Kept(FormState refused, List<string> files) => refused with
    {
        Posted = PostedFiles.Keep(refused.Posted!, files), Problem = OrderRows.Placed(refused.Problem!, refused.Posted!, "decisions", "text"),
    };

    private static IRequest<MeetingView> Command(Guid id, string action, IFormCollection posted, List<string> files, Visit visit)
    {
        string Text(string field) => posted[field].ToString().Trim().ReplaceLineEndings("\n");
        return action switch
        {
            MeetingActions.Call => new CallMeeting.Command(
                id, PostedAction.Moment(Text("startsAt"), visit, "startsAt") ?? default, Text("place"), posted["invitees"].Count == 0 ? null : [.. posted["invitees"].OfType<string>()]),
            MeetingActions.Decline => new DeclineMeeting.Command(id, Text("reason")),
            MeetingActions.Move => new MoveMeeting.Command(id, PostedAction.Moment(Text("startsAt"), visit, "startsAt"), Blank.ToNull(Text("place")), Text("reason")),
            MeetingActions.Amend => new AmendMinutes.Command(id, Text("text"), [.. posted["attendees"].OfType<string>()], Text("reason")),
            MeetingActions.Cancel => new CancelMeeting.Command(id, Text("reason")),
            MeetingActions.Confirm => new ConfirmMeeting.Command(id, posted["attending"] == "true", Blank.ToNull(Text("attendee")), Blank.ToNull(Text("text"))),
            _ => new KeepMinutes.Command(
                id, Text("text"), [.. posted["attendees"].OfType<string>()], [.. files.Select(Guid.Parse)], OrderRows.Read(posted, "decisions", "text", visit)),
        };
    }

    private static async Task<MeetingsModel> List(string? state, string? cursor, FormState? refused, IMediator mediator, CancellationToken ct) => new(
        await mediator.Send(new ListMeetings.Query(QueryValue.Enum<MeetingState>("state", Blank.ToNull(state)), new Paging(Blank.ToNull(cursor), null)), ct),
        Blank.ToNull(state), refused?.Posted?[FormMemory.Field].ToString() ?? FormMemory.NewToken(), new PageForms(refused));

    private static async Task<MeetingModel> One(Guid id, FormState? refused, IMediator mediator, CancellationToken ct)
    {
        var meeting = await mediator.Send(new GetMeeting.Query(id), ct);
        return new(meeting, meeting.EventId is { } raised && await mediator.Send(new MayOpenEvent.Query(raised), ct), new PageForms(refused));
    }
}
