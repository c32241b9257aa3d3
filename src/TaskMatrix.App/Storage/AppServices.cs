using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Overdue;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Storage;

/// <summary>Where and how the application runs.</summary>
public sealed record AppOptions
{
    /// <summary>Folder of the database file and the exported chain heads.</summary>
    public required string DataFolder { get; init; }

    /// <summary>PostgreSQL; null uses the SQLite file in <see cref="DataFolder"/>.</summary>
    public string? Postgres { get; init; }

    /// <summary>Connection of the role that owns the tables, for migrating and restoring; null where the servers' own role does.</summary>
    public string? PostgresOwner { get; init; }

    /// <summary>Folder that holds <c>seed/</c> and <c>workflows/</c>.</summary>
    public required string ContentFolder { get; init; }

    /// <summary>演练: a database of its own and a clock that can be moved.</summary>
    public bool Exercise { get; init; }

    public NotificationOptions Notifications { get; init; } = new();

    public string DatabaseFile => Path.Combine(DataFolder, Exercise ? "exercise.db" : "taskmatrix.db");

    public string HeadsFolder => Path.Combine(DataFolder, "heads");
}

/// <summary>All registrations of the application, by hand and in this one place.</summary>
public static class AppServices
{
    public static IServiceCollection AddTaskMatrix(this IServiceCollection services, AppOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(provider => new DomainClock(provider.GetRequiredService<TimeProvider>(), options.Exercise));
        services.AddStorage(options);
        services.AddScoped<Session>().AddScoped<CurrentUser>();
        services.AddSingleton<StoreLock>().AddSingleton<StoreWatch>().AddSingleton<AuditPartitions>().AddSingleton<BackupStore>().AddSingleton<RecordTail>().AddSingleton<JobTail>().AddSingleton<RestoreStore>();
        services.AddSingleton<DemoMode>().AddSingleton<CatalogueSource>().AddSingleton<SignedInAccounts>().AddSingleton<SweepHealth>().AddSingleton<SweepRequests>().AddSingleton<TimerSweep>().AddSingleton<Sweeper>();
        services.AddScoped<AuditWriter>().AddScoped<RecordPosition>().AddScoped<TaskLedger>().AddScoped<TaskRows>().AddScoped<TaskNumbers>().AddScoped<DutyIssuer>();
        services.AddScoped<RunContinuation>().AddScoped<EventRaiser>().AddScoped<ScheduleWriter>().AddScoped<DefinitionPublisher>();
        services.AddScoped<SourceFollowUp>().AddScoped<SourcedTasks>().AddScoped<InstructionLedger>().AddScoped<MeetingLedger>();
        services.AddScoped<DutyBeginning>().AddScoped<ResponseWriter>().AddScoped<Subordinates>().AddScoped<DailyReports>();
        services.AddScoped<InspectionLedger>().AddScoped<InspectionTeams>().AddScoped<InspectionReader>().AddScoped<CaseFactReader>().AddScoped<InspectionExports>();
        services.AddScoped<Outbox>().AddScoped<TaskMessages>().AddScoped<RungInspections>();
        services.AddSingleton<Postman>().AddSingleton<MailSender>().AddSingleton<RobotSender>().AddSingleton<DeliveryPump>();
        services.AddScoped<UnitLookup>().AddScoped<AccountLookup>().AddScoped<AccountDesk>().AddScoped<OwnDrafts>().AddScoped<AttachmentStore>().AddScoped<Startup>();
        return services.AddUseCases();
    }

    /// <summary>
    /// The heartbeat. The rows are the truth, so the scheduler only ticks: in memory beside SQLite, on PostgreSQL in turns among
    /// the nodes. Should it fall silent, the watchdog does its work.
    /// </summary>
    public static IServiceCollection AddHeartbeat(this IServiceCollection services, AppOptions options)
    {
        // Stops after the scheduler, which is registered later.
        services.AddHostedService<ExportHeadsAtStop>();
        services.AddHostedService<SweepWatchdog>();
        services.AddHostedService<DeliveryService>();
        services.AddQuartz(quartz =>
        {
            if (options.Postgres is { } connection)
            {
                ClusteredQuartz.Use(quartz, connection);
            }

            quartz.ScheduleJob<DueSweep>(trigger => trigger
                .WithIdentity("due-sweep").StartNow()
                .WithSimpleSchedule(schedule => schedule.WithInterval(DueSweep.Interval).RepeatForever()));
        });
        return services.AddQuartzHostedService(quartz => quartz.WaitForJobsToComplete = true);
    }

    private static void AddStorage(this IServiceCollection services, AppOptions options)
    {
        if (options.Postgres is { } connection)
        {
            services.AddSingleton(_ => NpgsqlDataSource.Create(PostgresSession.ForWork(connection)));
            services.AddSingleton<PostgresWriteGate>();
            services.AddSingleton(provider => new BoundedWriteGate(provider.GetRequiredService<PostgresWriteGate>, provider.GetRequiredService<TimeProvider>()));
            services.AddSingleton<IWriteGate>(provider => provider.GetRequiredService<BoundedWriteGate>());
            services.AddSingleton<IReadContexts>(provider => provider.GetRequiredService<PostgresWriteGate>());
            return;
        }

        services.AddSingleton(provider => new SqliteFile(options.DatabaseFile, provider.GetServices<IInterceptor>(), provider.GetRequiredService<StoreLock>()));
        services.AddSingleton<IReadContexts>(provider => provider.GetRequiredService<SqliteFile>());
        services.AddSingleton<SqliteWriteGate>();
        services.AddSingleton(provider => new BoundedWriteGate(provider.GetRequiredService<SqliteWriteGate>, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IWriteGate>(provider => provider.GetRequiredService<BoundedWriteGate>());
    }

    private static IServiceCollection AddUseCases(this IServiceCollection services)
    {
        services.AddTransient<ServiceFactory>(provider => provider.GetService!);
        services.AddTransient<IMediator, Mediator>();
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidationBehaviour<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(TransactionBehaviour<,>));
        foreach (var type in typeof(AppServices).Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false }))
        {
            foreach (var contract in type.GetInterfaces().Where(IsUseCasePart))
            {
                // What checks a request keeps nothing of it, and compiling its rules anew costs more than most commands.
                services.Add(new ServiceDescriptor(contract, type, IsValidator(contract) ? ServiceLifetime.Singleton : ServiceLifetime.Transient));
            }
        }

        return services;
    }

    private static bool IsUseCasePart(Type contract) =>
        contract.IsGenericType && (contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>) || IsValidator(contract));

    private static bool IsValidator(Type contract) => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IValidator<>);
}
