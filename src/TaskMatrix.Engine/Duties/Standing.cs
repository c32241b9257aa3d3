using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Duties;

/// <summary>How tasks stand together: those of a duty at one unit, of a section, of a sentence of the plan.</summary>
/// <param name="Overdue">Of those open or missed, the late ones.</param>
/// <param name="Missed">Of the overdue ones, those not reported by their cut-off: they are not among the open ones.</param>
public sealed record Standing(int Open, int Overdue, int Closed, Light Light, int Missed = 0)
{
    /// <summary>No task at all.</summary>
    public static readonly Standing Nothing = new(0, 0, 0, Light.Grey);

    /// <summary>Where nothing is open, late or closed there is no light to show.</summary>
    public bool HasLight => Open + Overdue + Closed > 0;

    /// <summary>The sums, with the worst light of those that have one: red, yellow, blue, green, grey.</summary>
    public static Standing Of(IEnumerable<Standing> parts) => parts.Where(part => part.HasLight).Aggregate(Nothing, (all, part) =>
        new Standing(all.Open + part.Open, all.Overdue + part.Overdue, all.Closed + part.Closed, part.Light > all.Light ? part.Light : all.Light, all.Missed + part.Missed));
}

/// <summary>Tasks of one duty and unit, as far as their light needs to know.</summary>
/// <param name="Late">Of those open or missed, the late ones.</param>
/// <param name="Rework">Returned, or given back by the office.</param>
/// <param name="Warned">With the unit, within the last stretch of their time.</param>
/// <param name="Pausing">Drafts and suspended ones.</param>
/// <param name="Missed">Of the late ones, those not reported by their cut-off.</param>
public sealed record TaskCounts(int Open, int Late, int Closed, int Rework, int Warned, int Pausing, int Missed)
{
    public static readonly TaskCounts None = new(0, 0, 0, 0, 0, 0, 0);

    public static TaskCounts operator +(TaskCounts one, TaskCounts other) => new(
        one.Open + other.Open, one.Late + other.Late, one.Closed + other.Closed, one.Rework + other.Rework, one.Warned + other.Warned, one.Pausing + other.Pausing, one.Missed + other.Missed);

    /// <summary>Red where one is late, else yellow, blue, green; grey where all that is open pauses.</summary>
    public Standing ToStanding() => new(Open, Late, Closed, this switch
    {
        { Late: > 0 } => Light.Red,
        { Rework: > 0 } => Light.Yellow,
        { Warned: > 0 } => Light.Blue,
        _ when Open > Pausing => Light.Green,
        { Open: 0, Closed: > 0 } => Light.Green,
        _ => Light.Grey,
    }, Missed);
}
