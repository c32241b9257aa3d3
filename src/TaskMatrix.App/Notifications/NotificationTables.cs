using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Notifications;

internal sealed class MessageTable : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> table)
    {
        table.ToTable("messages");
        table.HasKey(message => message.Id);
        table.Ignore(message => message.Path);
        table.Property(message => message.Subjects).AsJson();
        table.Property(message => message.TaskIds).AsJson();
        table.HasIndex(message => new { message.Jurisdiction, message.Address, message.VisibleFrom, message.Id });
        table.HasIndex(message => message.Gathering).IsUnique();
        // Only what still waits: the index stays as small as the outbox.
        table.HasIndex(message => message.OutboxAt).HasFilter("outbox_at IS NOT NULL");
        table.HasIndex(message => message.TaskId).HasFilter("task_id IS NOT NULL");
    }
}

internal sealed class MessageReadTable : IEntityTypeConfiguration<MessageRead>
{
    public void Configure(EntityTypeBuilder<MessageRead> table)
    {
        table.ToTable("message_reads");
        table.HasKey(read => new { read.MessageId, read.UserName });
    }
}

internal sealed class InboxMarkTable : IEntityTypeConfiguration<InboxMark>
{
    public void Configure(EntityTypeBuilder<InboxMark> table)
    {
        table.ToTable("inbox_marks");
        table.HasKey(mark => mark.UserName);
    }
}

internal sealed class ChannelTable : IEntityTypeConfiguration<Channel>
{
    public void Configure(EntityTypeBuilder<Channel> table)
    {
        table.ToTable("channels");
        table.HasKey(channel => channel.Id);
        table.HasIndex(channel => new { channel.Jurisdiction, channel.Address });
    }
}

internal sealed class DeliveryTable : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> table)
    {
        table.ToTable("deliveries");
        table.HasKey(delivery => delivery.Id);
        // A message goes through a channel once, whoever takes it over twice.
        table.HasIndex(delivery => new { delivery.MessageId, delivery.ChannelId }).IsUnique();
        // In the order in which they are claimed; those that arrived are many and need no place in it.
        table.HasIndex(delivery => new { delivery.DueAt, delivery.Id }).HasFilter("state = 'Waiting'");
        table.HasIndex(delivery => new { delivery.Jurisdiction, delivery.DueAt, delivery.Id }).HasFilter("state = 'SetAside'");
    }
}

internal sealed class CalendarFeedTable : IEntityTypeConfiguration<CalendarFeed>
{
    public void Configure(EntityTypeBuilder<CalendarFeed> table)
    {
        table.ToTable("calendar_feeds");
        table.HasKey(feed => feed.UserName);
        table.HasIndex(feed => feed.TokenHash).IsUnique();
    }
}
