using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Statistics;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Statistics;

/// <summary>What figures are told apart by.</summary>
public enum StatisticsBy
{
    Unit,
    Duty,
    Section,
    Day,
}

/// <param name="Key">Unit, duty, section or local day (yyyy-MM-dd); null: tasks that belong to no duty.</param>
public sealed record StatisticsGroup(string? Key, string? Title, string? English, TaskFigures Figures);

/// <summary>Figures of the tasks issued in a period, how old the open ones are, and what each unit was asked for.</summary>
public static class GetStatistics
{
    /// <summary>Days of one answer; <see cref="Default"/> where no first one is named.</summary>
    public const int Most = 366, Default = 30;

    /// <param name="From">First local day of issue; null: <see cref="Default"/> days up to <paramref name="To"/>.</param>
    /// <param name="To">Last local day of issue; null: today.</param>
    public sealed record Query(string? Jurisdiction, DateOnly? From, DateOnly? To, StatisticsBy By) : IRequest<Result>;

    /// <param name="WholeJurisdiction">False: of the caller's own unit only.</param>
    /// <param name="Burden">In the order of the document.</param>
    /// <param name="Groups">Units and duties in the order of their documents, days in time; never by their figures.</param>
    /// <param name="Ageing">Of every open task, whenever it was issued.</param>
    public sealed record Result(
        string Jurisdiction, DateOnly From, DateOnly To, StatisticsBy By, DateTimeOffset At, bool WholeJurisdiction, TaskFigures Total,
        IReadOnlyList<StatisticsGroup> Groups, IReadOnlyList<AgeBand> Ageing, IReadOnlyList<Burden> Burden);

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, DomainClock clock) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            var place = StatisticsAccess.Require(user.Actor, query.Jurisdiction);
            var catalogue = await catalogues.Current(session, ct);
            var reckoning = catalogue.Reckoning(place);
            var (from, to) = Window(query, reckoning.LocalDate(clock.Now));
            var own = OwnUnit;
            var count = new StatisticsCount(query.By, catalogue, reckoning, to.DayNumber - from.DayNumber + 1);
            await foreach (var row in Issued(place, reckoning.Moment(from, TimeOnly.MinValue), reckoning.Moment(to.AddDays(1), TimeOnly.MinValue)).AsAsyncEnumerable().WithCancellation(ct))
            {
                count.Add(row, own is null || row.LeadUnit == own);
            }

            var places = catalogue.Set.UnitsOf(place).Select((unit, i) => (unit.Id, i)).ToDictionary(unit => unit.Id, unit => unit.i);
            return new Result(
                place, from, to, query.By, clock.Now, own is null, count.Total.Figures(), count.Groups(place), await Ages(place, ct),
                [.. count.Burden.Units().Where(unit => own is null || unit.Unit == own).OrderBy(unit => places.GetValueOrDefault(unit.Unit, int.MaxValue))]);
        }

        /// <summary>Null: every unit is read.</summary>
        private string? OwnUnit => user.Actor.Oversees ? null : user.Actor.Unit;

        private static (DateOnly From, DateOnly To) Window(Query query, DateOnly today)
        {
            var to = SoundDay.Check(query.To ?? today, "to");
            var from = SoundDay.Check(query.From ?? to.AddDays(1 - Default), "from");
            return to >= from && to.DayNumber - from.DayNumber < Most
                ? (from, to)
                : throw new ValidationException([new ValidationFailure("from", "statistics.range", Most) { ErrorCode = "statistics.range" }]);
        }

        /// <summary>A few columns of each task, one after the other: what is held does not grow with the tasks.</summary>
        private IQueryable<CountedRow> Issued(string place, DateTimeOffset from, DateTimeOffset until)
        {
            var tasks = session.Db.Tasks.AsNoTracking().Where(task => task.Jurisdiction == place && task.IssuedAt >= from && task.IssuedAt < until);
            tasks = OwnUnit is { } own ? tasks.Where(task => task.LeadUnit == own || task.IssuedTo == own) : tasks;
            return tasks.Select(task => new CountedRow(
                task.LeadUnit, task.IssuedTo, task.Duty, task.Form, task.State, task.IssuedAt!.Value, task.AcknowledgedAt, task.ClosedAt, task.OnTime,
                task.AckBreachedAt, task.OverdueSince, task.MissedAt, task.ReturnRounds, task.Extensions));
        }

        private async Task<IReadOnlyList<AgeBand>> Ages(string place, CancellationToken ct)
        {
            var open = TaskStates.Open.Where(state => state != TaskState.Draft).ToArray();
            var tasks = session.Db.Tasks.AsNoTracking().Where(task => task.Jurisdiction == place && EF.Property<DateTimeOffset?>(task, TaskInstanceTable.LiveDue) != null && open.Contains(task.State) && task.IssuedAt != null);
            tasks = OwnUnit is { } own ? tasks.Where(task => task.LeadUnit == own) : tasks;
            var rows = tasks.Select(task => new { IssuedAt = task.IssuedAt!.Value, Late = EF.Property<DateTimeOffset?>(task, TaskInstanceTable.LateSince) != null });
            var (ageing, now) = (new Ageing(), clock.Now);
            await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(ct))
            {
                ageing.Add(now - row.IssuedAt, row.Late);
            }

            return ageing.Bands();
        }
    }
}

/// <summary>Columns of a task that figures are made of.</summary>
internal sealed record CountedRow(
    string LeadUnit, string IssuedTo, string? Duty, string? Form, TaskState State, DateTimeOffset IssuedAt, DateTimeOffset? AcknowledgedAt, DateTimeOffset? ClosedAt,
    bool? OnTime, DateTimeOffset? AckBreachedAt, DateTimeOffset? OverdueSince, DateTimeOffset? MissedAt, int Returns, int Extensions)
{
    public CountedTask ToCounted() => new(
        State, IssuedAt, AcknowledgedAt, ClosedAt, OnTime, AckBreachedAt is not null, OverdueSince is not null, MissedAt is not null, Returns, Extensions, LeadUnit != IssuedTo);
}
