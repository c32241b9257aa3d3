using MediatR;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Workflows;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Workflows;

/// <param name="Token">Of the form that issues one: sent twice, it issues one.</param>
public sealed record InstructionsModel(ListPage<InstructionView> List, string? State, string Token, PageForms Forms);

/// <param name="EventOpen">The visitor may open the event it was raised as.</param>
public sealed record InstructionModel(InstructionView Instruction, bool EventOpen, string Token, PageForms Forms);

/// <summary>批示: the list with the form to issue one, and one with what became of it.</summary>
internal static class InstructionPages
{
    public const string Issue = "f-issue", Orders = "f-tasks", Feedback = "f-feedback", Close = "f-close";

    public static void MapInstructionPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/instructions", async (string? state, string? cursor, IMediator mediator, CancellationToken ct) =>
            Pages.Show<InstructionsPage>(await List(state, cursor, null, mediator, ct)));
        pages.MapPost("/instructions", IssueOne);
        pages.MapGet("/instructions/{id:guid}", async (Guid id, IMediator mediator, CancellationToken ct) =>
            Pages.Show<InstructionPage>(await One(id, null, mediator, ct)));
        pages.MapPost("/instructions/{id:guid}/tasks", MakeTasks);
        pages.MapPost("/instructions/{id:guid}/feedback", (Guid id, HttpContext http, FormPost form, IMediator mediator, CancellationToken ct) =>
            Say(id, Feedback, "done.feedback", text => new GiveInstructionFeedback.Command(id, text), http, form, mediator, ct));
        pages.MapPost("/instructions/{id:guid}/close", (Guid id, HttpContext http, FormPost form, IMediator mediator, CancellationToken ct) =>
            Say(id, Close, "done.instruction-closed", text => new CloseInstruction.Command(id, text), http, form, mediator, ct));
    }

    private static Task<IResult> IssueOne(HttpContext http, FormPost form, IMediator mediator, Visit visit, CancellationToken ct) => form.Take(
        http, Issue, "done.instruction-issued",
        async (posted, remember) =>
        {
            remember();
            var issued = await mediator.Send(
                new IssueInstruction.Command(
                    Blank.ToNull(posted["title"]), posted["text"].ToString().Trim(), PostedAction.Moment(posted["dueAt"], visit, "dueAt"),
                    Blank.ToNull(posted["reference"]), Blank.ToNull(posted["onBehalfOf"])), ct);
            return $"/instructions/{issued.Id}";
        },
        issued => $"/instructions/{((InstructionView)issued).Id}",
        async refused => Pages.Show<InstructionsPage>(await List(null, null, refused, mediator, ct), refused.Problem!.Status), ct);

    private static Task<IResult> MakeTasks(Guid id, HttpContext http, FormPost form, IMediator mediator, Visit visit, CancellationToken ct) => form.Take(
        http, Orders, "done.instruction-tasked",
        async (posted, remember) =>
        {
            remember();
            await mediator.Send(new MakeInstructionTasks.Command(id, OrderRows.Read(posted, "tasks", "title", visit)), ct);
            return $"/instructions/{id}";
        },
        _ => $"/instructions/{id}",
        async refused => Pages.Show<InstructionPage>(
            await One(id, refused with { Problem = OrderRows.Placed(refused.Problem!, refused.Posted!, "tasks", "title") }, mediator, ct), refused.Problem!.Status), ct);

    private static Task<IResult> Say(
        Guid id, string formId, string done, Func<string, IRequest<InstructionView>> command, HttpContext http, FormPost form, IMediator mediator, CancellationToken ct) => form.Take(
        http, formId, done,
        async (posted, remember) =>
        {
            remember();
            await mediator.Send(command(posted["text"].ToString().Trim()), ct);
            return $"/instructions/{id}";
        },
        _ => $"/instructions/{id}",
        async refused => Pages.Show<InstructionPage>(await One(id, refused, mediator, ct), refused.Problem!.Status), ct);

    private static async Task<InstructionsModel> List(string? state, string? cursor, FormState? refused, IMediator mediator, CancellationToken ct) => new(
        await mediator.Send(new ListInstructions.Query(QueryValue.Enum<InstructionState>("state", Blank.ToNull(state)), new Paging(Blank.ToNull(cursor), null)), ct),
        Blank.ToNull(state), refused?.Posted?[FormMemory.Field].ToString() ?? FormMemory.NewToken(), new PageForms(refused));

    private static async Task<InstructionModel> One(Guid id, FormState? refused, IMediator mediator, CancellationToken ct)
    {
        var instruction = await mediator.Send(new GetInstruction.Query(id), ct);
        return new(
            instruction, Guid.TryParse(instruction.EventId, out var raised) && await mediator.Send(new MayOpenEvent.Query(raised), ct),
            refused?.Posted?[FormMemory.Field].ToString() ?? FormMemory.NewToken(), new PageForms(refused));
    }
}
