using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TaskMatrix.App.Audit;

internal sealed class AuditEntryTable : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> table)
    {
        table.ToTable("audit");
        table.HasKey(entry => entry.Id);
        table.Property(entry => entry.Id).ValueGeneratedOnAdd();
        table.HasIndex(entry => new { entry.Jurisdiction, entry.Unit, entry.Sequence }).IsUnique();
        table.HasIndex(entry => new { entry.TaskId, entry.TaskSequence }).IsUnique();
        table.HasIndex(entry => new { entry.Jurisdiction, entry.At });

        // What somebody did, and where something rare was done, is asked for years later.
        table.HasIndex(entry => new { entry.Jurisdiction, entry.Actor, entry.At });
        table.HasIndex(entry => new { entry.Jurisdiction, entry.Action, entry.At });
    }
}

internal sealed class ChainHeadTable : IEntityTypeConfiguration<ChainHead>
{
    public void Configure(EntityTypeBuilder<ChainHead> table)
    {
        table.ToTable("chain_heads");
        table.HasKey(head => new { head.Jurisdiction, head.Unit });
        table.Property(head => head.Sequence).IsConcurrencyToken();
    }
}
