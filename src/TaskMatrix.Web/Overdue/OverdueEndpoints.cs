using System.Text.Json.Nodes;
using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;

namespace TaskMatrix.Web.Overdue;

internal static class OverdueEndpoints
{
    public static void MapOverdue(this IEndpointRouteBuilder api)
    {
        api.MapGet("/overdue/summary", (IMediator mediator, CancellationToken ct) => mediator.Send(new GetOverdueSummary.Query(), ct));
        api.MapGet("/overdue", async (string? jurisdiction, string? unit, double? minHours, string? cursor, int? limit, IMediator mediator, IOptions<JsonOptions> json, CancellationToken ct) =>
        {
            var page = await mediator.Send(new ListOverdue.Query(new TaskFilter { Jurisdiction = jurisdiction, Unit = unit }, minHours, new Paging(cursor, limit)), ct);
            return new ListPage<JsonObject>([.. page.Items.Select(item => Flat(item, json.Value.SerializerOptions))], page.NextCursor);
        });
    }

    /// <summary>A task object with <c>hoursOverdue</c> and <c>lateSince</c> beside its own members.</summary>
    private static JsonObject Flat(ListOverdue.OverdueTask late, JsonSerializerOptions json)
    {
        var task = JsonSerializer.SerializeToNode(late.Task, json)!.AsObject();
        task["lateSince"] = late.LateSince;
        task["hoursOverdue"] = late.HoursOverdue;
        return task;
    }
}
