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
    }
}
