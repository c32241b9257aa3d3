using TaskMatrix.Browser.Tests.Shell;

namespace TaskMatrix.Browser.Tests.Organisations;

/// <summary>An account from its making to its end: two administrators, a one-time link, the first day, and the door that closes.</summary>
[Collection(RunningProgramCollection.Name)]
public sealed class AccountJourneyTests(RunningProgram program)
{
    private const string Password = "a-new-Password-2020";

    public static TheoryData<bool, bool, string> Ways => Looking.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task An_account_is_made_let_in_by_its_link_and_shut(bool scripts, bool phone, string language)
    {
        var looking = new Looking(scripts, phone, language);
        var name = $"taiping.clerk-{Guid.NewGuid():N}";
        await using var system = await Person.SignIn(program, looking, "taiping.sysadmin");
        await system.Go("/accounts");
        await system.Send("/accounts", ("userName", name), ("post", "区教育局疫情联络员"), ("unit", "education"));
        var link = await system.Page.InnerTextAsync("#one-time-link");

        await using var security = await Person.SignIn(program, looking, "taiping.secadmin");
        await security.Go("/accounts/" + name);
        await security.Send($"/accounts/{name}/roles", ("roles", "liaison"), ("reason", "上岗"));

        await using var clerk = await Person.Visit(program, looking);
        await clerk.Go(new Uri(link).PathAndQuery);
        var welcome = await clerk.Fill("/welcome", ("newPassword", Password), ("again", Password));
        await welcome.Locator("button[type=submit]").ClickAsync();
        await clerk.Page.WaitForURLAsync("**/login");
        await clerk.Page.FillAsync("#userName", name);
        await clerk.Page.FillAsync("#password", Password);
        await clerk.Page.ClickAsync("main button[type=submit]");
        await clerk.Page.WaitForSelectorAsync("form[action='/logout']");
        await Person.FoundNothingWrong(system, security, clerk);

        await security.Send($"/accounts/{name}/disable", ("reason", "调离"));
        await clerk.Go("/tasks");
        Assert.Equal("/login", clerk.Here);
    }
}
