using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Quartz;

namespace TaskMatrix.App.Storage;

/// <summary>On PostgreSQL the nodes share one scheduler: its tables say whose turn it is, and a node that falls silent loses it.</summary>
internal static class ClusteredQuartz
{
    private const string Name = "TaskMatrix";

    public static void Use(IQuartzBuilder quartz, string connection)
    {
        quartz.ConfigureScheduler(scheduler => (scheduler.InstanceName, scheduler.GenerateInstanceId) = (Name, true));
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(NpgsqlFactory.Instance, PostgresSession.Bounded(connection));
            store.UseSystemTextJsonSerializer();
            store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)));
        });
    }

    /// <summary>Makes the scheduler's tables where they are missing, with the rights of whoever owns the others.</summary>
    public static async Task Provision(string owner, CancellationToken ct)
    {
        owner = PostgresSession.Once(owner);
        await using (var connection = new NpgsqlConnection(owner))
        {
            await connection.OpenAsync(ct);
            await using var known = new NpgsqlCommand("SELECT to_regclass('qrtz_job_details') IS NOT NULL", connection);
            if (await known.ExecuteScalarAsync(ct) is true)
            {
                return;
            }
        }

        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler => scheduler.InstanceName = $"{Name} {Guid.NewGuid():N}");
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(NpgsqlFactory.Instance, owner);
                store.UseSystemTextJsonSerializer();
                store.ProvisionSchema();
            });
        });
        await using var provider = services.BuildServiceProvider();
        var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler(ct);
        await scheduler.Start(ct);
        await scheduler.Shutdown(waitForJobsToComplete: true, ct);
    }
}
