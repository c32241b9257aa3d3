using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.App.Schedules;

internal sealed class WatchShiftTable : IEntityTypeConfiguration<WatchShift>
{
    public void Configure(EntityTypeBuilder<WatchShift> table)
    {
        table.ToTable("watch_shifts");
        table.HasKey(shift => shift.Id);
        table.Property(shift => shift.Version).IsConcurrencyToken();

        // A shift lasts a day at most, so its start says enough to find those of any stretch of time.
        table.HasIndex(shift => new { shift.Jurisdiction, shift.StartsAt, shift.Id });
        table.HasIndex(shift => new { shift.Jurisdiction, shift.Unit, shift.StartsAt, shift.Id });
    }
}
