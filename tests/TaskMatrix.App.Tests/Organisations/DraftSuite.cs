using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Tests.Storage;
using TaskMatrix.App.Tests.TaskInstances;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Tests.Organisations;

public sealed class DraftsOnSqlite() : DraftSuite(new SqliteDatabase());

public sealed class DraftsOnPostgres() : DraftSuite(new PostgresDatabase());

/// <summary>What somebody has begun to write and not sent.</summary>
public abstract class DraftSuite(ITestDatabase database)
{
    private static readonly Actor Liaison = People.Liaison("education"), Other = People.Liaison("health");

    [Fact]
    public async Task Is_filled_in_again_after_a_restart_as_it_was_saved_last()
    {
        var system = await TestSystem.Start(database);
        await system.Send(Draft("f-submit", ("text", "写了一半")), Liaison);
        await system.Send(Draft("f-submit", ("text", "写到这里"), ("outcome", "done")), Liaison);

        await using var again = await system.Restart();
        var found = Assert.Single(await again.Send(new FindDrafts.Query("/tasks/1", "/tasks/1?from=desk"), Liaison));

        Assert.Equal(["写到这里"], found.Values["text"]);
        Assert.Equal(("f-submit", "写到这里", "太平-2020-000001 核查"), (found.Draft.Form, found.Draft.Excerpt, found.Draft.About));
        Assert.Single(await again.Send(new ListDrafts.Query(), Liaison));
    }

    [Fact]
    public async Task Is_nobody_elses()
    {
        await using var system = await TestSystem.Start(database);
        var draft = await system.Send(Draft("f-submit", ("text", "只给自己看")), Liaison);

        Assert.Empty(await system.Send(new ListDrafts.Query(), Other));
        Assert.Empty(await system.Send(new FindDrafts.Query("/tasks/1", "/tasks/1"), Other));
        Assert.False((await system.Send(new DiscardDraft.Command(draft.Id), Other)).Discarded);
        await system.Send(Draft("f-submit", ("text", "另一个人的")), Other);
        Assert.Equal("只给自己看", Assert.Single(await system.Send(new ListDrafts.Query(), Liaison)).Excerpt);

        Assert.True((await system.Send(new DiscardDraft.Command(draft.Id), Liaison)).Discarded);
        Assert.Empty(await system.Send(new ListDrafts.Query(), Liaison));
        Assert.Single(await system.Send(new ListDrafts.Query(), Other));
    }

    [Fact]
    public async Task Ends_in_the_transaction_that_does_what_the_form_was_for()
    {
        await using var system = await TestSystem.Start(database);
        var task = await system.Assign();
        await system.Send(Draft("f-acknowledge", ("text", "a")), Liaison);
        await system.Send(Draft("f-submit", ("text", "b")), Liaison);
        await system.Send(Draft("f-acknowledge", ("text", "c")), Other);

        await Written(system, new AcknowledgeTask.Command(task.Id, null), Liaison, "f-acknowledge");

        Assert.Equal("f-submit", Assert.Single(await system.Send(new ListDrafts.Query(), Liaison)).Form);
        Assert.Single(await system.Send(new ListDrafts.Query(), Other));
    }

    [Fact]
    public async Task Stays_when_the_form_is_refused()
    {
        await using var system = await TestSystem.Start(database);
        var task = await system.Assign();
        await system.Send(Draft("f-submit", ("text", "还没签收")), Liaison);

        await Assert.ThrowsAsync<RuleBrokenException>(() => Written(system, new SubmitTask.Command(task.Id, null, "还没签收", null, null, null), Liaison, "f-submit"));

        Assert.Single(await system.Send(new ListDrafts.Query(), Liaison));
    }

    [Fact]
    public async Task Keeps_no_secret_and_leaves_nothing_in_the_record()
    {
        await using var system = await TestSystem.Start(database);
        var entries = await system.Read(db => db.Audit.CountAsync());

        await system.Send(Draft("f-x", ("text", "x"), ("password", "geheim"), ("formToken", "t"), ("attachmentIds", "7")), Liaison);

        Assert.Equal(["text"], Assert.Single(await system.Send(new FindDrafts.Query("/tasks/1", "/tasks/1"), Liaison)).Values.Keys);
        Assert.DoesNotContain("geheim", (await system.Read(db => db.Drafts.SingleAsync())).Values, StringComparison.Ordinal);
        Assert.Equal(entries, await system.Read(db => db.Audit.CountAsync()));
    }

    [Fact]
    public async Task Is_forgotten_after_thirty_days_and_not_before()
    {
        await using var system = await TestSystem.Start(database);
        await system.Send(Draft("f-old", ("text", "x")), Liaison);
        system.Pass(TimeSpan.FromDays(DraftRules.DaysKept));
        Assert.Single(await system.Send(new ListDrafts.Query(), Liaison));

        system.Pass(TimeSpan.FromMinutes(1));
        Assert.Empty(await system.Send(new ListDrafts.Query(), Liaison));
        Assert.Empty(await system.Send(new FindDrafts.Query("/tasks/1", "/tasks/1"), Liaison));

        await system.Send(Draft("f-new", ("text", "y")), Other);
        Assert.Equal("f-new", (await system.Read(db => db.Drafts.SingleAsync())).Form);
    }

    [Fact]
    public async Task One_too_large_or_one_too_many_is_refused_and_the_others_stay()
    {
        await using var system = await TestSystem.Start(database);
        await Refused("draft.too-large", system.Send(Draft("f-big", ("text", new string('长', DraftRules.LargestBytes / 3))), Liaison));
        for (var number = 1; number <= DraftRules.Most; number++)
        {
            await system.Send(Draft($"f-{number}", ("text", "x")), Liaison);
        }

        await Refused("draft.too-many", system.Send(Draft("f-more", ("text", "x")), Liaison));
        await system.Send(Draft("f-1", ("text", "改过")), Liaison);
        await system.Send(Draft("f-more", ("text", "x")), Other);
        var drafts = await system.Send(new ListDrafts.Query(), Liaison);
        Assert.Equal((DraftRules.Most, true), (drafts.Count, drafts.Any(draft => draft.Excerpt == "改过")));
    }

    [Fact]
    public async Task What_comes_after_the_form_was_done_is_refused_and_a_fresh_form_begins_another_one()
    {
        await using var system = await TestSystem.Start(database);
        var task = await system.Assign();
        var draft = Draft("f-acknowledge", ("text", "还在路上")) with { DoneKey = "shown-once" };
        await system.Send(draft, Liaison);
        await Written(system, new AcknowledgeTask.Command(task.Id, null), Liaison, "f-acknowledge", "shown-once");

        await Refused("draft.done", system.Send(draft, Liaison));
        Assert.Empty(await system.Send(new ListDrafts.Query(), Liaison));

        await system.Send(draft with { DoneKey = "shown-again" }, Liaison);
        Assert.Single(await system.Send(new ListDrafts.Query(), Liaison));
    }

    /// <summary>Whichever of the two comes first, nothing is left of what was sent.</summary>
    [Fact]
    public async Task None_is_left_when_one_is_saved_while_its_form_is_done()
    {
        await using var system = await TestSystem.Start(database);
        for (var round = 0; round < 20; round++)
        {
            var (task, key) = (await system.Assign(), $"round-{round}");
            var saving = Save(Draft("f-acknowledge", ("text", key)) with { DoneKey = key });
            await Task.WhenAll(saving, Written(system, new AcknowledgeTask.Command(task.Id, null), Liaison, "f-acknowledge", key));
            Assert.Empty(await system.Send(new ListDrafts.Query(), Liaison));
        }

        async Task Save(SaveDraft.Command draft)
        {
            try
            {
                await system.Send(draft, Liaison);
            }
            catch (RuleBrokenException e) when (e.Code == "draft.done")
            {
                // The form was first.
            }
        }
    }

    private static SaveDraft.Command Draft(string form, params (string Field, string Value)[] values) =>
        new("/tasks/1", form, "action.submit", "太平-2020-000001 核查", values.ToDictionary(value => value.Field, value => new[] { value.Value }));

    private static async Task Refused(string code, Task attempt) => Assert.Equal(code, (await Assert.ThrowsAsync<RuleBrokenException>(() => attempt)).Code);

    /// <summary>As a page sends it: the command does what the form was for.</summary>
    private static async Task Written<T>(TestSystem system, IRequest<T> command, Actor actor, string form, string? doneKey = null)
    {
        await using var scope = system.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Actor = actor;
        scope.ServiceProvider.GetRequiredService<Session>().Written = new DraftEnd(new DraftKey(actor.UserName, "/tasks/1", form), doneKey, system.Clock.GetUtcNow());
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(command);
    }
}
