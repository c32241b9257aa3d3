using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Duties;

internal sealed class StoredDutyTable : IEntityTypeConfiguration<StoredDuty>
{
    public void Configure(EntityTypeBuilder<StoredDuty> table)
    {
        table.ToTable("duties");
        table.HasKey(duty => new { duty.Id, duty.Version });
        table.Property(duty => duty.Body).AsJson();
    }
}

internal sealed class AssumptionOverlayTable : IEntityTypeConfiguration<AssumptionOverlay>
{
    public void Configure(EntityTypeBuilder<AssumptionOverlay> table)
    {
        table.ToTable("assumption_overlays");
        table.HasKey(overlay => new { overlay.DutyId, overlay.Field });
    }
}
