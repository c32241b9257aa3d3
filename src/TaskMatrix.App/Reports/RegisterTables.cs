using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Reports;

namespace TaskMatrix.App.Reports;

internal sealed class RegisterLineTable : IEntityTypeConfiguration<RegisterLine>
{
    public void Configure(EntityTypeBuilder<RegisterLine> table)
    {
        table.ToTable("register_lines");
        table.HasKey(line => line.Id);
        table.Property(line => line.Values).AsJson();
        table.Property(line => line.Version).IsConcurrencyToken();
        table.HasIndex(line => new { line.Duty, line.Unit, line.Code }).IsUnique();
    }
}

internal sealed class RegisterResultTable : IEntityTypeConfiguration<RegisterResult>
{
    public void Configure(EntityTypeBuilder<RegisterResult> table)
    {
        table.ToTable("register_results");
        table.HasKey(result => new { result.LineId, result.Day });
    }
}
