using MediatR;
using TaskMatrix.App.Reports;

namespace TaskMatrix.Web.Reports;

internal sealed record SummaryBody(DateOnly? Date, string? Form);

internal sealed record UrgeReportsBody(DateOnly? Date, string? Form, IReadOnlyList<string>? Units, string? Text);

internal static class ReportEndpoints
{
    public const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static void MapReports(this IEndpointRouteBuilder api)
    {
        api.MapGet("/forms/{id}", async (string id, IMediator mediator, CancellationToken ct) =>
            Results.Text((await mediator.Send(new GetForm.Query(id), ct)).Schema, "application/schema+json", System.Text.Encoding.UTF8));
        api.MapGet("/reports/daily", (string? jurisdiction, DateOnly? date, string? form, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new GetDailyReport.Query(jurisdiction, date, form), ct));
        api.MapGet("/reports/daily/series", (string? jurisdiction, DateOnly? from, DateOnly? to, string? form, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new GetReportSeries.Query(jurisdiction, from, to, form), ct));
        api.MapGet("/tasks/{id:guid}/reports", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetReportVersions.Query(id), ct));
        api.MapPost("/reports/daily/urge", (UrgeReportsBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new UrgeReports.Command(body.Date, body.Form, body.Units, body.Text), ct));
        api.MapPost("/reports/daily/summary", (SummaryBody body, IMediator mediator, CancellationToken ct) =>
            mediator.Send(new SummarizeReports.Command(body.Date, body.Form), ct));
        api.MapGet("/exports/daily.docx", async (string? jurisdiction, DateOnly? date, string? form, DailyBulletin bulletin, HttpContext http, CancellationToken ct) =>
            Download(await bulletin.Write(jurisdiction, date, form, ct), http));
    }

    public static IResult Download((string Name, byte[] Bytes) file, HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(file.Bytes, Docx, file.Name);
    }
}
