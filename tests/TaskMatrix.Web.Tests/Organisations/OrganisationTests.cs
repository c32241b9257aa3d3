using TaskMatrix.Web.Tests.Hosting;

namespace TaskMatrix.Web.Tests.Organisations;

public sealed class OrganisationTests
{
    private const string Taiping =
        "leading-group leading-group-office district-government publicity gov-office development-reform education industry-it public-security "
        + "civil-affairs justice finance human-resources ecology agriculture commerce culture-tourism health emergency market-supervision "
        + "natural-resources red-cross shuiquan-town hongshu-street gaode-street sunjiawan-street";

    private const string Lanxi =
        "leading-group leading-group-office town-government party-gov-office health-center market-supervision police-station governance-office "
        + "finance highway-station traffic-station bus-station urban-management emergency living-environment forestry-station "
        + "animal-epidemic-station central-school discipline-inspection fishery aquatic-farm villages";

    [Theory]
    [InlineData("taiping", "太平区")]
    [InlineData("lanxi", "兰溪镇")]
    public async Task Shows_everybody_the_own_jurisdiction_alone(string jurisdiction, string name)
    {
        var api = await RunningApi.Shared;
        var place = Assert.Single((await api.As($"{jurisdiction}.finance").Get("/api/jurisdictions")).Ok().AsArray())!;
        Assert.Equal((jurisdiction, name, "Asia/Shanghai"), (place.Text("id"), place.Text("name"), place.Text("zone")));
    }

    [Theory]
    [InlineData("taiping", Taiping)]
    [InlineData("lanxi", Lanxi)]
    public async Task Lists_exactly_the_units_of_the_document(string jurisdiction, string ids)
    {
        var api = await RunningApi.Shared;
        var units = (await api.As($"{jurisdiction}.office").Get($"/api/jurisdictions/{jurisdiction}/units")).Ok().AsArray();
        Assert.Equal(ids.Split(' ').Order(), units.Select(unit => unit!.Text("id")).Order());
    }

    [Fact]
    public async Task Shows_aliases_classes_posts_and_the_liaison_of_a_unit()
    {
        var api = await RunningApi.Shared;
        var units = (await api.As("taiping.office").Get("/api/jurisdictions/taiping/units")).Ok().AsArray();
        var health = units.Single(unit => unit!.Text("id") == "health")!;

        Assert.Equal("区卫健局", health.Text("name"));
        Assert.Contains("区卫生健康委", health.Texts("aliases"));
        Assert.Contains("member-units", health.Texts("classes"));
        Assert.All(health["posts"]!.AsArray(), post => Assert.True(post!["id"] is not null && post["title"] is not null && post.AsObject().ContainsKey("holder")));
        Assert.NotNull(health.TextOrNull("liaison"));
    }

    [Fact]
    public async Task Does_not_know_units_of_another_jurisdiction()
    {
        var api = await RunningApi.Shared;
        (await api.As("taiping.office").Get("/api/jurisdictions/lanxi/units")).Refused(404, "not-found");
        (await api.As("taiping.office").Get("/api/jurisdictions/atlantis/units")).Refused(404, "not-found");
    }
}
