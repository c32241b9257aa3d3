using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaskMatrix.App.Storage;

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
        table.Property(raised => raised.NotStarted).AsJson();
        table.HasIndex(raised => new { raised.Jurisdiction, raised.RaisedAt, raised.Key });
        table.HasIndex(raised => new { raised.Jurisdiction, raised.Kind, raised.RaisedAt, raised.Key });
        table.HasIndex(raised => raised.Key).IsUnique();
    }
}
