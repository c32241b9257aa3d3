using TaskMatrix.Web.Tests.Hosting;
using TaskMatrix.Web.Tests.TaskInstances;

namespace TaskMatrix.Web.Tests.Workflows;

/// <summary>From a suspected case to who has read what was done about it, and the other ways work begins, over the API.</summary>
public sealed class EventJourneyTests
{
    private static readonly string Long = new('字', 5001);

    [Theory]
    [InlineData("taiping", "education", "gov-office", "leading-group")]
    [InlineData("lanxi", "finance", "finance", "health-center")]
    public async Task A_suspected_case_is_dealt_with_and_read(string jurisdiction, string reporter, string unit, string reader)
    {
        await using var api = await RunningApi.Start();
        var raised = (await api.As($"{jurisdiction}.{reporter}").Post("/api/events", new { kind = "suspected-case", summary = "发热、咳嗽一例", data = new { people = 1, contact = "13712340737" } })).Ok(201);
        var office = api.As($"{jurisdiction}.office");
        var tasks = (await office.Get($"/api/events/{raised.Text("id")}")).Ok()["tasks"]!.AsArray();
        Assert.Equal(raised.Texts("taskIds").Order(), tasks.Select(task => task!.Text("id")).Order());
        Assert.Empty(raised["notStarted"]!.AsArray());

        var id = tasks.First(task => task!.Text("unit") == unit)!.Text("id");
        var (liaison, head) = (api.As($"{jurisdiction}.{unit}"), api.As($"{jurisdiction}.{unit}.head"));
        Assert.True((await liaison.Read(id)).Flag("urgent"));
        await liaison.Do(id, "acknowledge");
        await liaison.Do(id, "submit", new { text = "已报告并通报" });
        await head.Do(id, "sign");
        await office.Do(id, "approve");

        var receipts = await api.As($"{jurisdiction}.{reader}").All("/api/receipts");
        Assert.Equal("已报告并通报", Assert.Single(receipts, receipt => receipt.Text("taskId") == id).Text("reportText"));
        await api.As($"{jurisdiction}.{reader}").Do(id, "confirm-receipt", new { text = "阅" });
        Assert.DoesNotContain(await api.As($"{jurisdiction}.{reader}").All("/api/receipts"), receipt => receipt.Text("taskId") == id);
        (await api.As($"{jurisdiction}.{reader}").Act(id, "confirm-receipt")).Refused(409, "task.already-read");
        var events = (await office.Get($"/api/tasks/{id}/events")).Ok().AsArray();
        Assert.Equal("confirm-receipt", events[^1]!.Text("action"));
    }

    [Fact]
    public async Task The_same_key_twice_starts_one_set_of_tasks()
    {
        await using var api = await RunningApi.Start();
        var body = new { kind = "suspected-case", summary = "一例" };
        var first = (await api.As("taiping.health").Post("/api/events", body, key: "case-1")).Ok(201);
        var second = (await api.As("taiping.health").Post("/api/events", body, key: "case-1")).Ok(201);

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Single(await api.As("taiping.office").All("/api/events?kind=suspected-case"));
        var started = await api.As("taiping.office").All("/api/tasks?urgent=true");
        Assert.Equal(first.Texts("taskIds").Order(), started.Select(task => task.Text("id")).Order());
    }

    [Fact]
    public async Task The_contact_is_shown_to_who_acts_and_masked_to_the_others()
    {
        await using var api = await RunningApi.Start();
        var id = (await api.As("taiping.education").Post("/api/events", new { kind = "suspected-case", summary = "一例", data = new { contact = "13712340737" } })).Ok(201).Text("id");

        Assert.Equal("13712340737", (await api.As("taiping.health").Get($"/api/events/{id}")).Ok()["data"]!.Text("contact"));
        foreach (var other in new[] { "taiping.leader", "taiping.inspector", "taiping.education", "taiping.leading-group" })
        {
            var answers = (await api.As(other).Get($"/api/events/{id}")).Text + (await api.As(other).Get("/api/events")).Text;
            Assert.Contains("137****0737", answers, StringComparison.Ordinal);
            Assert.DoesNotContain("13712340737", answers, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"kind":"suspected-case","summary":"s","data":{"people":"two"}}""", "data.people")]
    [InlineData("""{"kind":"suspected-case","summary":"s","data":{"unknown":1}}""", "data.unknown")]
    [InlineData("""{"kind":"suspected-case","summary":"s","occurredAt":"2030-01-01T00:00:00+08:00"}""", "occurredAt")]
    public async Task An_event_with_bad_values_is_refused_at_its_field(string body, string field)
    {
        var api = await RunningApi.Shared;
        (await api.As("taiping.office").PostText("/api/events", body)).Invalid(field);
    }

    [Fact]
    public async Task Bad_values_of_instructions_and_meetings_get_clear_problems()
    {
        await using var api = await RunningApi.Start();
        var (leader, office) = (api.As("taiping.leader"), api.As("taiping.office"));
        (await leader.Post("/api/instructions", new { text = Long })).Invalid("text");
        (await leader.Post("/api/instructions", new { text = "" })).Invalid("text");
        (await leader.Post("/api/instructions", new { text = "t", dueAt = RunningApi.Morning.AddDays(-1) })).Refused(400, "instruction.due-in-past");
        (await office.Post("/api/instructions", new { text = "t" })).Invalid("onBehalfOf");
        (await office.Post("/api/instructions", new { text = "t", onBehalfOf = "nobody" })).Invalid("onBehalfOf");
        var instruction = (await leader.Post("/api/instructions", new { text = "<svg onload=alert(1)>" })).Ok(201).Text("id");
        (await office.Post($"/api/instructions/{instruction}/tasks", new { tasks = Array.Empty<object>() })).Invalid("tasks");
        (await office.PostText($"/api/instructions/{instruction}/tasks", """{"tasks":[null]}""")).Refused(400, "validation.failed");
        (await office.Post($"/api/instructions/{instruction}/tasks", new { tasks = new[] { new { title = "t", leadUnit = "nobody", dueIn = "P1D" } } })).Invalid("tasks[0].leadUnit");
        (await office.Post($"/api/instructions/{instruction}/tasks", new { tasks = new[] { new { title = "t", leadUnit = "justice", dueIn = "soon" } } })).Invalid("tasks[0].dueIn");

        (await office.Post("/api/meetings", new { title = "", agenda = Long })).Invalid("agenda");
        (await office.Post("/api/meetings", new { title = "t", agenda = "a", wishedAt = RunningApi.Morning.AddDays(-1) })).Refused(400, "meeting.in-past");
        var meeting = (await office.Post("/api/meetings", new { title = "t", agenda = "a" })).Ok(201).Text("id");
        (await office.Post($"/api/meetings/{meeting}/call", new { place = "p" })).Invalid("startsAt");
        (await office.Post($"/api/meetings/{meeting}/call", new { startsAt = RunningApi.Morning.AddDays(-1), place = "p" })).Refused(400, "meeting.in-past");
        (await office.Post($"/api/meetings/{meeting}/call", new { startsAt = RunningApi.Morning.AddDays(1), place = "p", invitees = new[] { "nobody" } })).Invalid("invitees");
        (await office.Post($"/api/meetings/{meeting}/call", new { startsAt = RunningApi.Morning.AddDays(1), place = "p", invitees = Array.Empty<string>() })).Refused(400, "meeting.no-invitees");
        (await office.Get("/api/meetings?state=asleep")).Invalid("state");
        (await office.Get("/api/instructions?cursor=x")).Invalid("cursor");
        Assert.Empty(api.ServerFaults);
    }

    [Fact]
    public async Task An_instruction_goes_from_the_leader_to_a_unit_and_back()
    {
        await using var api = await RunningApi.Start();
        var issued = (await api.As("taiping.leader").Post("/api/instructions", new { text = "请立即摸清底数", dueAt = RunningApi.Morning.AddDays(2) })).Ok(201);
        Assert.Equal(("批示-2020-0001", "issued"), (issued.Text("number"), issued.Text("state")));
        var office = api.As("taiping.office");
        var tasked = (await office.Post($"/api/instructions/{issued.Text("id")}/tasks", new { tasks = new[] { new { title = "摸清底数", leadUnit = "justice", reviewRequired = false } } })).Ok();
        var task = tasked["tasks"]!.AsArray().Single()!;
        Assert.Equal(issued.Moment("dueAt"), task.Moment("dueAt"));

        await api.As("taiping.justice").Do(task.Text("id"), "acknowledge");
        await api.As("taiping.justice").Do(task.Text("id"), "submit", new { text = "共三人" });
        Assert.Equal("inProgress", (await office.Get($"/api/instructions/{issued.Text("id")}")).Ok().Text("state"));
        await api.As("taiping.justice.head").Do(task.Text("id"), "sign");
        (await office.Post($"/api/instructions/{issued.Text("id")}/feedback", new { text = "已摸清，共三人" })).Ok();

        var seen = (await api.As("taiping.leader").Get($"/api/instructions/{issued.Text("id")}")).Ok();
        Assert.Equal(("closed", "共三人", "已摸清，共三人"), (seen.Text("state"), seen["tasks"]![0]!.Text("reportText"), seen["feedback"]![0]!.Text("text")));
        Assert.Empty((await api.As("taiping.leader").Get("/api/instructions?state=issued")).Ok()["items"]!.AsArray());
    }

    [Fact]
    public async Task A_meeting_is_called_answered_and_turned_into_a_task_with_its_file()
    {
        await using var api = await RunningApi.Start();
        var (office, unit) = (api.As("taiping.office"), api.As("taiping.justice"));
        var id = (await api.As("taiping.health").Post("/api/meetings", new { title = "会商", agenda = "研判" })).Ok(201).Text("id");
        (await office.Post($"/api/meetings/{id}/call", new { startsAt = RunningApi.Morning.AddHours(2), place = "三楼", invitees = new[] { "justice" } })).Ok();
        (await unit.Post($"/api/meetings/{id}/confirm", new { })).Invalid("attending");
        (await unit.Post($"/api/meetings/{id}/confirm", new { attending = true, attendee = "副局长" })).Ok();
        (await office.Post($"/api/meetings/{id}/move", new { startsAt = RunningApi.Morning.AddHours(2.5), reason = "领导外出" })).Ok();
        (await office.Post($"/api/meetings/{id}/move", new { startsAt = RunningApi.Morning.AddHours(2.5), reason = "再次" })).Refused(409, "meeting.not-moved");
        var early = (await office.Post($"/api/meetings/{id}/minutes", new { text = "纪要", attendees = Array.Empty<string>(), decisions = Array.Empty<object>() })).Refused(409, "meeting.not-begun");
        Assert.Contains(RunningApi.Morning.AddHours(2.5).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture), early.Text("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("+00", early.Text("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("minutes", (await office.Get($"/api/meetings/{id}")).Ok().Texts("allowedActions"));

        (await office.Post("/api/exercise/advance", new { by = "PT3H" })).Ok();
        var file = (await office.Upload("纪要"u8.ToArray(), "纪要.txt")).Ok(201).Text("id");
        (await office.Post($"/api/meetings/{id}/minutes", new { text = "会议纪要" })).Invalid("attendees");
        var held = (await office.Post($"/api/meetings/{id}/minutes", new
        {
            text = "会议纪要", attendees = new[] { "justice" }, attachmentIds = new[] { file }, decisions = new[] { new { text = "加强宣传", leadUnit = "justice", dueIn = "P1D" } },
        })).Ok();

        var task = held["decisions"]![0]!["task"]!;
        Assert.Equal(("held", "justice"), (held.Text("state"), task.Text("unit")));
        Assert.Equal(("meeting", id), ((await unit.Read(task.Text("id")))["source"]!.Text("kind"), (await unit.Read(task.Text("id")))["source"]!.Text("reference")));
        Assert.Equal(200, (await unit.Get($"/api/attachments/{file}")).Status);
        Assert.Equal(404, (await api.As("taiping.finance").Get($"/api/attachments/{file}")).Status);
        var amended = (await office.Post($"/api/meetings/{id}/amend", new { text = "更正后的纪要", attendees = new[] { "justice", "finance" }, reason = "漏记一家" })).Ok();
        Assert.Equal(("更正后的纪要", "会议纪要"), (amended.Text("minutes"), amended["minutesVersions"]![0]!.Text("text")));
    }
}
