using Microsoft.AspNetCore.Identity;
using TaskMatrix.App.Organisations;

namespace TaskMatrix.Web.Hosting;

/// <summary>The one demo password, hashed once for all accounts.</summary>
internal static class DemoAccounts
{
    public const string Password = "TaskMatrix-Demo-2020";

    public static Lazy<string> PasswordHash { get; } = new(() => new PasswordHasher<Account>().HashPassword(null!, Password));

    public static string Announcement => $"""
        Demo accounts (password {Password}):
          taiping.office  taiping.leader  taiping.inspector   lanxi.office  lanxi.leader  lanxi.inspector
          taiping.education  taiping.education.head  …  one liaison and one head for every unit
          taiping.sysadmin  taiping.secadmin  taiping.auditor  (also for lanxi)
        """;
}
