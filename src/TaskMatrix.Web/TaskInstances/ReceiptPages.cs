using MediatR;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>待阅: closed reports that a unit has to read, confirmed one by one or many at once.</summary>
internal static class ReceiptPages
{
    public static void MapReceiptPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/receipts", async (string? unit, string? cursor, IMediator mediator, CancellationToken ct) =>
            Pages.Show<ReceiptsPage>(await mediator.Send(new ListReceipts.Query(Blank.ToNull(unit), new Paging(Blank.ToNull(cursor), null)), ct)));
        pages.MapPost("/receipts/confirm", Confirm);
    }

    /// <summary>Each on its own: what a colleague has confirmed meanwhile stops nothing.</summary>
    private static async Task<IResult> Confirm(HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var (done, refused) = (0, 0);
        foreach (var id in form["taskIds"].Where(text => Guid.TryParse(text, out _)).Select(text => Guid.Parse(text!)).Distinct())
        {
            try
            {
                await mediator.Send(new ConfirmReceipt.Command(id, null, null), ct);
                done++;
            }
            catch (Exception e) when (e is RuleBrokenException or App.Organisations.NotFoundException)
            {
                refused++;
            }
        }

        Flash.Tell(http, (done, refused) switch { (0, 0) => "done.read-none", (_, 0) => "done.read", _ => "done.read-some" }, done, refused);
        return Pages.Next(http, Pages.Local(form["returnUrl"]));
    }
}
