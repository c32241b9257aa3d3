using TaskMatrix.Web.Tests.Hosting;

namespace TaskMatrix.Web.Tests.TaskInstances;

/// <summary>Every action over HTTP, done by the right person.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task Goes_from_issue_to_closing_with_signature_and_review()
    {
        var api = await RunningApi.Shared;
        var (office, liaison, head) = (api.As("taiping.office"), api.As("taiping.education"), api.As("taiping.education.head"));
        var id = await api.Task(more: new { signOffRequired = true });

        var task = await liaison.Do(id, "acknowledge");
        Assert.Equal(("inProgress", "taiping.education", RunningApi.Morning), (task.Text("state"), task.Text("assignee"), task.Moment("acknowledgedAt")));

        Assert.Equal(60, (await liaison.Do(id, "progress", new { percent = 60, text = "已核对三处" })).Number("percent"));

        task = await liaison.Do(id, "submit", new { text = "全部核对" });
        Assert.Equal(("pendingSignOff", 100, "done", "taiping.education"), (task.Text("state"), task.Number("percent"), task.Text("outcome"), task.Text("submittedBy")));
        Assert.Null(task["onTime"]);
        (await liaison.Act(id, "sign")).Refused(403, "task.not-allowed");

        task = await head.Do(id, "sign", new { opinion = "同意" });
        Assert.Equal(("pendingReview", true, "taiping.education.head"), (task.Text("state"), task.Flag("onTime"), task.Text("signedBy")));
        (await head.Act(id, "approve")).Refused(403, "task.not-allowed");

        task = await office.Do(id, "approve", new { opinion = "办结" });
        Assert.Equal(("closed", RunningApi.Morning, true), (task.Text("state"), task.Moment("closedAt"), task.Flag("onTime")));
        Assert.Equal(["reopen"], task.Texts("allowedActions"));
    }

    [Theory]
    [InlineData(false, false, "closed")]
    [InlineData(false, true, "pendingReview")]
    [InlineData(true, false, "pendingSignOff")]
    public async Task One_submission_goes_straight_to_the_state_that_results(bool signOffRequired, bool reviewRequired, string state)
    {
        var api = await RunningApi.Shared;
        var id = await api.Task(more: new { signOffRequired, reviewRequired });
        await api.As("taiping.education").Do(id, "acknowledge");
        Assert.Equal(state, (await api.As("taiping.education").Do(id, "submit", new { text = "已办", outcome = "nothingToReport" })).Text("state"));
        if (signOffRequired)
        {
            Assert.Equal("closed", (await api.As("taiping.education.head").Do(id, "sign")).Text("state"));
        }
    }

    [Fact]
    public async Task A_declined_task_is_reassigned_to_the_unit_it_belongs_to()
    {
        var api = await RunningApi.Shared;
        var (office, education, health) = (api.As("taiping.office"), api.As("taiping.education"), api.As("taiping.health"));
        var id = await api.Task();

        var task = await education.Do(id, "decline", new { reason = "属卫健", proposedUnit = "区卫健局" });
        Assert.Equal(("returned", "属卫健", "health", "yellow"), (task.Text("state"), task.Text("reason"), task.Text("proposedUnit"), task.Text("light")));

        task = await office.Do(id, "reassign", new { leadUnit = "health", coUnits = new[] { "education" }, reason = "改由卫健牵头", dueAt = RunningApi.Morning.AddDays(5) });
        Assert.Equal(("pendingAck", "health", RunningApi.Morning.AddDays(5)), (task.Text("state"), task.Text("leadUnit"), task.Moment("dueAt")));
        Assert.Equal(["education"], task.Texts("coUnits"));
        Assert.Equal("区卫健局局长", task.Text("accountablePost"));

        (await education.Act(id, "acknowledge")).Refused(403, "task.not-owner");
        Assert.Equal("inProgress", (await health.Do(id, "acknowledge")).Text("state"));
    }

    [Fact]
    public async Task The_office_refuses_a_return_and_the_unit_has_its_time_again()
    {
        await using var api = await RunningApi.Start();
        var id = await api.Task(more: new { ackWithin = "PT2H" });
        await api.As("taiping.education").Do(id, "decline", new { reason = "不是我们的" });
        (await api.As("taiping.office").Post("/api/exercise/advance", new { by = "PT1H" })).Ok();
        var task = await api.As("taiping.office").Do(id, "refuse-return", new { reason = "职责明确" });
        Assert.Equal(("pendingAck", RunningApi.Morning.AddHours(3), 0), (task.Text("state"), task.Moment("ackBy"), task.Number("escalationLevel")));
    }

    [Fact]
    public async Task Is_handed_over_within_the_unit_only()
    {
        var api = await RunningApi.Shared;
        var id = await api.Task();
        var liaison = api.As("taiping.education");
        await liaison.Do(id, "acknowledge");
        Assert.Equal("taiping.education.head", (await liaison.Do(id, "hand-over", new { toUserName = "taiping.education.head", reason = "出差" })).Text("assignee"));
        (await liaison.Act(id, "hand-over", new { toUserName = "taiping.health", reason = "出差" })).Refused(409, "task.hand-over-outside");
        (await liaison.Act(id, "hand-over", new { toUserName = "lanxi.finance", reason = "出差" })).Refused(409, "task.hand-over-outside");
        (await liaison.Act(id, "hand-over", new { toUserName = "nobody", reason = "出差" })).Invalid("toUserName");
    }

    [Fact]
    public async Task A_co_unit_confirms_its_part_once()
    {
        var api = await RunningApi.Shared;
        var id = await api.Task(more: new { coUnits = new[] { "health" } });
        await api.As("taiping.education").Do(id, "acknowledge");
        (await api.As("taiping.education").Act(id, "confirm")).Refused(403, "task.not-owner");

        var task = await api.As("taiping.health").Do(id, "confirm", new { text = "已配合" });
        Assert.NotNull(task["coOwners"]![0]!["confirmedAt"]);
        (await api.As("taiping.health").Act(id, "confirm")).Refused(409, "task.already-confirmed");
    }

    [Fact]
    public async Task The_head_gives_a_report_back_unsigned()
    {
        var api = await RunningApi.Shared;
        var id = await api.Task(more: new { signOffRequired = true });
        await api.As("taiping.education").Do(id, "acknowledge");
        await api.As("taiping.education").Do(id, "submit", new { text = "已办" });
        (await api.As("taiping.education").Act(id, "refuse-signature", new { reason = "数字不对" })).Refused(403, "task.not-owner");
        var task = await api.As("taiping.education.head").Do(id, "refuse-signature", new { reason = "数字不对" });
        Assert.Equal(("inProgress", "数字不对"), (task.Text("state"), task.Text("reason")));
    }

    [Fact]
    public async Task Nobody_signs_or_approves_what_they_submitted()
    {
        var api = await RunningApi.Shared;
        var id = await api.Task(more: new { signOffRequired = true });
        var head = api.As("taiping.education.head");
        await head.Do(id, "acknowledge");
        await head.Do(id, "submit", new { text = "我自己办的" });
        (await head.Act(id, "sign")).Refused(403, "task.not-allowed");
        (await api.As("taiping.education").Act(id, "sign")).Refused(403, "task.not-allowed");
    }

    [Fact]
    public async Task Work_given_back_is_in_rework_until_it_is_submitted_again()
    {
        var api = await RunningApi.Shared;
        var (office, liaison) = (api.As("taiping.office"), api.As("taiping.education"));
        var id = await api.Task();
        await liaison.Do(id, "acknowledge");
        await liaison.Do(id, "submit", new { text = "已办" });

        var task = await office.Do(id, "return", new { reason = "缺两处", dueAt = RunningApi.Morning.AddDays(4) });
        Assert.Equal(("inProgress", "yellow", 1), (task.Text("state"), task.Text("light"), task.Number("returnRounds")));
        Assert.Equal(RunningApi.Morning.AddDays(4), task.Moment("dueAt"));
        Assert.Null(task["onTime"]);

        await liaison.Do(id, "submit", new { text = "已补" });
        Assert.Equal("closed", (await office.Do(id, "approve")).Text("state"));

        task = await office.Do(id, "reopen", new { reason = "复核发现问题", dueAt = RunningApi.Morning.AddDays(6) });
        Assert.Equal(("inProgress", RunningApi.Morning.AddDays(6)), (task.Text("state"), task.Moment("dueAt")));
    }

    [Fact]
    public async Task A_suspended_task_keeps_the_time_it_had_left()
    {
        await using var api = await RunningApi.Start();
        var (office, liaison) = (api.As("taiping.office"), api.As("taiping.education"));
        var id = await api.Task(more: new { dueIn = "PT5H" });
        await liaison.Do(id, "acknowledge");
        var task = await office.Do(id, "suspend", new { reason = "等待批复", expectedResume = RunningApi.Morning.AddHours(3) });
        Assert.Equal(("suspended", "grey"), (task.Text("state"), task.Text("light")));
        (await liaison.Act(id, "submit", new { text = "已办" })).Refused(409, "task.wrong-state");

        (await office.Post("/api/exercise/advance", new { by = "PT2H" })).Ok();
        task = await office.Do(id, "resume");
        Assert.Equal(("inProgress", RunningApi.Morning.AddHours(7)), (task.Text("state"), task.Moment("dueAt")));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task An_extension_is_asked_for_in_time_and_decided_by_the_office(bool granted, int extensions)
    {
        var api = await RunningApi.Shared;
        var (office, liaison) = (api.As("taiping.office"), api.As("taiping.education"));
        var id = await api.Task();
        await liaison.Do(id, "acknowledge");
        (await office.Act(id, "decide-extension", new { granted, opinion = "无" })).Refused(409, "task.no-extension-request");
        (await liaison.Act(id, "request-extension", new { reason = "r", progress = "p", dueAt = RunningApi.Morning.AddDays(2) })).Refused(409, "task.extension-not-later");

        var wanted = RunningApi.Morning.AddDays(6);
        var task = await liaison.Do(id, "request-extension", new { reason = "物资未到", progress = "完成一半", dueAt = wanted });
        Assert.Equal((wanted, "完成一半"), (task["pendingExtension"]!.Moment("dueAt"), task["pendingExtension"]!.Text("progress")));
        (await liaison.Act(id, "request-extension", new { reason = "r", progress = "p", dueAt = wanted })).Refused(409, "task.extension-pending");

        task = await office.Do(id, "decide-extension", new { granted, opinion = "按此办理" });
        Assert.Equal((granted ? wanted : RunningApi.Morning.AddDays(3), extensions), (task.Moment("dueAt"), task.Number("extensions")));
        Assert.Null(task["pendingExtension"]);
    }

    [Fact]
    public async Task Urging_by_hand_raises_no_level()
    {
        var api = await RunningApi.Shared;
        var id = await api.Task();
        var task = await api.As("taiping.office").Do(id, "urge", new { text = "请尽快签收" });
        Assert.Equal(("pendingAck", 0, 2), (task.Text("state"), task.Number("escalationLevel"), task.Number("version")));
    }

    [Theory]
    [InlineData("taiping.office", "mark-not-applicable", "notApplicable")]
    [InlineData("taiping.office", "terminate", "terminated")]
    [InlineData("taiping.leader", "terminate", "terminated")]
    public async Task Is_called_off_with_a_reason(string user, string action, string state)
    {
        var api = await RunningApi.Shared;
        var id = await api.Task();
        (await api.As(user).Act(id, action)).Invalid("reason");
        var task = await api.As(user).Do(id, action, new { reason = "响应解除" });
        Assert.Equal((state, "grey", "响应解除"), (task.Text("state"), task.Text("light"), task.Text("reason")));
        (await api.As("taiping.education").Act(id, "acknowledge")).Refused(409, "task.wrong-state");
    }

    [Fact]
    public async Task The_offices_own_task_is_reviewed_by_a_leader()
    {
        var api = await RunningApi.Shared;
        var id = await api.Task("leading-group-office");
        var liaison = api.As("taiping.leading-group-office");
        await liaison.Do(id, "acknowledge");
        await liaison.Do(id, "submit", new { text = "已办" });
        (await api.As("taiping.office").Act(id, "approve")).Refused(403, "task.not-allowed");
        Assert.Equal("closed", (await api.As("taiping.leader").Do(id, "approve")).Text("state"));
    }

    [Fact]
    public async Task Evidence_is_wanted_where_it_is_asked_for()
    {
        var api = await RunningApi.Shared;
        var liaison = api.As("taiping.education");
        var id = await api.Task(more: new { evidenceRequired = true });
        await liaison.Do(id, "acknowledge");
        (await liaison.Act(id, "submit", new { text = "已办" })).Refused(409, "task.evidence-missing");
        var file = (await liaison.Upload("清单"u8.ToArray(), "清单.txt")).Ok(201).Text("id");
        var task = await liaison.Do(id, "submit", new { text = "已办", attachmentIds = new[] { file } });
        Assert.Equal([file], task.Texts("attachmentIds"));
    }

    [Fact]
    public async Task What_may_be_done_now_is_what_is_allowed()
    {
        var api = await RunningApi.Shared;
        var id = await api.Task(more: new { coUnits = new[] { "health" } });
        async Task<string> Allowed(string user) => string.Join(' ', (await api.As(user).Read(id)).Texts("allowedActions"));

        Assert.Equal("acknowledge decline request-extension", await Allowed("taiping.education"));
        Assert.Equal("", await Allowed("taiping.health"));
        Assert.Equal("reassign suspend urge mark-not-applicable terminate", await Allowed("taiping.office"));
        Assert.Equal("terminate", await Allowed("taiping.leader"));
        Assert.Equal("", await Allowed("taiping.inspector"));
    }

    [Fact]
    public async Task A_stale_version_is_refused_and_the_right_one_taken()
    {
        var api = await RunningApi.Shared;
        var id = await api.Task();
        await api.As("taiping.office").Do(id, "urge");
        (await api.As("taiping.education").Act(id, "acknowledge", new { expectedVersion = 1 })).Refused(409, "task.version-conflict");
        (await api.As("taiping.health").Act(id, "acknowledge", new { expectedVersion = 1 })).Refused(404, "not-found");
        Assert.Equal(3, (await api.As("taiping.education").Do(id, "acknowledge", new { expectedVersion = 2 })).Number("version"));
    }
}
