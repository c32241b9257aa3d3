using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Engine.Tests.Organisations;

/// <summary>One person of every kind that can meet a task led by education, with health beside it and publicity informed.</summary>
internal static class People
{
    public static readonly Actor Liaison = Of("education", Role.Liaison);
    public static readonly Actor Head = Of("education", Role.Head);
    public static readonly Actor CoLiaison = Of("health", Role.Liaison);
    public static readonly Actor CoHead = Of("health", Role.Head);
    public static readonly Actor Informed = Of("publicity", Role.Liaison);
    public static readonly Actor OtherHead = Of("finance", Role.Head);
    public static readonly Actor Office = Of(Actor.OfficeUnit, Role.Office);
    public static readonly Actor Leader = Of("leading-group", Role.Leader);
    public static readonly Actor Inspector = Of("justice", Role.Inspector);
    public static readonly Actor SystemAdministrator = Of("gov-office", Role.SystemAdministrator);
    public static readonly Actor SecurityAdministrator = Of("gov-office", Role.SecurityAdministrator);
    public static readonly Actor AuditAdministrator = Of("gov-office", Role.AuditAdministrator);
    public static readonly Actor Scheduler = Actor.Scheduler("taiping");
    public static readonly Actor ForeignOffice = Of(Actor.OfficeUnit, Role.Office, "lanxi");

    /// <summary>Unit ids repeat across jurisdictions.</summary>
    public static readonly Actor ForeignHead = Of("education", Role.Head, "lanxi");

    public static readonly IReadOnlyDictionary<string, Actor> Everyone = new Dictionary<string, Actor>
    {
        ["liaison"] = Liaison, ["head"] = Head, ["co-liaison"] = CoLiaison, ["co-head"] = CoHead, ["informed"] = Informed,
        ["other"] = OtherHead, ["office"] = Office, ["leader"] = Leader, ["inspector"] = Inspector,
        ["system"] = SystemAdministrator, ["security"] = SecurityAdministrator, ["audit"] = AuditAdministrator,
        ["scheduler"] = Scheduler, ["foreign-office"] = ForeignOffice, ["foreign-head"] = ForeignHead,
    };

    public static Actor Of(string unit, Role role, string jurisdiction = "taiping") =>
        new($"{jurisdiction}.{unit}.{role}", unit, $"{unit}-{role}", jurisdiction, unit, [role]);
}
