using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Engine.Reports;

/// <summary>What somebody may see of a register, each including the one before.</summary>
public enum RegisterRight
{
    /// <summary>Not even that there is one.</summary>
    None,

    /// <summary>Its lines with personal data masked.</summary>
    Masked,

    /// <summary>Single lines in clear.</summary>
    Clear,

    /// <summary>Adds, changes and strikes off lines and records results.</summary>
    Keeps,
}

/// <summary>
/// The unit that leads the duty keeps its register; units that work on the duty read it; those who oversee the jurisdiction, and
/// units that are only informed, read it masked.
/// </summary>
public static class RegisterRights
{
    public static RegisterRight Of(Duty duty, string unit, Actor actor)
    {
        if (duty.Register is null || duty.Jurisdiction != actor.Jurisdiction)
        {
            return RegisterRight.None;
        }

        if (actor.ActsFor(unit) && duty.LeadUnits.Contains(unit))
        {
            return RegisterRight.Keeps;
        }

        var parts = duty.CoOwners.Where(co => actor.ActsFor(co.Unit)).ToList();
        if (parts.Exists(co => co.Role != "inform"))
        {
            return RegisterRight.Clear;
        }

        return actor.Oversees || parts.Count > 0 ? RegisterRight.Masked : RegisterRight.None;
    }
}
