using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Tests.Workflows;

public sealed class EventsOnSqlite() : EventSuite(new SqliteDatabase());

public sealed class EventsOnPostgres() : EventSuite(new PostgresDatabase());

/// <summary>Events: what they start, what stands in the way, and who sees what of them.</summary>
public abstract class EventSuite(ITestDatabase database)
{
    private const string Contact = "李某 13712340737";

    [Fact]
    public async Task A_unit_that_is_gone_does_not_stop_the_others_and_is_named()
    {
        await using var system = await TestSystem.Start(database);
        await system.Tamper($"UPDATE duties SET body = replace(body, '\"leadUnits\":[\"health\"]', '\"leadUnits\":[\"gone\"]') WHERE id = 'taiping.health.laboratory-testing'");
        await NewStamp(system);

        var raised = await system.Send(new RaiseEvent.Command(null, "suspected-case", null, "一例", null), People.Liaison("education"));

        var missing = Assert.Single(raised.NotStarted);
        Assert.Equal(("taiping.health.laboratory-testing", "gone", NotStarted.UnitMissing), (missing.Duty, missing.Unit, missing.Why));
        var started = await system.Tasks(task => task.SourceReference == raised.Id.ToString());
        Assert.Superset(new HashSet<string> { "health", "public-security", "gov-office" }, started.Select(task => task.LeadUnit).ToHashSet());
        Assert.DoesNotContain(started, task => task.Duty == missing.Duty);
        Assert.Equal(raised.NotStarted, (await system.Send(new GetEvent.Query(raised.Id), People.Office)).NotStarted);
        await NumbersWithoutGap(system);
    }

    [Fact]
    public async Task A_class_without_units_does_not_stop_the_others_and_is_named()
    {
        await using var system = await TestSystem.Start(database);
        await system.Tamper($"UPDATE duties SET body = replace(body, '\"class\":[\"all-units\"]', '\"class\":[\"nobody\"]') WHERE id = 'taiping.leading-group-office.inspection-round'");
        await NewStamp(system);

        var raised = await system.Send(new RaiseEvent.Command(null, "inspection-called", null, "督查", null), People.Office);

        Assert.Equal(
            [("taiping.leading-group-office.inspection-round", "leading-group-office", NotStarted.ClassEmpty)], raised.NotStarted.Select(one => (one.Duty, one.Unit, one.Why)));
        Assert.Contains(await system.Tasks(task => task.SourceReference == raised.Id.ToString()), task => task.Duty == "taiping.leading-group-office.joint-inspection");
    }

    [Fact]
    public async Task An_event_that_nothing_waits_for_says_so_and_why()
    {
        await using var system = await TestSystem.Start(database);
        async Task<IEnumerable<string>> Why(string kind, Actor actor) =>
            (await system.Send(new RaiseEvent.Command(null, kind, null, "一例", null), actor)).NotStarted.Select(one => one.Why).Distinct();
        var lanxi = People.OfficeOf("lanxi");
        var waiting = (await system.Send(new ListEventKinds.Query(), lanxi)).Where(kind => kind.MayRaise).ToList();
        Assert.Equal([NotStarted.NoDuty], await Why(waiting.First(kind => kind.Starts.Count == 0).Id, lanxi));
        Assert.Empty(await Why("suspected-case", lanxi));

        foreach (var duty in waiting.Single(kind => kind.Id == "suspected-case").Starts.Select(start => start.Duty))
        {
            await system.Send(new SetAssumptions.Command(duty, [new SetAssumptions.NewValue("levels", "1")]), lanxi);
        }

        await system.Send(new AdjustResponse.Command("lanxi-2020", 4, "形势缓和", null), lanxi);
        Assert.Equal([NotStarted.NotAtThisLevel], await Why("suspected-case", lanxi));

        await system.Send(new EndPlan.Command("taiping-2020-3", "解除"), People.Leader);
        Assert.Equal([NotStarted.PlanNotInForce], await Why("suspected-case", People.Office));
    }

    [Fact]
    public async Task Whoever_may_not_see_an_event_is_led_to_it_nowhere()
    {
        await using var system = await TestSystem.Start(database);
        var raised = await Raise(system, "{}");

        Assert.True(await system.Send(new MayOpenEvent.Query(raised.Id), People.Liaison("health")));
        Assert.False(await system.Send(new MayOpenEvent.Query(raised.Id), People.Liaison("finance")));
        Assert.False(await system.Send(new MayOpenEvent.Query(raised.Id), People.OfficeOf("lanxi")));
        Assert.False(await system.Send(new MayOpenEvent.Query(Guid.NewGuid()), People.Office));
    }

    [Fact]
    public async Task Urgent_kinds_start_urgent_tasks_and_the_others_do_not()
    {
        await using var system = await TestSystem.Start(database);
        var suspected = await system.Send(new RaiseEvent.Command(null, "suspected-case", null, "一例", null), People.Liaison("education"));
        var funds = await system.Send(new RaiseEvent.Command(null, "funds-need", null, "口罩", null), People.Liaison("education"));

        Assert.All(await system.Tasks(task => task.SourceReference == suspected.Id.ToString()), task => Assert.True(task.Urgent));
        Assert.All(await system.Tasks(task => task.SourceReference == funds.Id.ToString()), task => Assert.False(task.Urgent));
        var listed = await system.Send(new ListTasks.Query(new TaskFilter { Urgent = true }, null, Paging.First), People.Office);
        Assert.Equal(suspected.TaskIds.Order(), listed.Items.Select(task => task.Id).Order());
        Assert.True((await system.Send(new VerifyRecord.Query())).Ok);
    }

    [Fact]
    public async Task What_is_told_is_held_against_the_form_of_its_kind()
    {
        await using var system = await TestSystem.Start(database);
        var refused = await Assert.ThrowsAsync<ValidationException>(() => Raise(system, """{"people":-1,"weight":3}"""));
        Assert.Equal(["data.people", "data.weight"], refused.Errors.Select(error => error.PropertyName).Order());
        Assert.Empty(await system.Read(db => db.RaisedEvents.ToListAsync()));

        await Raise(system, "{}");
        await Raise(system, """{"people":2,"symptoms":"发热"}""");
    }

    [Fact]
    public async Task Nothing_happens_in_the_future()
    {
        await using var system = await TestSystem.Start(database);
        var refused = await Assert.ThrowsAsync<ValidationException>(() =>
            system.Send(new RaiseEvent.Command(null, "suspected-case", system.Clock.Now.AddMinutes(1), "一例", null), People.Office));
        Assert.Equal("event.in-future", Assert.Single(refused.Errors).ErrorCode);
    }

    [Fact]
    public async Task The_reporters_number_is_for_the_office_and_who_acts_and_not_for_who_is_informed()
    {
        await using var system = await TestSystem.Start(database);
        var raised = await Raise(system, $$"""{"contact":"{{Contact}}"}""");

        async Task<string> Seen(Actor actor) => (await system.Send(new GetEvent.Query(raised.Id), actor)).Data["contact"]!.ToString();
        Assert.Equal(Contact, await Seen(People.Office));
        Assert.Equal(Contact, await Seen(People.Liaison("health")));
        Assert.Equal("137****0737", await Seen(People.Leader));
        Assert.Equal("137****0737", await Seen(People.Inspector));
        Assert.Equal("137****0737", await Seen(People.Liaison("education")));
        Assert.Equal("137****0737", await Seen(People.Liaison("leading-group")));
        await Assert.ThrowsAsync<App.Organisations.NotFoundException>(() => Seen(People.Liaison("finance")));
        await Assert.ThrowsAsync<App.Organisations.NotFoundException>(() => Seen(People.OfficeOf("lanxi")));
        Assert.DoesNotContain(await system.Read(db => db.Audit.Select(entry => entry.Payload).ToListAsync()), payload => payload.Contains("13712340737", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_unit_lists_what_it_raised_or_has_a_part_in_newest_first_and_page_by_page()
    {
        await using var system = await TestSystem.Start(database);
        var ids = new List<Guid>();
        foreach (var kind in new[] { "funds-need", "suspected-case", "rumour", "suspected-case" })
        {
            system.Pass(TimeSpan.FromMinutes(1));
            ids.Add((await system.Send(new RaiseEvent.Command(null, kind, null, kind, null), People.Liaison("education"))).Id);
        }

        Assert.Equal(Enumerable.Reverse(ids), await All(system, People.Liaison("education")));
        Assert.Equal(Enumerable.Reverse(ids), await All(system, People.Inspector));
        Assert.Equal([ids[3], ids[1]], await All(system, People.Liaison("health")));
        Assert.Equal([ids[0]], await All(system, People.Liaison("finance")));
        Assert.Equal([ids[3], ids[1]], await All(system, People.Office, "suspected-case"));
        Assert.Empty(await All(system, People.Liaison("civil-affairs")));
        Assert.Empty(await All(system, People.OfficeOf("lanxi")));
        await Assert.ThrowsAsync<ValidationException>(() => All(system, People.Office, "no-such-kind"));
        await Assert.ThrowsAsync<App.Organisations.NotFoundException>(() => system.Send(new ListEvents.Query("lanxi", null, Paging.First), People.Office));
        await Assert.ThrowsAsync<ValidationException>(() => system.Send(new ListReceipts.Query("nobody", Paging.First), People.Office));
    }

    [Fact]
    public async Task Whoever_gets_a_task_of_it_later_sees_the_event_too()
    {
        await using var system = await TestSystem.Start(database);
        var raised = await Raise(system, "{}");
        await system.Send(new ReassignTask.Command(raised.TaskIds[0], null, "civil-affairs", null, "改派", null, null), People.Office);

        Assert.Equal([raised.Id], await All(system, People.Liaison("civil-affairs")));
        await system.Send(new GetEvent.Query(raised.Id), People.Liaison("civil-affairs"));
    }

    [Fact]
    public async Task Says_before_it_is_raised_what_a_kind_will_start()
    {
        await using var system = await TestSystem.Start(database);
        var suspected = (await system.Send(new ListEventKinds.Query(), People.OfficeOf("lanxi"))).Single(kind => kind.Id == "suspected-case");
        var contact = suspected.Starts.Single(start => start.Duty == "lanxi.all-units.suspected-case-contact");
        Assert.Equal(("PT2H", "PT2H"), (contact.AcknowledgeWithin, contact.Due));
        Assert.True(contact.Units.Count > 15);
        Assert.NotEmpty(contact.Assumptions);
        Assert.Contains(suspected.Starts, start => start.Units.Contains("police-station"));

        var inspection = (await system.Send(new ListEventKinds.Query(), People.Office)).Single(kind => kind.Id == "inspection-called");
        Assert.Contains("education", inspection.Starts.Single(start => start.Duty == "taiping.leading-group-office.inspection-round").Units);
        Assert.All(await system.Send(new ListEventKinds.Query(), People.Office with { Roles = [Role.SystemAdministrator] }), kind => Assert.Empty(kind.Starts));
    }

    [Fact]
    public async Task Whoever_finds_a_case_reports_it_and_no_other_unit_is_asked_to()
    {
        await using var system = await TestSystem.Start(database);
        async Task<IEnumerable<string>> AskedToReport(Actor actor)
        {
            var raised = await system.Send(new RaiseEvent.Command(null, "suspected-case", null, "一例", null), actor);
            var started = await system.Tasks(task => task.SourceReference == raised.Id.ToString());
            Assert.Superset(new HashSet<string> { "health-center", "police-station", "leading-group-office" }, started.Select(task => task.LeadUnit).ToHashSet());
            return started.Where(task => task.Duty == "lanxi.all-units.suspected-case-contact").Select(task => task.LeadUnit);
        }

        Assert.Equal(["finance"], await AskedToReport(People.Liaison("finance", "lanxi")));
        Assert.Empty(await AskedToReport(People.OfficeOf("lanxi")));
        Assert.True((await system.Send(new ListEventKinds.Query(), People.Liaison("finance", "lanxi"))).Single(kind => kind.Id == "suspected-case")
            .Starts.Single(start => start.Duty == "lanxi.all-units.suspected-case-contact").RaiserOnly);
    }

    [Fact]
    public async Task A_number_in_the_summary_is_for_who_acts_and_stands_masked_in_the_record()
    {
        await using var system = await TestSystem.Start(database);
        var raised = await system.Send(new RaiseEvent.Command(null, "suspected-case", null, "发热一例，电话13712340737", null), People.Liaison("education"));

        Assert.Contains("13712340737", (await system.Send(new GetEvent.Query(raised.Id), People.Liaison("health"))).Summary, StringComparison.Ordinal);
        Assert.Equal("发热一例，电话137****0737", (await system.Send(new GetEvent.Query(raised.Id), People.Leader)).Summary);
        var payload = await system.Read(db => db.Audit.Where(entry => entry.Action == "raise-event").Select(entry => entry.Payload).SingleAsync());
        Assert.DoesNotContain("13712340737", payload, StringComparison.Ordinal);
        Assert.Contains("137****0737", payload, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("taiping", "civil-affairs")]
    [InlineData("lanxi", "leading-group-office")]
    public async Task A_shortage_of_supplies_is_somebodys_matter(string jurisdiction, string unit)
    {
        await using var system = await TestSystem.Start(database);
        var raised = await system.Send(new RaiseEvent.Command(null, "material-shortage", null, "缺口罩", null), People.OfficeOf(jurisdiction));
        Assert.Empty(raised.NotStarted);
        Assert.Equal([unit], (await system.Tasks(task => task.SourceReference == raised.Id.ToString())).Select(task => task.LeadUnit));
    }

    [Theory]
    [InlineData("taiping", "联系电话:2454686")]
    [InlineData("lanxi", "兰溪镇联络热线：0737-3265591")]
    [InlineData("lanxi", "兰溪镇卫计院：李医生137****0737")]
    public async Task Shows_the_contacts_of_the_plan_in_its_own_words(string jurisdiction, string quote)
    {
        await using var system = await TestSystem.Start(database);
        var office = People.OfficeOf(jurisdiction);
        var raised = await system.Send(new RaiseEvent.Command(null, "suspected-case", null, "一例", null), office);

        Assert.Contains(quote, (await system.Send(new GetEvent.Query(raised.Id), office)).Contacts.Select(contact => contact.Quote));
        var rumour = await system.Send(new RaiseEvent.Command(null, "rumour", null, "谣言", null), office);
        Assert.Equal(jurisdiction == "taiping", (await system.Send(new GetEvent.Query(rumour.Id), office)).Contacts.Count > 0);
    }

    private static Task<RaiseEvent.Result> Raise(TestSystem system, string data) => system.Send(
        new RaiseEvent.Command(null, "suspected-case", null, "发热", JsonDocument.Parse(data).RootElement.Clone()), People.Liaison("education"));

    private static async Task<List<Guid>> All(TestSystem system, Actor actor, string? kind = null)
    {
        var (seen, cursor) = (new List<Guid>(), (string?)null);
        do
        {
            var page = await system.Send(new ListEvents.Query(null, kind, new Paging(cursor, 1)), actor);
            seen.AddRange(page.Items.Select(raised => raised.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return seen;
    }

    private static Task<int> NewStamp(TestSystem system) => system.Tamper($"UPDATE settings SET value = {Guid.NewGuid().ToString("N")} WHERE key = {StoredSetting.CatalogueStamp}");

    private static async Task NumbersWithoutGap(TestSystem system)
    {
        var numbers = (await system.Tasks(task => task.Jurisdiction == "taiping")).ConvertAll(task => int.Parse(task.Number.Split('-')[2], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers.Order());
    }
}
