using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Organisations;

/// <summary>What a person has begun to write in a form and not sent. Nobody else's, and never part of the record.</summary>
public sealed class Draft
{
    public required Guid Id { get; init; }

    public required string UserName { get; init; }

    /// <summary>Address of the page on which the form stands.</summary>
    public required string Page { get; init; }

    /// <summary>Of the form on its page.</summary>
    public required string Form { get; init; }

    /// <summary>Key of the text that names the form.</summary>
    public required string Name { get; set; }

    /// <summary>What it is about, as that was called when it was saved: number and title of a task.</summary>
    public required string About { get; set; }

    public required string Excerpt { get; set; }

    /// <summary>Values by field, as JSON.</summary>
    public required string Values { get; set; }

    /// <summary>Wall clock: what is kept for thirty days is not lost by an exercise that is advanced.</summary>
    public required DateTimeOffset SavedAt { get; set; }
}

/// <summary>The one draft that a person can have of a form.</summary>
/// <param name="Page">Address of the page on which the form stands.</param>
public sealed record DraftKey(string UserName, string Page, string Form)
{
    /// <summary>
    /// Until the transaction ends nobody else saves or ends this draft, so that what is saved sees whether the form was done.
    /// On SQLite the gate lets one writer in at a time anyway.
    /// </summary>
    internal Task Lock(StoreContext db, CancellationToken ct) => db is PostgresStore
        ? db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({string.Join('\n', "draft", UserName, Page, Form)}, 0))", ct)
        : Task.CompletedTask;
}

/// <summary>A form is done: from then on there is nothing to go on writing.</summary>
/// <param name="DoneKey">Of the form as it was shown, <see cref="SaveDraft.Command.DoneKey"/>; null: it carries none.</param>
/// <param name="At">Wall clock.</param>
public sealed record DraftEnd(DraftKey Draft, string? DoneKey, DateTimeOffset At)
{
    /// <summary>In the transaction in which the form is done. What its page still has on the way to be saved is refused by the key.</summary>
    internal async Task Write(StoreContext db, CancellationToken ct)
    {
        var (user, page, form) = Draft;
        await Draft.Lock(db, ct);
        await db.Drafts.Where(draft => draft.UserName == user && draft.Page == page && draft.Form == form).ExecuteDeleteAsync(ct);
        if (DoneKey is { } key && !await db.IdempotentAnswers.AnyAsync(answer => answer.Key == key, ct))
        {
            db.IdempotentAnswers.Add(new IdempotentAnswer { Key = key, BodyHash = "", Status = 0, Answer = "", StoredAt = At });
        }
    }
}

/// <param name="SavedAt">On the clock people see: as long ago as it was saved.</param>
public sealed record DraftView(Guid Id, string Page, string Form, string Name, string About, string Excerpt, DateTimeOffset SavedAt);

/// <summary>A draft with what was written, to be filled in again.</summary>
public sealed record FilledDraft(DraftView Draft, IReadOnlyDictionary<string, string[]> Values);

/// <summary>The drafts of the caller; those that are no longer kept are not told of.</summary>
internal sealed class OwnDrafts(Session session, CurrentUser user, DomainClock clock, TimeProvider wall)
{
    public IQueryable<Draft> All()
    {
        var (name, since) = (user.Actor.UserName, Engine.Organisations.DraftRules.ForgottenBefore(wall.GetUtcNow()));
        return session.Db.Drafts.AsNoTracking().Where(draft => draft.UserName == name && draft.SavedAt >= since);
    }

    public DraftView View(Draft draft) => View(draft.Id, draft.Page, draft.Form, draft.Name, draft.About, draft.Excerpt, draft.SavedAt);

    public DraftView View(Guid id, string page, string form, string name, string about, string excerpt, DateTimeOffset savedAt) =>
        new(id, page, form, name, about, excerpt, clock.Now - (wall.GetUtcNow() - savedAt));
}

internal sealed class DraftTable : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> table)
    {
        table.ToTable("drafts");
        table.HasKey(draft => draft.Id);
        table.HasIndex(draft => new { draft.UserName, draft.Page, draft.Form }).IsUnique();
        table.HasIndex(draft => draft.SavedAt);
    }
}
