namespace TaskMatrix.Engine.Organisations;

/// <summary>What an account may act as. A person may hold several, but of the three administrators only one.</summary>
public enum Role
{
    /// <summary>联络员: acts for one unit.</summary>
    Liaison,

    /// <summary>分管负责同志: acts for one unit and signs off.</summary>
    Head,

    /// <summary>领导小组办公室: assigns and reviews in one jurisdiction.</summary>
    Office,

    /// <summary>领导小组 组长/副组长: reads everything, terminates, activates and ends plans, issues instructions.</summary>
    Leader,

    /// <summary>纪检、督导组: reads everything of the jurisdiction, never changes a task.</summary>
    Inspector,

    /// <summary>领导小组办公室成员 by the plan (heads of its member units): reads the office's lists.</summary>
    OfficeMember,

    SystemAdministrator,
    SecurityAdministrator,
    AuditAdministrator,

    /// <summary>The scheduler itself; never an account.</summary>
    Scheduler,
}
