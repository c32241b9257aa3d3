using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Plans;

internal sealed class PlanTable : IEntityTypeConfiguration<Plan>
{
    public void Configure(EntityTypeBuilder<Plan> table)
    {
        table.ToTable("plans");
        table.HasKey(plan => plan.Id);
        table.HasIndex(plan => plan.Jurisdiction);
        table.HasIndex(plan => new { plan.Status, plan.Begun, plan.BeginsAt });
        table.Ignore(plan => plan.ShiftDays);
        table.Ignore(plan => plan.Activation);
        table.Property(plan => plan.Status).IsConcurrencyToken();
        table.Property(plan => plan.Headings).AsJson();
        table.Property(plan => plan.Phases).AsJson();
        table.Property(plan => plan.Names).AsJson();
    }
}
