using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TaskMatrix.App.Workflows;

internal sealed class StoredDefinitionTable : IEntityTypeConfiguration<StoredDefinition>
{
    public void Configure(EntityTypeBuilder<StoredDefinition> table)
    {
        table.ToTable("definitions");
        table.HasKey(definition => new { definition.Id, definition.Version });
    }
}

internal sealed class RaisedEventTable : IEntityTypeConfiguration<RaisedEvent>
{
    public void Configure(EntityTypeBuilder<RaisedEvent> table)
    {
        table.ToTable("raised_events");
        table.HasKey(raised => raised.Id);
        table.HasIndex(raised => raised.RaisedByStep).IsUnique();
        table.HasIndex(raised => new { raised.Jurisdiction, raised.RaisedAt });
    }
}
