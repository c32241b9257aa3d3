using MediatR;
using TaskMatrix.App.Notifications;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Notifications;

/// <param name="Token">Of the form that adds one.</param>
public sealed record ChannelsModel(ListChannels.Result Setting, string Token, PageForms Forms);

/// <summary>通知渠道: where messages of units, office, leaders and inspectors also go. The system administrator's.</summary>
internal static class ChannelPages
{
    public const string AddForm = "f-channel";

    public static void MapChannelPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/channels", async (IMediator mediator, CancellationToken ct) => Pages.Show<ChannelsPage>(await Read(null, mediator, ct)));
        pages.MapPost("/channels", Add);
        pages.MapPost("/channels/{id:guid}/test", (Guid id, HttpContext http, FormPost form, IMediator mediator, CancellationToken ct) =>
            Change(http, form, mediator, id, "done.channel-test", () => mediator.Send(new TestChannel.Command(id), ct), ct));
        pages.MapPost("/channels/{id:guid}/remove", (Guid id, HttpContext http, FormPost form, IMediator mediator, CancellationToken ct) =>
            Change(http, form, mediator, id, "done.channel-removed", () => mediator.Send(new RemoveChannel.Command(id), ct), ct));
    }

    private static Task<IResult> Add(HttpContext http, FormPost form, IMediator mediator, CancellationToken ct) => form.Take(
        http, AddForm, "done.channel-added",
        async (posted, remember) =>
        {
            remember();
            await mediator.Send(
                new AddChannel.Command(
                    posted["recipient"].ToString(), posted["kind"].ToString(), posted["target"].ToString().Trim(), TaskInstances.Blank.ToNull(posted["secret"]),
                    TaskInstances.Blank.ToNull(posted["language"])), ct);
            return "/channels";
        },
        _ => "/channels",
        async refused => Pages.Show<ChannelsPage>(await Read(refused, mediator, ct), refused.Problem!.Status), ct);

    private static Task<IResult> Change(HttpContext http, FormPost form, IMediator mediator, Guid id, string done, Func<Task> act, CancellationToken ct) => form.Take(
        http, "f-" + id, done,
        async (_, _) =>
        {
            await act();
            return "/channels";
        },
        _ => "/channels",
        async refused => Pages.Show<ChannelsPage>(await Read(refused, mediator, ct), refused.Problem!.Status), ct);

    private static async Task<ChannelsModel> Read(FormState? refused, IMediator mediator, CancellationToken ct) => new(
        await mediator.Send(new ListChannels.Query(), ct), refused?.Posted?[FormMemory.Field].ToString() is { Length: > 0 } token ? token : FormMemory.NewToken(), new PageForms(refused));
}
