using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.TaskInstances;

internal sealed class TaskInstanceTable : IEntityTypeConfiguration<TaskInstance>
{
    /// <summary>Column that makes the blue light a comparison: <see cref="TaskInstance.WarnAt"/>.</summary>
    public const string BlueFrom = "BlueFrom";

    /// <summary>Column that makes the red light a comparison: <see cref="TaskInstance.RedFrom"/>.</summary>
    public const string RedFrom = "RedSince";

    /// <summary>Column to sort by: due, or the end of time for a draft without one.</summary>
    public const string DueSort = "DueSort";

    /// <summary>Column of the overdue list: since when it is late, null when it is not, so the list costs what is late.</summary>
    public const string LateSince = "LateFrom";

    /// <summary>Column of the reports of a day: the local date of the occurrence; null where there is none.</summary>
    public const string Day = "Day";

    /// <summary>
    /// Column of what is still to be dealt with: as <see cref="DueSort"/>, null once it is finished. Its index holds no
    /// history, so what is looked at all day costs what is there to do. The database works it out.
    /// </summary>
    public const string LiveDue = "LiveDue";

    /// <summary>Where the columns come from that lists filter and sort by and that are no property of a task.</summary>
    public static readonly IReadOnlyDictionary<string, Func<TaskInstance, object?>> Computed = new Dictionary<string, Func<TaskInstance, object?>>
    {
        [BlueFrom] = task => task.WarnAt,
        [RedFrom] = task => task.RedFrom,
        [DueSort] = task => task.DueAt ?? DateTimeOffset.MaxValue,
        [LateSince] = task => task.LateSince,
        [Day] = task => DayOf(task.Occurrence),
    };

    /// <summary>What <see cref="LiveDue"/> is: said in the database, so that no program, of whatever version, can leave it wrong.</summary>
    public static readonly string LiveDueSql = $"CASE WHEN state NOT IN ({string.Join(", ", TaskStates.Finished.Select(state => $"'{state}'"))}) THEN due_sort END";

    /// <summary>An occurrence begins with its local date, whatever tells apart several of one day.</summary>
    private static DateOnly? DayOf(string? occurrence) =>
        occurrence is { Length: >= 10 } && DateOnly.TryParseExact(occurrence[..10], "yyyy-MM-dd", out var day) ? day : null;

    public void Configure(EntityTypeBuilder<TaskInstance> table)
    {
        table.ToTable("tasks");
        table.HasKey(task => task.Id);
        table.Ignore(task => task.Recorded);
        table.Ignore(task => task.ExpectedVersion);
        table.Ignore(task => task.WarnAt);
        table.Ignore(task => task.RedFrom);
        table.Ignore(task => task.LateSince);
        table.Property<DateTimeOffset?>(BlueFrom);
        table.Property<DateTimeOffset?>(RedFrom);
        table.Property<DateTimeOffset>(DueSort);
        table.Property<DateTimeOffset?>(LateSince);
        table.Property<DateOnly?>(Day);
        table.Property<DateTimeOffset?>(LiveDue);
        table.Property(task => task.Version).IsConcurrencyToken();
        table.Property(task => task.CoUnits).AsJson();
        table.Property(task => task.AttachmentIds).AsJson();
        table.Property(task => task.PendingExtension).AsJson();
        table.Property(task => task.ParentTask).AsJson();
        // Rows from before there was an area below have passed nothing down.
        table.Property(task => task.PassedDown).AsJson().HasDefaultValueSql("'[]'");
        table.Property(task => task.PendingCorrection).AsJson();

        // One task per duty, unit, occurrence and activation, whatever fires twice.
        table.HasIndex(task => new { task.Duty, task.IssuedTo, task.Occurrence, task.Activation }).IsUnique();
        table.HasIndex(task => new { task.Jurisdiction, task.Number }).IsUnique();
        table.HasIndex("Jurisdiction", DueSort, "Number");
        table.HasIndex("Jurisdiction", "State", DueSort, "Number");
        table.HasIndex("Jurisdiction", "LeadUnit", DueSort, "Number");
        table.HasIndex("Jurisdiction", LateSince, "Number").HasFilter("late_from IS NOT NULL").HasDatabaseName("IX_tasks_late");
        table.HasIndex(task => new { task.Jurisdiction, task.IssuedAt });
        table.HasIndex("Jurisdiction", LiveDue, "Number").HasFilter("live_due IS NOT NULL");

        // Tasks given by hand have none of these, most others no form; they are asked for by value alone, so what has none need not be in the index.
        table.HasIndex(task => new { task.Plan, task.Duty, task.LeadUnit }).HasFilter("plan IS NOT NULL").HasDatabaseName("IX_tasks_of_plan");
        table.HasIndex(task => task.Run).HasFilter("run IS NOT NULL").HasDatabaseName("IX_tasks_of_run");
        table.HasIndex(task => task.SourceReference).HasFilter("source_reference IS NOT NULL").HasDatabaseName("IX_tasks_of_source");
        table.HasIndex("Jurisdiction", "Form", Day).HasFilter("form IS NOT NULL").HasDatabaseName("IX_tasks_of_form");

        table.HasIndex("Jurisdiction", "State", DueSort, "Number", "Urgent").HasFilter("urgent").HasDatabaseName("IX_tasks_urgent");
        table.HasIndex(["Jurisdiction", DueSort, "Number"], "IX_tasks_extension_asked").HasFilter("pending_extension IS NOT NULL");

        // Only what was late or handed in is in them: the overdue desk looks at some weeks of it.
        table.HasIndex(task => new { task.Jurisdiction, task.OverdueSince, task.LeadUnit }).HasFilter("overdue_since IS NOT NULL").HasDatabaseName("IX_tasks_breached");
        table.HasIndex(task => new { task.Jurisdiction, task.AckBreachedAt, task.LeadUnit }).HasFilter("ack_breached_at IS NOT NULL").HasDatabaseName("IX_tasks_ack_breached");
        table.HasIndex(task => new { task.Jurisdiction, task.SubmittedAt, task.LeadUnit, task.Duty }).HasFilter("submitted_at IS NOT NULL").HasDatabaseName("IX_tasks_submitted");
    }
}

internal sealed class TaskUnitTable : IEntityTypeConfiguration<TaskUnit>
{
    public void Configure(EntityTypeBuilder<TaskUnit> table)
    {
        table.ToTable("task_units");
        table.HasKey(unit => new { unit.TaskId, unit.Unit });
        table.HasIndex(unit => new { unit.Jurisdiction, unit.Unit, unit.TaskId });

        // Only what waits to be read is in them, so the lists cost what waits.
        table.HasIndex(unit => new { unit.Jurisdiction, unit.Unit, unit.AwaitsReadingSince, unit.TaskId })
            .HasFilter("awaits_reading_since IS NOT NULL").HasDatabaseName("IX_task_units_to_read");
        table.HasIndex(unit => new { unit.Jurisdiction, unit.AwaitsReadingSince, unit.TaskId, unit.Unit })
            .HasFilter("awaits_reading_since IS NOT NULL").HasDatabaseName("IX_task_units_to_read_anywhere");
    }
}

internal sealed class TaskTallyTable : IEntityTypeConfiguration<TaskTally>
{
    public void Configure(EntityTypeBuilder<TaskTally> table)
    {
        table.ToTable("task_tallies");
        table.HasKey(tally => new { tally.Jurisdiction, tally.Unit, tally.Part, tally.Plan, tally.Duty, tally.LeadUnit, tally.State, tally.Light });
    }
}

internal sealed class NumberCounterTable : IEntityTypeConfiguration<NumberCounter>
{
    public void Configure(EntityTypeBuilder<NumberCounter> table)
    {
        table.ToTable("number_counters");
        table.HasKey(counter => new { counter.Jurisdiction, counter.Year });
        table.Property(counter => counter.Last).IsConcurrencyToken();
    }
}

internal sealed class AttachmentTable : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> table)
    {
        table.ToTable("attachments");
        table.HasKey(attachment => attachment.Id);
        table.HasIndex(attachment => attachment.TaskId);
        table.HasIndex(attachment => attachment.MeetingId);
        table.HasIndex(attachment => attachment.InspectionId);
    }
}

internal sealed class AttachmentContentTable : IEntityTypeConfiguration<AttachmentContent>
{
    public void Configure(EntityTypeBuilder<AttachmentContent> table)
    {
        table.ToTable("attachment_contents");
        table.HasKey(content => content.Id);
    }
}
