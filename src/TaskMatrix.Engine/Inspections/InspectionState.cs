namespace TaskMatrix.Engine.Inspections;

/// <summary>Where an inspection stands.</summary>
public enum InspectionState
{
    /// <summary>已立案: opened, nothing asked of the unit yet.</summary>
    Open,

    /// <summary>已督办: an order asks the unit for an explanation by a moment.</summary>
    Ordered,

    /// <summary>已说明: the unit has explained itself.</summary>
    Explained,

    /// <summary>已认定: there is a finding.</summary>
    Found,

    /// <summary>整改中: the unit rectifies.</summary>
    Rectifying,

    /// <summary>已复查: the re-check was passed.</summary>
    Rechecked,

    /// <summary>已销号</summary>
    Closed,
}

/// <summary>How an inspection is carried out.</summary>
public enum InspectionKind
{
    /// <summary>单项督查</summary>
    Single,

    /// <summary>督导组: part of a round, for a time.</summary>
    Round,

    /// <summary>联合督导组: a round whose team comes from several units.</summary>
    Joint,
}

/// <summary>What an inspection found.</summary>
public enum Finding
{
    /// <summary>属实: goes on to rectification and re-check.</summary>
    Substantiated,

    /// <summary>不属实</summary>
    Unsubstantiated,

    /// <summary>尽职免责: it happened, and the unit had done what could be asked of it.</summary>
    Exempt,
}

/// <summary>What an inspector proposes besides rectification; anything but none waits for a leader's decision.</summary>
public enum Measure
{
    None,

    /// <summary>通报</summary>
    Notice,

    /// <summary>约谈</summary>
    Interview,

    /// <summary>批评</summary>
    Criticism,

    /// <summary>移交问责</summary>
    Referral,
}
