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

internal sealed class ResponseChangeTable : IEntityTypeConfiguration<ResponseChange>
{
    public void Configure(EntityTypeBuilder<ResponseChange> table)
    {
        table.ToTable("response_changes");
        table.HasKey(change => change.Id);
        table.HasIndex(change => new { change.Plan, change.Ordinal }).IsUnique();
        table.Property(change => change.DutiesStarted).AsJson();
        table.Property(change => change.DutiesStopped).AsJson();
    }
}

internal sealed class ResponseTerminationTable : IEntityTypeConfiguration<ResponseTermination>
{
    public void Configure(EntityTypeBuilder<ResponseTermination> table)
    {
        table.ToTable("response_terminations");
        table.HasKey(termination => termination.TaskId);
        table.HasIndex(termination => new { termination.Plan, termination.Number });
        table.HasIndex(termination => new { termination.Plan, termination.Unit, termination.Number });
    }
}
