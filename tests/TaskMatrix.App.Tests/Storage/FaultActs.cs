using TaskMatrix.App.Storage;

namespace TaskMatrix.App.Tests.Storage;

/// <summary>A command on a system that is ready for it.</summary>
/// <param name="Activated">Both seed plans are in force.</param>
/// <param name="Prepare">Brings the system to where the command can be done; what it gives does it, again and again until it succeeds.</param>
internal sealed record FaultAct(bool Activated, Func<TestSystem, Task<Func<Task>>> Prepare);

/// <summary>Every command of the program, by its type.</summary>
internal static partial class FaultActs
{
    private const string Duty = "taiping.education.absence-checks", Plan = "taiping-2020-3", Town = "shuiquan-town";

    private static readonly Lazy<IReadOnlyDictionary<Type, FaultAct>> Known = new(() =>
        new[] { OfTasks, OfDuties, OfFollowUps, OfInspections, OfRegisters, OfMessages, OfAccounts }.SelectMany(some => some).ToDictionary(act => act.Key, act => act.Value));

    public static IReadOnlyDictionary<Type, FaultAct> All => Known.Value;

    /// <summary>Commands that there are.</summary>
    public static IEnumerable<Type> Commands => typeof(ICommand).Assembly.GetTypes().Where(type => type is { IsInterface: false, IsAbstract: false } && type.IsAssignableTo(typeof(ICommand)));

    public static string Name(Type command) => command.DeclaringType!.Name;

    /// <summary>Needs nothing before it.</summary>
    private static FaultAct At(bool activated, Func<TestSystem, Task> act) => new(activated, system => Task.FromResult<Func<Task>>(() => act(system)));

    private static FaultAct After(bool activated, Func<TestSystem, Task<Func<Task>>> prepare) => new(activated, prepare);
}
