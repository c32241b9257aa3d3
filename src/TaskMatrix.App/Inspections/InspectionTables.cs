using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Inspections;

namespace TaskMatrix.App.Inspections;

/// <summary>A task that an inspection is about, so that the inspections of a task need no scan.</summary>
public sealed class InspectionTask
{
    public required Guid InspectionId { get; init; }

    public required Guid TaskId { get; init; }
}

internal sealed class InspectionTable : IEntityTypeConfiguration<Inspection>
{
    public void Configure(EntityTypeBuilder<Inspection> table)
    {
        table.ToTable("inspections");
        table.HasKey(inspection => inspection.Id);
        table.Ignore(inspection => inspection.Recorded);
        table.Ignore(inspection => inspection.ExpectedVersion);
        table.Property(inspection => inspection.Version).IsConcurrencyToken();
        table.Property(inspection => inspection.TaskIds).AsJson();
        table.Property(inspection => inspection.Team).AsJson();
        table.Property(inspection => inspection.Orders).AsJson();
        table.Property(inspection => inspection.Explanations).AsJson();
        table.Property(inspection => inspection.Rectifications).AsJson();
        table.Property(inspection => inspection.Rechecks).AsJson();
        table.HasIndex(inspection => inspection.Key).IsUnique();
        table.HasIndex(inspection => new { inspection.Jurisdiction, inspection.Number }).IsUnique();
        table.HasIndex(inspection => new { inspection.Jurisdiction, inspection.OpenedAt, inspection.Key });
        table.HasIndex(inspection => new { inspection.Jurisdiction, inspection.State, inspection.OpenedAt, inspection.Key });
        table.HasIndex(inspection => new { inspection.Jurisdiction, inspection.Unit, inspection.OpenedAt, inspection.Key });
        table.HasIndex(inspection => inspection.RoundId);
    }
}

internal sealed class InspectionRoundTable : IEntityTypeConfiguration<InspectionRound>
{
    public void Configure(EntityTypeBuilder<InspectionRound> table)
    {
        table.ToTable("inspection_rounds");
        table.HasKey(round => round.Id);
        table.Ignore(round => round.InspectionTeam);
        table.Property(round => round.Version).IsConcurrencyToken();
        table.Property(round => round.Team).AsJson();
        table.HasIndex(round => new { round.Jurisdiction, round.Number }).IsUnique();
        table.HasIndex(round => new { round.Jurisdiction, round.PlannedAt, round.Key });
    }
}

internal sealed class InspectionTaskTable : IEntityTypeConfiguration<InspectionTask>
{
    public void Configure(EntityTypeBuilder<InspectionTask> table)
    {
        table.ToTable("inspection_tasks");
        table.HasKey(row => new { row.InspectionId, row.TaskId });
        table.HasIndex(row => row.TaskId);
    }
}
