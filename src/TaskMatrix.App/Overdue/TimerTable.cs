using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TaskMatrix.App.Overdue;

internal sealed class TimerTable : IEntityTypeConfiguration<StoredTimer>
{
    public void Configure(EntityTypeBuilder<StoredTimer> table)
    {
        table.ToTable("timers");
        table.HasKey(timer => timer.TaskId);
        // In the order in which timers are claimed; those set aside are few.
        table.HasIndex(timer => new { timer.DueAt, timer.TaskId });
        // Only what failed or was set aside is in them: the page of the jobs asks for it.
        table.HasIndex(timer => new { timer.Jurisdiction, timer.DueAt, timer.TaskId }).HasFilter("attempts > 0").HasDatabaseName("IX_timers_failed");
        table.HasIndex(["Jurisdiction", "DueAt", "TaskId"], "IX_timers_set_aside").HasFilter("set_aside");
    }
}
