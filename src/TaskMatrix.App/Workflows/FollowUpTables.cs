using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

internal sealed class InstructionTable : IEntityTypeConfiguration<Instruction>
{
    public void Configure(EntityTypeBuilder<Instruction> table)
    {
        table.ToTable("instructions");
        table.HasKey(instruction => instruction.Id);
        table.Property(instruction => instruction.Feedback).AsJson();
        table.Property(instruction => instruction.Version).IsConcurrencyToken();
        table.HasIndex(instruction => instruction.Key).IsUnique();
        table.HasIndex(instruction => new { instruction.Jurisdiction, instruction.Number }).IsUnique();
        table.HasIndex(instruction => new { instruction.Jurisdiction, instruction.IssuedAt, instruction.Key });
        table.HasIndex(instruction => new { instruction.Jurisdiction, instruction.State, instruction.IssuedAt, instruction.Key });
    }
}

internal sealed class MeetingTable : IEntityTypeConfiguration<Meeting>
{
    public void Configure(EntityTypeBuilder<Meeting> table)
    {
        table.ToTable("meetings");
        table.HasKey(meeting => meeting.Id);
        table.Property(meeting => meeting.Invitees).AsJson();
        table.Property(meeting => meeting.Attendees).AsJson();
        table.Property(meeting => meeting.AttachmentIds).AsJson();
        table.Property(meeting => meeting.Decisions).AsJson();
        // Rows from before meetings could be moved and minutes amended have neither.
        table.Property(meeting => meeting.Moves).AsJson().HasDefaultValueSql("'[]'");
        table.Property(meeting => meeting.Amendments).AsJson().HasDefaultValueSql("'[]'");
        table.Ignore(meeting => meeting.Wordings);
        table.Property(meeting => meeting.Version).IsConcurrencyToken();
        table.HasIndex(meeting => meeting.Key).IsUnique();
        table.HasIndex(meeting => new { meeting.Jurisdiction, meeting.Number }).IsUnique();
        table.HasIndex(meeting => new { meeting.Jurisdiction, meeting.ProposedAt, meeting.Key });
        table.HasIndex(meeting => new { meeting.Jurisdiction, meeting.State, meeting.ProposedAt, meeting.Key });
    }
}
