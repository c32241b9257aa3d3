using MediatR;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Schedules;

internal sealed record AdvanceBody(string? By, DateTimeOffset? To);

/// <param name="Reason">For the record; may be left out.</param>
internal sealed record ScheduleBody(string? Reason);

/// <summary>The body of a call that takes none: absent or empty, anything in it is unknown.</summary>
internal sealed record NoMembers;

internal static class ScheduleEndpoints
{
    public static void MapSchedules(this IEndpointRouteBuilder api)
    {
        api.MapGet("/schedules", (string? jurisdiction, string? unit, string? q, bool? paused, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ListSchedules.Query(jurisdiction, unit, q, paused), ct));
        foreach (var action in new[] { "pause", "resume", "run-now" })
        {
            api.MapPost($"/schedules/{{dutyId}}/{action}", (string dutyId, ScheduleBody? body, IMediator mediator, CancellationToken ct) =>
                mediator.Send(new ChangeSchedule.Command(dutyId, action, body?.Reason), ct));
        }

        api.MapGet("/jobs", (string? state, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ListJobs.Query(state, new Paging(cursor, limit)), ct));
        api.MapPost("/jobs/{id:guid}/retry", (Guid id, NoMembers? _, IMediator mediator, CancellationToken ct) => mediator.Send(new RetryJob.Command(id), ct));

        api.MapGet("/exercise/clock", (DomainClock clock) =>
            clock.IsExercise ? Results.Ok(new { clock.Now }) : throw new App.Organisations.NotFoundException("exercise", "clock"));
        api.MapPost("/exercise/advance", (AdvanceBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new AdvanceExercise.Command(body.By, body.To), ct)).AddEndpointFilter<WholeAnswer>();
    }
}
