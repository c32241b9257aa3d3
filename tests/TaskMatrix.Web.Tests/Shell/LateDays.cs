using TaskMatrix.App.Overdue;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.TaskInstances;

namespace TaskMatrix.Web.Tests.Shell;

/// <summary>A server three days on, on which nobody has done anything: much is late, and some of it was not reported.</summary>
public sealed class LateDays : IAsyncLifetime
{
    public PagesServer Server { get; } = new();

    public async Task InitializeAsync()
    {
        await Server.InitializeAsync();
        await Server.Send("taiping.office", new AdvanceExercise.Command("P3D", null));
        var late = await Server.Send("taiping.office", new CountOverdue.Query(new TaskFilter(), null));
        Assert.True(late.Missed > 0 && late.All > late.Missed, $"{late}");
    }

    public Task DisposeAsync() => Server.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class LateDaysCollection : ICollectionFixture<LateDays>
{
    public const string Name = "late days";
}
