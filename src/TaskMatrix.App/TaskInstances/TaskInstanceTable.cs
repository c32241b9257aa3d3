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

    /// <summary>
    /// Column of what is still to be dealt with: as <see cref="DueSort"/>, null once it is finished. Its index holds no
    /// history, so what is looked at all day costs what is there to do.
    /// </summary>
    public const string LiveDue = "LiveDue";

    /// <summary>Where the columns come from that lists filter and sort by and that are no property of a task.</summary>
    public static readonly IReadOnlyDictionary<string, Func<TaskInstance, object?>> Computed = new Dictionary<string, Func<TaskInstance, object?>>
    {
        [BlueFrom] = task => task.WarnAt,
        [RedFrom] = task => task.RedFrom,
        [DueSort] = task => task.DueAt ?? DateTimeOffset.MaxValue,
        [LateSince] = task => task.LateSince,
        [LiveDue] = task => task.State.IsFinished() ? null : task.DueAt ?? DateTimeOffset.MaxValue,
    };

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
        table.Property<DateTimeOffset?>(LiveDue);
        table.Property(task => task.Version).IsConcurrencyToken();
        table.Property(task => task.CoUnits).AsJson();
        table.Property(task => task.AttachmentIds).AsJson();
        table.Property(task => task.PendingExtension).AsJson();

        // One task per duty, unit, occurrence and activation, whatever fires twice.
        table.HasIndex(task => new { task.Duty, task.IssuedTo, task.Occurrence, task.Activation }).IsUnique();
        table.HasIndex(task => new { task.Jurisdiction, task.Number }).IsUnique();
        table.HasIndex("Jurisdiction", DueSort, "Number");
        table.HasIndex("Jurisdiction", "State", DueSort, "Number");
        table.HasIndex("Jurisdiction", "LeadUnit", DueSort, "Number");
        table.HasIndex("Jurisdiction", LateSince, "Number");
        table.HasIndex("Jurisdiction", LiveDue, "Number").HasFilter("live_due IS NOT NULL");
        table.HasIndex(task => new { task.Plan, task.Duty, task.LeadUnit });
        table.HasIndex(task => task.Run);
    }
}

internal sealed class TaskUnitTable : IEntityTypeConfiguration<TaskUnit>
{
    public void Configure(EntityTypeBuilder<TaskUnit> table)
    {
        table.ToTable("task_units");
        table.HasKey(unit => new { unit.TaskId, unit.Unit });
        table.HasIndex(unit => new { unit.Jurisdiction, unit.Unit, unit.TaskId });
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
