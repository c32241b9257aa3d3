using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Notifications;

public sealed class CalendarsOnSqlite() : CalendarSuite(new SqliteDatabase());

public sealed class CalendarsOnPostgres() : CalendarSuite(new PostgresDatabase());

/// <summary>The deadlines of a unit for calendar programs.</summary>
public abstract class CalendarSuite(ITestDatabase database)
{
    [Fact]
    public async Task Holds_the_open_tasks_of_the_unit_until_they_are_done_under_uids_that_stay()
    {
        await using var system = await Start();
        var (open, done) = ((await system.Assign()).Id, (await system.Assign(review: false)).Id);
        await system.Assign("health");
        var path = (await system.Send(new MakeCalendarFeed.Command(), People.Liaison("education"))).Path;

        var before = await Calendar(system, path);
        Assert.Equal(2, Count(before));
        await system.Finish(done);

        var after = await Calendar(system, path);
        Assert.Equal(1, Count(after));
        Assert.Contains($"UID:{open}@taskmatrix", after);
        Assert.Contains($"UID:{open}@taskmatrix", before);
    }

    [Fact]
    public async Task The_token_is_stored_hashed_and_ends_when_renewed_revoked_or_its_owner_is_disabled()
    {
        await using var system = await Start();
        var liaison = People.Liaison("education");
        var first = (await system.Send(new MakeCalendarFeed.Command(), liaison)).Path;
        Assert.DoesNotContain(await system.Read(db => db.CalendarFeeds.ToListAsync()), feed => first.Contains(feed.TokenHash, StringComparison.Ordinal));

        var second = (await system.Send(new MakeCalendarFeed.Command(), liaison)).Path;
        await Assert.ThrowsAsync<NotFoundException>(() => Calendar(system, first));
        Assert.Contains("BEGIN:VCALENDAR", await Calendar(system, second));

        await system.Tamper($"UPDATE accounts SET disabled = {true} WHERE user_name = {"taiping.education"}");
        await Assert.ThrowsAsync<NotFoundException>(() => Calendar(system, second));
        await system.Tamper($"UPDATE accounts SET disabled = {false} WHERE user_name = {"taiping.education"}");
        await system.Send(new RevokeCalendarFeed.Command(), liaison);
        await Assert.ThrowsAsync<NotFoundException>(() => Calendar(system, second));
    }

    [Fact]
    public async Task Inspectors_have_no_deadlines_of_their_own()
    {
        await using var system = await Start();
        await Assert.ThrowsAsync<RuleBrokenException>(() => system.Send(new MakeCalendarFeed.Command(), People.Inspector));
    }

    private async Task<TestSystem> Start()
    {
        var system = await TestSystem.Start(database, activate: false);
        await system.Send(new AddDemoAccounts.Command(new("hash")));
        return system;
    }

    private static Task<string> Calendar(TestSystem system, string path) => system.Send(new GetCalendar.Query(path.Split('/')[^1][..^4]));

    private static int Count(string calendar) => calendar.Split("BEGIN:VEVENT").Length - 1;
}
