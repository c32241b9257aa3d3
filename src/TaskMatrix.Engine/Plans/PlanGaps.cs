using TaskMatrix.Engine.Duties;

namespace TaskMatrix.Engine.Plans;

/// <summary>A duty of the plan above and the duties made of it.</summary>
public sealed record MappedDuty(Duty Parent, IReadOnlyList<Duty> Duties);

/// <summary>A duty of the plan above of which nothing was made.</summary>
/// <param name="ConcernsUnit">The plan above gives it to this very unit, alone or with others.</param>
public sealed record LeftOutDuty(Duty Parent, bool ConcernsUnit);

/// <summary>What a derived plan makes of the plan above, and what it leaves out.</summary>
/// <param name="Own">Duties that come from nowhere above.</param>
public sealed record PlanGaps(IReadOnlyList<MappedDuty> Mapped, IReadOnlyList<LeftOutDuty> LeftOut, IReadOnlyList<Duty> Own)
{
    /// <param name="unit">The unit of the plan above whose plan it is.</param>
    public static PlanGaps Between(IReadOnlyList<Duty> above, IReadOnlyList<Duty> below, string unit)
    {
        var made = below.Where(duty => duty.DerivedFrom is not null).ToLookup(duty => duty.DerivedFrom!);
        var known = above.Select(duty => duty.Id).ToHashSet();
        return new PlanGaps(
            [.. above.Where(duty => made.Contains(duty.Id)).Select(duty => new MappedDuty(duty, [.. made[duty.Id]]))],
            [.. above.Where(duty => !made.Contains(duty.Id)).Select(duty => new LeftOutDuty(duty, duty.LeadUnits.Contains(unit)))],
            [.. below.Where(duty => duty.DerivedFrom is not { } from || !known.Contains(from))]);
    }
}
