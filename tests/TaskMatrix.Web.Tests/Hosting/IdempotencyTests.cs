using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Tests.TaskInstances;

namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>A request that is sent again after a lost answer does its work once.</summary>
public sealed class IdempotencyTests
{
    private static readonly object Body = new { title = "核对一次", leadUnit = "agriculture", dueIn = "P3D" };

    [Fact]
    public async Task The_same_request_gets_the_same_answer_and_has_one_effect()
    {
        var api = await RunningApi.Shared;
        var (office, key) = (api.As("taiping.office"), Key());
        var first = await office.Post("/api/tasks", Body, key);
        await api.As("taiping.agriculture").Do(first.Ok(201).Text("id"), "acknowledge");
        var again = await office.Post("/api/tasks", Body, key);

        Assert.Equal((first.Status, first.Text, first.Location, first.MediaType), (again.Status, again.Text, again.Location, again.MediaType));
        Assert.Equal(["true"], again.Headers["Idempotency-Replayed"]);
        Assert.Empty(first.Headers["Idempotency-Replayed"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    public async Task An_empty_or_endless_key_is_refused_and_nothing_is_done(int length)
    {
        var office = (await RunningApi.Shared).As("taiping.office");
        var title = "不应出现" + Key();
        (await office.Post("/api/tasks", new { title, leadUnit = "agriculture", dueIn = "P3D" }, new string('k', length))).Refused(400, "idempotency.bad-key");
        Assert.Empty(await office.All($"/api/tasks?q={title}"));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var api = await RunningApi.Shared;
        var (office, key) = (api.As("taiping.office"), Key());
        (await office.Post("/api/tasks", Body, key)).Ok(201);
        (await office.Post("/api/tasks", new { title = "另一件", leadUnit = "agriculture", dueIn = "P3D" }, key)).Refused(422, "idempotency.key-reused");
    }

    [Fact]
    public async Task The_same_key_of_another_person_or_for_another_path_stands_for_itself()
    {
        var api = await RunningApi.Shared;
        var key = Key();
        var (first, second) = (await api.Task(), await api.Task());
        var liaison = api.As("taiping.education");
        (await liaison.Post($"/api/tasks/{first}/acknowledge", key: key)).Ok();
        (await liaison.Post($"/api/tasks/{second}/acknowledge", key: key)).Ok();
        (await api.As("taiping.education.head").Post($"/api/tasks/{first}/acknowledge", key: key)).Refused(409, "task.wrong-state");
        (await api.As("taiping.health").Post($"/api/tasks/{first}/acknowledge", key: key)).Refused(404, "not-found");
    }

    [Fact]
    public async Task An_action_is_answered_as_it_was_though_the_task_has_moved_on()
    {
        var api = await RunningApi.Shared;
        var (liaison, key, id) = (api.As("taiping.education"), Key(), await api.Task());
        var first = await liaison.Post($"/api/tasks/{id}/acknowledge", new { expectedVersion = 1 }, key);
        await liaison.Do(id, "submit", new { text = "已办" });
        Assert.Equal(first.Text, (await liaison.Post($"/api/tasks/{id}/acknowledge", new { expectedVersion = 1 }, key)).Text);
        (await liaison.Post($"/api/tasks/{id}/acknowledge", new { expectedVersion = 1 })).Refused(409, "task.version-conflict");
    }

    [Fact]
    public async Task Failures_are_not_kept()
    {
        var api = await RunningApi.Shared;
        var (liaison, key, id) = (api.As("taiping.education"), Key(), await api.Task());
        (await liaison.Post($"/api/tasks/{id}/submit", new { text = "已办" }, key)).Refused(409, "task.wrong-state");
        (await liaison.Post($"/api/tasks/{id}/submit", new { }, key)).Invalid("text");
        await liaison.Do(id, "acknowledge");
        Assert.Equal("pendingReview", (await liaison.Post($"/api/tasks/{id}/submit", new { text = "已办" }, key)).Ok().Text("state"));
    }

    [Fact]
    public async Task Sixteen_at_once_make_one_task()
    {
        var api = await RunningApi.Shared;
        var (office, key) = (api.As("taiping.office"), Key());
        var body = new { title = "并发核对 " + key, leadUnit = "agriculture", dueIn = "P3D" };
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => office.Post("/api/tasks", body, key)));

        Assert.Single(answers.Select(answer => (answer.Status, answer.Text, answer.Location)).Distinct());
        Assert.Equal(201, answers[0].Status);
        Assert.Single(await office.All("/api/tasks?q=" + Uri.EscapeDataString(body.title)));
    }

    [Fact]
    public async Task Holds_for_a_bulk_call_also_when_sent_at_once()
    {
        var api = await RunningApi.Shared;
        var (liaison, key) = (api.As("taiping.education"), Key());
        var (fresh, done) = (await api.Task(), await api.Task());
        await liaison.Do(done, "acknowledge");
        var body = new { action = "acknowledge", taskIds = new[] { fresh, done } };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => liaison.Post("/api/tasks/bulk", body, key)));

        Assert.Single(answers.Select(answer => (answer.Status, answer.Text)).Distinct());
        Assert.Equal([true, false], answers[0].Ok()["results"]!.AsArray().Select(result => result!.Flag("ok")));
        Assert.Equal(2, (await liaison.Read(fresh)).Number("version"));
        (await liaison.Post("/api/tasks/bulk", new { action = "acknowledge", taskIds = new[] { fresh } }, key)).Refused(422, "idempotency.key-reused");
    }

    [Fact]
    public async Task A_bulk_call_broken_off_before_its_answer_goes_on_where_it_was()
    {
        await using var api = await RunningApi.Start();
        var (liaison, key) = (api.As("taiping.education"), Key());
        var body = new { action = "acknowledge", taskIds = new[] { await api.Task(), await api.Task() } };
        var first = (await liaison.Post("/api/tasks/bulk", body, key)).Ok().ToJsonString();
        await api.Services.GetRequiredService<IWriteGate>().Run(
            (db, ct) => db.IdempotentAnswers.Where(answer => answer.Answer.StartsWith("{\"results\"")).ExecuteDeleteAsync(ct), CancellationToken.None);

        Assert.Equal(first, (await liaison.Post("/api/tasks/bulk", body, key)).Ok().ToJsonString());
        Assert.Equal(2, (await liaison.Read(body.taskIds[0])).Number("version"));
    }

    [Fact]
    public async Task Holds_for_moving_the_clock_also_when_sent_at_once()
    {
        await using var api = await RunningApi.Start();
        var (office, key) = (api.As("taiping.office"), Key());
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => office.Post("/api/exercise/advance", new { by = "PT1H" }, key)));
        Assert.All(answers, answer => Assert.Equal((200, answers[0].Text), (answer.Status, answer.Text)));
        Assert.Equal(RunningApi.Morning.AddHours(1), (await office.Get("/api/exercise/clock")).Ok().Moment("now"));
        (await office.Post("/api/exercise/advance", new { by = "PT2H" }, key)).Refused(422, "idempotency.key-reused");
    }

    [Fact]
    public async Task Holds_for_events_plans_and_files()
    {
        await using var api = await RunningApi.Start();
        var (office, key) = (api.As("taiping.office"), Key());
        async Task<Answer> Twice(Func<Task<Answer>> send)
        {
            var (first, again) = (await send(), await send());
            Assert.Equal((first.Status, first.Text, first.Location), (again.Status, again.Text, again.Location));
            return first;
        }

        (await Twice(() => office.Post("/api/events", new { kind = "suspected-case", summary = "发热一例" }, key))).Ok(201);
        (await Twice(() => office.Post("/api/plans", new { title = "补充方案", issuedOn = "2020-01-24", text = "各单位做好值班。" }, key))).Ok(201);
        Assert.Equal(2, (await office.Get("/api/plans")).Ok().AsArray().Count);

        var bytes = "一份清单"u8.ToArray();
        var file = (await office.Upload(bytes, "清单.txt", key)).Ok(201);
        Assert.Equal(file.ToJsonString(), (await office.Upload(bytes, "清单.txt", key)).Ok(201).ToJsonString());
        (await office.Upload("另一份"u8.ToArray(), "清单.txt", key)).Refused(422, "idempotency.key-reused");
    }

    [Fact]
    public async Task A_key_is_forgotten_after_a_day_of_the_wall_clock()
    {
        await using var api = await RunningApi.Start();
        var (office, key) = (api.As("taiping.office"), Key());
        var first = (await office.Post("/api/tasks", Body, key)).Ok(201).Text("id");
        api.Wall.Now += TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1);
        Assert.Equal(first, (await office.Post("/api/tasks", Body, key)).Ok(201).Text("id"));
        api.Wall.Now += TimeSpan.FromSeconds(1);
        Assert.NotEqual(first, (await office.Post("/api/tasks", Body, key)).Ok(201).Text("id"));
    }

    [Fact]
    public async Task Two_who_acknowledge_at_once_have_one_winner()
    {
        var api = await RunningApi.Shared;
        for (var round = 0; round < 5; round++)
        {
            var id = await api.Task();
            var answers = await Task.WhenAll(api.As("taiping.education").Act(id, "acknowledge"), api.As("taiping.education.head").Act(id, "acknowledge"));
            Assert.Equal([200, 409], answers.Select(answer => answer.Status).Order());
            Assert.Equal("task.wrong-state", answers.Single(answer => answer.Status == 409).Code);
            Assert.Equal(2, (await api.As("taiping.office").Read(id)).Number("version"));
        }
    }

    [Fact]
    public async Task Many_who_act_on_one_version_have_one_winner()
    {
        var api = await RunningApi.Shared;
        var id = await api.Task();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => api.As("taiping.office").Act(id, "urge", new { expectedVersion = 1 })));
        Assert.Equal(1, answers.Count(answer => answer.Status == 200));
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Refused(409, "task.version-conflict"));
    }

    [Fact]
    public async Task Many_who_write_at_once_lose_nothing()
    {
        var api = await RunningApi.Shared;
        var id = await api.Task("finance");
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => api.As("taiping.office").Act(id, "urge", new { text = $"第{i}次" })));
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        var texts = (await api.As("taiping.office").Get($"/api/tasks/{id}/events")).Ok().AsArray().Select(one => one!.TextOrNull("reason")).OfType<string>().ToList();
        Assert.Equal(32, texts.Distinct().Count());
        Assert.Equal(33, (await api.As("taiping.office").Read(id)).Number("version"));
    }

    private static string Key() => Guid.NewGuid().ToString("N");
}
