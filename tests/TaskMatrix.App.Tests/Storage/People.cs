using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Tests.Storage;

/// <summary>The people of the tests.</summary>
public static class People
{
    public static readonly Actor Office = OfficeOf("taiping"), Leader = LeaderOf("taiping"), Inspector = Of("taiping", "inspector", "leading-group", Role.Inspector);

    public static readonly Actor SystemAdministrator = Of("taiping", "sysadmin", Actor.OfficeUnit, Role.SystemAdministrator),
        SecurityAdministrator = Of("taiping", "secadmin", Actor.OfficeUnit, Role.SecurityAdministrator);

    public static Actor OfficeOf(string jurisdiction) => Of(jurisdiction, "office", Actor.OfficeUnit, Role.Office);

    public static Actor LeaderOf(string jurisdiction) => Of(jurisdiction, "leader", "leading-group", Role.Leader);

    public static Actor Liaison(string unit, string jurisdiction = "taiping") => Of(jurisdiction, unit, unit, Role.Liaison);

    public static Actor Head(string unit, string jurisdiction = "taiping") => Of(jurisdiction, unit + ".head", unit, Role.Head);

    private static Actor Of(string jurisdiction, string name, string unit, Role role) =>
        new($"{jurisdiction}.{name}", name, name, jurisdiction, unit, [role]);
}
