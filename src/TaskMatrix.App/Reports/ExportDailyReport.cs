using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Reports;

/// <summary>The sums of a day, to leave the system as a document. It is recorded who took them.</summary>
public static class ExportDailyReport
{
    public sealed record Command(string? Jurisdiction, DateOnly? Date, string? Form) : IRequest<Result>, ICommand;

    public sealed record Result(DailyReportView Report, FormDefinition Form, DateTimeOffset At, string? Authority);

    internal sealed class Handler(Session session, DailyReports reports, CatalogueSource catalogues, AuditWriter audit, CurrentUser user, DomainClock clock)
        : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command command, CancellationToken ct)
        {
            var scope = await reports.Scope(command.Jurisdiction, command.Form, ct);
            var report = DailyReportView.Of(scope, await reports.Day(scope, command.Date ?? scope.Today, ct));
            var zone = (await catalogues.Current(session, ct)).Reckoning(scope.Jurisdiction).Zone;
            var details = new Dictionary<string, object?> { ["export"] = "daily.docx", ["date"] = report.Date, ["form"] = report.Form };
            await audit.Append([new AuditDraft(scope.Jurisdiction, user.Actor.Unit, clock.Now, zone, user.Actor, "export", details)], ct);
            return new Result(report, scope.Form, clock.Now, scope.OwnUnit is null ? scope.Authority?.Unit : null);
        }
    }
}
