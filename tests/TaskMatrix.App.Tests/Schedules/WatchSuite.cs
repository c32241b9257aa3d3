using System.Text;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.Workflows;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Schedules;

public sealed class WatchOnSqlite() : WatchSuite(new SqliteDatabase());

public sealed class WatchOnPostgres() : WatchSuite(new PostgresDatabase());

public abstract class WatchSuite(ITestDatabase database)
{
    private const string Town = "shuiquan-town";

    private static readonly DateTimeOffset Now = TestSystem.Morning;

    private static readonly Actor Liaison = People.Liaison(Town);

    [Fact]
    public async Task Gaps_of_seven_days_are_those_of_the_roster_minute_by_minute()
    {
        await using var system = await TestSystem.Start(database);
        var random = new Random(7);
        var shifts = Enumerable.Range(0, 30).Select(_ => (Start: Now.AddMinutes(random.Next(-1400, 7 * 1440)), Length: random.Next(30, 600))).ToList();
        await system.Send(new AddWatchShifts.Command(null, [.. shifts.Select((shift, i) => Shift(shift.Start, shift.Start.AddMinutes(shift.Length), $"值班员{i}"))]), Liaison);

        var result = await system.Send(new FindWatchGaps.Query(null, Town), People.Office);

        var gaps = Assert.Single(result.Units).Gaps;
        Assert.Equal((Now, Now.AddDays(7)), (result.From, result.To));
        for (var at = Now; at < Now.AddDays(7); at = at.AddMinutes(1))
        {
            Assert.Equal(!shifts.Exists(shift => shift.Start <= at && at < shift.Start.AddMinutes(shift.Length)), gaps.Any(gap => gap.From <= at && at < gap.To));
        }
    }

    [Fact]
    public async Task Units_with_a_watch_to_keep_or_a_roster_are_looked_at_and_a_shift_called_off_covers_nothing()
    {
        await using var system = await TestSystem.Start(database);
        Assert.Equal([Town], (await system.Send(new FindWatchGaps.Query(), People.Office)).Units.Select(unit => unit.Unit));
        var shift = Assert.Single(await system.Send(new AddWatchShifts.Command("区教育局", [Shift(Now, Now.AddHours(24))]), People.Liaison("education")));

        var gaps = (await system.Send(new FindWatchGaps.Query(), People.Office)).Units;
        Assert.Equal(["education", Town], gaps.Select(unit => unit.Unit).Order());
        Assert.Equal(Now.AddHours(24), Assert.Single(gaps.Single(unit => unit.Unit == "education").Gaps).From);

        await system.Send(new CancelWatchShift.Command(shift.Id, "改由办公室值守"), People.Head("education"));
        Assert.Equal([Town], (await system.Send(new FindWatchGaps.Query(), People.Office)).Units.Select(unit => unit.Unit));
        Assert.Equal(1, await system.Read(db => db.WatchShifts.CountAsync()));
    }

    [Fact]
    public async Task Who_is_on_duty_now_can_be_called_by_the_office_and_the_unit_and_sees_what_was_handed_over()
    {
        await using var system = await TestSystem.Start(database);
        var shifts = await system.Send(
            new AddWatchShifts.Command(null, [Shift(Now.AddHours(-12), Now, "夜班员", "13700000737"), Shift(Now, Now.AddHours(12), "白班员", "13911112222")]), Liaison);
        await system.Send(new HandOverWatch.Command(shifts[0].Id, "路口一辆外地车已登记，车主13700000737", null), People.Head(Town));

        var now = Assert.Single(await system.Send(new GetWatchNow.Query(), People.Office));
        Assert.Equal(("白班员", "13911112222"), (now.Post, now.Phone));
        Assert.Equal("路口一辆外地车已登记，车主137****0737", now.Received!.Note);
        Assert.Equal("路口一辆外地车已登记，车主13700000737", Assert.Single(await system.Send(new GetWatchNow.Query(), Liaison)).Received!.Note);
        Assert.Equal("139****2222", Assert.Single(await system.Send(new GetWatchNow.Query(), People.Inspector)).Phone);
        Assert.Empty(await system.Send(new GetWatchNow.Query(), People.Liaison("finance")));
        Assert.All((await system.Send(new ListWatch.Query(null, null, new DateOnly(2020, 1, 22), null, Paging.First), Liaison)).Items, shift => Assert.Contains("****", shift.Phone));

        var record = string.Join('\n', await system.Read(db => db.Audit.Where(entry => entry.Action.Contains("watch")).Select(entry => entry.Payload).ToListAsync()));
        Assert.DoesNotContain("13700000737", record);
        Assert.Contains("137****0737", record);
    }

    [Fact]
    public async Task Every_bad_row_of_a_roster_is_listed_and_nothing_comes_in()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(Import("开始时间,结束时间,班次,值班岗位（人员）\n2020-01-24 08:00,2020-01-24 20:00,白班,王主任"), Liaison);

        var refused = await Assert.ThrowsAsync<ImportRefusedException>(() => system.Send(Import(
            """
            startsAt;endsAt;name;post;phone
            2020-01-24 08:00;2020-01-24 20:00;白班;王主任;
            2020-01-25 08:00;2020-01-25 08:00;白班;李主任;
            2020-01-25 08:00;2020-01-26 08:01;白班;李主任;
            明天八点;;;;电话
            2020-01-27 08:00;2020-01-27 20:00;"夜
            班";张主任;13700000737
            2020-01-27 08:00;2020-01-27 20:00;重;张主任;
            """), Liaison));

        Assert.Equal(
            [(2, null, "watch.double-shift"), (3, "endsAt", "watch.end-before-start"), (4, "endsAt", "watch.too-long"), (5, "endsAt", "watch.missing"), (5, "name", "watch.missing"),
             (5, "phone", "watch.bad-phone"), (5, "post", "watch.missing"), (5, "startsAt", "watch.bad-time"), (8, null, "watch.double-shift")],
            refused.Problems.Select(problem => (problem.Line, problem.Column, problem.Code)).Order());
        Assert.Equal(1, await system.Read(db => db.WatchShifts.CountAsync()));
        var shift = await system.Read(db => db.WatchShifts.SingleAsync());
        Assert.Equal(new DateTimeOffset(2020, 1, 24, 8, 0, 0, TimeSpan.FromHours(8)), shift.StartsAt);
    }

    [Fact]
    public async Task Nobody_is_wanted_on_duty_where_the_duty_is_not_carried_out_now()
    {
        await using var system = await TestSystem.Start(database);
        var duty = Shipped.Set.Duties.Single(duty => duty is { Jurisdiction: "taiping", Process: "duty-watch" }).Id;
        await system.Send(new SetAssumptions.Command(duty, [new SetAssumptions.NewValue("levels", "1")]), People.Office);

        await system.Send(new AdjustResponse.Command("taiping-2020-3", 2, "形势缓和", null), People.Office);
        Assert.Empty((await system.Send(new FindWatchGaps.Query(), People.Office)).Units);

        await system.Send(new AdjustResponse.Command("taiping-2020-3", 1, "形势加重", null), People.Office);
        Assert.Equal([Town], (await system.Send(new FindWatchGaps.Query(), People.Office)).Units.Select(unit => unit.Unit));

        await system.Send(new EndPlan.Command("taiping-2020-3", "解除响应"), People.Leader);
        Assert.Empty((await system.Send(new FindWatchGaps.Query(), People.Office)).Units);
    }

    [Fact]
    public async Task Shifts_of_one_person_that_overlap_are_refused_each_by_its_place()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(new AddWatchShifts.Command(null, [Shift(Now, Now.AddHours(8), "王主任")]), Liaison);

        var refused = await Assert.ThrowsAsync<ValidationException>(() => system.Send(
            new AddWatchShifts.Command(null,
            [
                Shift(Now.AddHours(-2), Now.AddHours(1), "王主任"), Shift(Now.AddHours(8), Now.AddHours(16), "王主任"), Shift(Now, Now.AddHours(8), "李主任"),
                Shift(Now.AddHours(7), Now.AddHours(9), "李主任"), Shift(Now.AddHours(15), Now.AddHours(17), "王主任"),
            ]), Liaison));

        Assert.Equal(["shifts[0]", "shifts[3]", "shifts[4]"], refused.Errors.Select(error => error.PropertyName));
        Assert.All(refused.Errors, error => Assert.Equal("watch.double-shift", error.ErrorCode));
        Assert.Equal(1, await system.Read(db => db.WatchShifts.CountAsync()));
        await system.Send(new AddWatchShifts.Command(null, [Shift(Now.AddHours(8), Now.AddHours(16), "王主任"), Shift(Now, Now.AddHours(8), "李主任")]), Liaison);
    }

    [Fact]
    public async Task A_unit_writes_its_own_roster_and_no_other()
    {
        await using var system = await TestSystem.Start(database);
        var shift = Assert.Single(await system.Send(new AddWatchShifts.Command(null, [Shift(Now, Now.AddHours(8))]), Liaison));

        Assert.Equal("watch.not-allowed", await Refused(system, new AddWatchShifts.Command(Town, [Shift(Now, Now.AddHours(8))]), People.Liaison("finance")));
        Assert.Equal("watch.not-allowed", await Refused(system, new AddWatchShifts.Command(Town, [Shift(Now, Now.AddHours(8))]), People.Office));
        Assert.Equal("watch.not-allowed", await Refused(system, new HandOverWatch.Command(shift.Id, "n", null), People.Office));
        await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new HandOverWatch.Command(shift.Id, "n", null), People.Liaison("finance")));
        await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new CancelWatchShift.Command(shift.Id, "r"), People.OfficeOf("lanxi")));
        await Assert.ThrowsAsync<NotFoundException>(() => system.Send(new GetWatchNow.Query("lanxi"), People.Office));
        var twice = await Assert.ThrowsAsync<ValidationException>(() => system.Send(new AddWatchShifts.Command(null, [Shift(Now, Now.AddHours(8))]), Liaison));
        Assert.Equal("watch.double-shift", Assert.Single(twice.Errors).ErrorCode);
        Assert.Empty((await system.Send(new ListWatch.Query(null, null, null, null, Paging.First), People.Liaison("finance"))).Items);
    }

    [Fact]
    public async Task A_roster_is_read_page_by_page_also_where_shifts_begin_together()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(new AddWatchShifts.Command(null, [.. Enumerable.Range(0, 7).Select(i => Shift(Now.AddHours(i / 3), Now.AddHours(8), $"值班员{i}"))]), Liaison);

        var (seen, pages) = (new List<Guid>(), 0);
        for (string? cursor = null; ; pages++)
        {
            var page = await system.Send(new ListWatch.Query(null, Town, null, null, new Paging(cursor, 2)), People.Office);
            seen.AddRange(page.Items.Select(shift => shift.Id));
            if ((cursor = page.NextCursor) is null)
            {
                break;
            }
        }

        Assert.Equal((7, 7, 3), (seen.Count, seen.Distinct().Count(), pages));
    }

    private static NewShift Shift(DateTimeOffset from, DateTimeOffset to, string post = "值班员", string? phone = null) => new("白班", from, to, post, phone);

    private static ImportWatchShifts.Command Import(string text) => new(null, Encoding.UTF8.GetBytes(text));

    private static async Task<string> Refused<T>(TestSystem system, MediatR.IRequest<T> command, Actor actor) =>
        (await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(command, actor))).Code;
}
