using FluentValidation;
using FluentValidation.Results;
using MediatR;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Workflows;
using TaskMatrix.Web.Hosting;

namespace TaskMatrix.Web.Workflows;

internal sealed record ProposalBody(string? Title, string? Agenda, DateTimeOffset? WishedAt);

internal sealed record CallBody(DateTimeOffset? StartsAt, string? Place, IReadOnlyList<string>? Invitees);

internal sealed record WhyBody(string? Reason);

internal sealed record AttendanceBody(bool? Attending, string? Attendee, string? Text);

internal sealed record DecisionBody(string? Text, string? LeadUnit, IReadOnlyList<string>? CoUnits, DateTimeOffset? DueAt, string? DueIn)
{
    public OrderedTask ToOrder() => new(Text, LeadUnit, CoUnits, DueAt, DueIn);
}

internal sealed record MinutesBody(string? Text, IReadOnlyList<string>? Attendees, IReadOnlyList<Guid>? AttachmentIds, IReadOnlyList<DecisionBody>? Decisions);

internal sealed record MoveBody(DateTimeOffset? StartsAt, string? Place, string? Reason);

internal sealed record AmendBody(string? Text, IReadOnlyList<string>? Attendees, string? Reason);

internal static class MeetingEndpoints
{
    public static void MapMeetings(this IEndpointRouteBuilder api)
    {
        var meetings = api.MapGroup("/meetings");
        meetings.MapGet("/", (string? state, string? cursor, int? limit, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ListMeetings.Query(QueryValue.Enum<MeetingState>("state", state), new Paging(cursor, limit)), ct));
        meetings.MapGet("/{id:guid}", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetMeeting.Query(id), ct));
        meetings.MapPost("/", async (ProposalBody body, IMediator mediator, CancellationToken ct) =>
        {
            var proposed = await mediator.Send(new ProposeMeeting.Command(body.Title ?? "", body.Agenda ?? "", body.WishedAt), ct);
            return Results.Created(At(proposed), proposed);
        }).WithMetadata(new Answers(201, proposed => At((MeetingView)proposed))).Produces<MeetingView>(201);
        meetings.MapPost("/{id:guid}/call", (Guid id, CallBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new CallMeeting.Command(id, body.StartsAt ?? default, body.Place ?? "", body.Invitees), ct));
        meetings.MapPost("/{id:guid}/decline", (Guid id, WhyBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new DeclineMeeting.Command(id, body.Reason ?? ""), ct));
        meetings.MapPost("/{id:guid}/cancel", (Guid id, WhyBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new CancelMeeting.Command(id, body.Reason ?? ""), ct));
        meetings.MapPost("/{id:guid}/confirm", (Guid id, AttendanceBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new ConfirmMeeting.Command(id, body.Attending ?? throw Missing("attending"), body.Attendee, body.Text), ct));
        meetings.MapPost("/{id:guid}/minutes", (Guid id, MinutesBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new KeepMinutes.Command(id, body.Text ?? "", body.Attendees, body.AttachmentIds, body.Decisions?.Select(decision => decision?.ToOrder()!).ToList()), ct));
        meetings.MapPost("/{id:guid}/move", (Guid id, MoveBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new MoveMeeting.Command(id, body.StartsAt, body.Place, body.Reason ?? ""), ct));
        meetings.MapPost("/{id:guid}/amend", (Guid id, AmendBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new AmendMinutes.Command(id, body.Text ?? "", body.Attendees, body.Reason ?? ""), ct));
    }

    private static string At(MeetingView proposed) => $"/api/meetings/{proposed.Id}";

    private static ValidationException Missing(string field) =>
        new([new ValidationFailure(field, "request.missing-member") { ErrorCode = "request.missing-member" }]);
}
