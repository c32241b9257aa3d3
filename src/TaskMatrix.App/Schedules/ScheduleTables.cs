using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TaskMatrix.App.Schedules;

internal sealed class StoredScheduleTable : IEntityTypeConfiguration<StoredSchedule>
{
    public void Configure(EntityTypeBuilder<StoredSchedule> table)
    {
        table.ToTable("schedules");
        table.HasKey(schedule => new { schedule.DutyId, schedule.Part });
        table.Property(schedule => schedule.NextAt).IsConcurrencyToken();
        table.HasIndex(schedule => new { schedule.NextAt, schedule.DutyId });
        table.HasIndex(schedule => schedule.Plan);
    }
}

internal sealed class SkippedOccurrenceTable : IEntityTypeConfiguration<SkippedOccurrence>
{
    public void Configure(EntityTypeBuilder<SkippedOccurrence> table)
    {
        table.ToTable("skipped_occurrences");
        table.HasKey(skipped => new { skipped.DutyId, skipped.Unit, skipped.Occurrence, skipped.Activation });
    }
}
