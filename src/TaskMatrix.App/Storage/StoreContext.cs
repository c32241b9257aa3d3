using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.Schedules;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Storage;

/// <summary>All tables. Two derived contexts carry the migrations of the two databases.</summary>
public abstract class StoreContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>All there are for this database, the oldest first.</summary>
    internal abstract IReadOnlyList<string> Migrations { get; }

    public DbSet<Jurisdiction> Jurisdictions => Set<Jurisdiction>();

    public DbSet<OrganisationUnit> Units => Set<OrganisationUnit>();

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();

    public DbSet<Draft> Drafts => Set<Draft>();

    public DbSet<Plan> Plans => Set<Plan>();

    public DbSet<ResponseChange> ResponseChanges => Set<ResponseChange>();

    public DbSet<ResponseTermination> ResponseTerminations => Set<ResponseTermination>();

    public DbSet<StoredDefinition> Definitions => Set<StoredDefinition>();

    public DbSet<StoredDuty> Duties => Set<StoredDuty>();

    public DbSet<AssumptionOverlay> Overlays => Set<AssumptionOverlay>();

    public DbSet<StoredSchedule> Schedules => Set<StoredSchedule>();

    public DbSet<SkippedOccurrence> SkippedOccurrences => Set<SkippedOccurrence>();

    public DbSet<TaskInstance> Tasks => Set<TaskInstance>();

    public DbSet<TaskUnit> TaskUnits => Set<TaskUnit>();

    public DbSet<TaskTally> Tallies => Set<TaskTally>();

    public DbSet<NumberCounter> Counters => Set<NumberCounter>();

    public DbSet<Attachment> Attachments => Set<Attachment>();

    public DbSet<AttachmentContent> AttachmentContents => Set<AttachmentContent>();

    public DbSet<StoredTimer> Timers => Set<StoredTimer>();

    public DbSet<RaisedEvent> RaisedEvents => Set<RaisedEvent>();

    public DbSet<Instruction> Instructions => Set<Instruction>();

    public DbSet<Meeting> Meetings => Set<Meeting>();

    public DbSet<Inspection> Inspections => Set<Inspection>();

    public DbSet<InspectionRound> InspectionRounds => Set<InspectionRound>();

    public DbSet<InspectionTask> InspectionTasks => Set<InspectionTask>();

    public DbSet<RegisterLine> RegisterLines => Set<RegisterLine>();

    public DbSet<RegisterResult> RegisterResults => Set<RegisterResult>();

    public DbSet<WatchShift> WatchShifts => Set<WatchShift>();

    public DbSet<Message> Messages => Set<Message>();

    public DbSet<MessageRead> MessageReads => Set<MessageRead>();

    public DbSet<InboxMark> InboxMarks => Set<InboxMark>();

    public DbSet<Channel> Channels => Set<Channel>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    public DbSet<ChainHead> ChainHeads => Set<ChainHead>();

    public DbSet<IdempotentAnswer> IdempotentAnswers => Set<IdempotentAnswer>();

    public DbSet<StoredSetting> Settings => Set<StoredSetting>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Prepared statements of the transaction; a context for reading has none.</summary>
    internal Statements? Statements { get; set; }

    /// <summary>Moments are UTC ticks: both databases compare and sort them the same way.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        conventions.Properties<DateOnly>().HaveConversion<IsoDate>();
        conventions.Properties<TimeSpan>().HaveConversion<long>();
        conventions.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(StoreContext).Assembly);
        foreach (var property in model.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(SnakeCase(property.Name));
        }

        // PostgreSQL 15 knows stored ones only, SQLite adds only others to a table that is there.
        model.Entity<TaskInstance>().Property<DateTimeOffset?>(TaskInstanceTable.LiveDue).HasComputedColumnSql(TaskInstanceTable.LiveDueSql, stored: this is PostgresStore);
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));

    internal sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        moment => moment.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    internal sealed class IsoDate() : ValueConverter<DateOnly, string>(
        day => day.ToString("yyyy-MM-dd"), text => DateOnly.ParseExact(text, "yyyy-MM-dd"));
}
