using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Reports;

/// <summary>催报: the office urges the units whose report of a day is past due or missing, or those it names.</summary>
public static class UrgeReports
{
    /// <param name="Units">Ids, names or aliases of units that have not filed; null: all that are past due or missing and were not urged within the <see cref="Pause"/>.</param>
    public sealed record Command(DateOnly? Date, string? Form, IReadOnlyList<string>? Units, string? Text) : IRequest<Result>, ICommand;

    /// <summary>原文未写: how long a unit that was urged is left in peace. An assumption.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(30);

    public sealed record Urged(string Unit, Guid TaskId);

    /// <param name="Code">report.not-expected, report.already-filed, report.urged-just-now, or the rule that urging its task breaks.</param>
    public sealed record NotUrged(string Unit, string Code);

    public sealed record Result(IReadOnlyList<Urged> Urged, IReadOnlyList<NotUrged> Problems);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Text).MaximumLength(TaskTexts.Longest);
            RuleForEach(command => command.Units).NotEmpty();
        }
    }

    internal sealed class Handler(Session session, DailyReports reports, UnitLookup units, TaskLedger ledger, CurrentUser user, DomainClock clock)
        : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command command, CancellationToken ct)
        {
            var scope = await reports.Scope(null, command.Form, ct);
            ReportAccess.RequireOffice(user.Actor);
            var day = await reports.Day(scope, command.Date ?? scope.Today, ct);
            var resting = await UrgedJustNow(day, ct);
            var named = await Named(command, scope, ct) ?? [.. day.Units.Where(report => report.Owed && !resting.Contains(report.TaskId)).Select(report => report.Unit)];
            var (urged, problems, changed) = (new List<Urged>(), new List<NotUrged>(), new List<TaskInstance>());
            foreach (var unit in named)
            {
                if (Why(day, unit, resting) is { } why)
                {
                    problems.Add(new NotUrged(unit, why));
                    continue;
                }

                await Urge(day.Units.First(report => report.Unit == unit), command.Text, urged, problems, changed, ct);
            }

            await ledger.CommitAll(changed, ct);
            return new Result(urged, problems);
        }

        /// <summary>By the record, which knows every urging, whoever sent it and from where.</summary>
        private async Task<HashSet<Guid>> UrgedJustNow(DailyRollUp day, CancellationToken ct)
        {
            var (tasks, since) = (day.Units.Where(report => !report.Filed).Select(report => (Guid?)report.TaskId).ToList(), clock.Now - Pause);
            return [.. await session.Db.Audit.AsNoTracking().Where(entry => tasks.Contains(entry.TaskId) && entry.Action == TaskActions.Urge && entry.At > since)
                .Select(entry => entry.TaskId!.Value).ToListAsync(ct)];
        }

        private static string? Why(DailyRollUp day, string unit, HashSet<Guid> resting) => day.Units.FirstOrDefault(report => report.Unit == unit) switch
        {
            null => "report.not-expected",
            { Filed: true } => "report.already-filed",
            { } report when resting.Contains(report.TaskId) => "report.urged-just-now",
            _ => null,
        };

        private async Task<List<string>?> Named(Command command, ReportScope scope, CancellationToken ct)
        {
            if (command.Units is null)
            {
                return null;
            }

            var named = new List<string>();
            foreach (var name in command.Units)
            {
                named.Add((await units.Known(scope.Jurisdiction, name, "units", ct))!);
            }

            return [.. named.Distinct()];
        }

        /// <summary>The same rule as urging any task; what it refuses stops no other unit.</summary>
        private async Task Urge(ReportTask report, string? text, List<Urged> urged, List<NotUrged> problems, List<TaskInstance> changed, CancellationToken ct)
        {
            var task = await ledger.Load(report.TaskId, null, user.Actor, ct);
            try
            {
                task.Urge(user.Actor, text, clock.Now);
                changed.Add(task);
                urged.Add(new Urged(report.Unit, task.Id));
            }
            catch (RuleBrokenException rule)
            {
                problems.Add(new NotUrged(report.Unit, rule.Code));
            }
        }
    }
}
