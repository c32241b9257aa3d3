using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Notifications;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Notifications;

/// <summary>The deadlines of the unit of whoever made the feed: open tasks that it leads, the earliest first.</summary>
public static class GetCalendar
{
    /// <summary>Deadlines in one answer.</summary>
    public const int Most = 500;

    /// <summary>How long a deadline that passed stays in the calendar while its task is open.</summary>
    public static readonly TimeSpan Past = TimeSpan.FromDays(366);

    /// <param name="Token">From the address; whoever has it may read.</param>
    public sealed record Query(string Token) : IRequest<string>;

    internal sealed class Handler(Session session, CatalogueSource catalogues, AppOptions options, IMessageWords words, DomainClock clock) : IRequestHandler<Query, string>
    {
        /// <exception cref="NotFoundException">No such feed, revoked, or its owner no longer acts for a unit.</exception>
        public async Task<string> Handle(Query query, CancellationToken ct)
        {
            var hash = CalendarToken.Hash(query.Token);
            var owner = await session.Db.CalendarFeeds.AsNoTracking().Where(feed => feed.TokenHash == hash)
                .Join(session.Db.Accounts.AsNoTracking().Where(account => !account.Disabled), feed => feed.UserName, account => account.UserName, (_, account) => account)
                .SingleOrDefaultAsync(ct);
            if (owner is null || !CalendarToken.May(owner.ToActor()))
            {
                throw new NotFoundException("calendar", "");
            }

            var unit = (await catalogues.Current(session, ct)).Set.Unit(owner.Jurisdiction, owner.Unit);
            var english = owner.Language == "en";
            var name = words.CalendarName(english ? unit?.English ?? owner.Unit : unit?.Name ?? owner.Unit, options.Exercise, owner.Language ?? "zh-CN");
            return DeadlineCalendar.Write(name, (await Open(owner.Jurisdiction, owner.Unit, ct)).Select(task => Deadline(task, english)));
        }

        private Task<List<TaskInstance>> Open(string jurisdiction, string unit, CancellationToken ct)
        {
            // What is longer past belongs into the list of what is overdue; without it every task ever closed would be looked at.
            var (since, never) = (clock.Now - Past, DateTimeOffset.MaxValue);
            return session.Db.Tasks.AsNoTracking()
                .Where(task => task.Jurisdiction == jurisdiction && task.LeadUnit == unit && TaskStates.WithUnit.Contains(task.State)
                    && EF.Property<DateTimeOffset>(task, TaskInstanceTable.DueSort) >= since && EF.Property<DateTimeOffset>(task, TaskInstanceTable.DueSort) < never)
                .OrderBy(task => EF.Property<DateTimeOffset>(task, TaskInstanceTable.DueSort)).ThenBy(task => task.Number).Take(Most).ToListAsync(ct);
        }

        private CalendarDeadline Deadline(TaskInstance task, bool english) => new(
            $"{task.Id}@taskmatrix", task.Version, $"{(task.Exercise ? english ? "[EXERCISE] " : "【演练】" : "")}{(english && task.English.Length > 0 ? task.English : task.Title)}",
            $"{task.Number}\n{task.Description}".Trim(), task.DueAt!.Value, task.IssuedAt ?? task.CreatedAt, options.Notifications.Link($"/tasks/{task.Id}"));
    }
}
