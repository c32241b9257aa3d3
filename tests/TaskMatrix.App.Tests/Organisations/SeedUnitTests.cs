using TaskMatrix.App.Tests.Workflows;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Tests.Organisations;

public sealed class SeedUnitTests
{
    [Theory]
    [InlineData("taiping", 26)]
    [InlineData("lanxi", 22)]
    public void Every_unit_of_the_text_is_there(string jurisdiction, int count)
    {
        var units = Shipped.Set.UnitsOf(jurisdiction);

        Assert.Equal(count, units.Count);
        Assert.Equal(Enumerable.Range(1, count), units.Select(unit => unit.Ordinal));
        Assert.Contains(units, unit => unit.Id == Actor.OfficeUnit);
    }

    [Theory]
    [InlineData("taiping", "公安部门", "public-security")]
    [InlineData("taiping", "太平公安分局", "public-security")]
    [InlineData("taiping", "区政府办公室", "gov-office")]
    [InlineData("taiping", "区卫生健康委", "health")]
    [InlineData("taiping", "卫生健康部门", "health")]
    [InlineData("taiping", "区市场局", "market-supervision")]
    [InlineData("taiping", "水泉镇人民政府", "shuiquan-town")]
    [InlineData("lanxi", "卫计部门", "leading-group-office")]
    [InlineData("lanxi", "镇政府卫计办", "leading-group-office")]
    [InlineData("lanxi", "市场监管", "market-supervision")]
    [InlineData("lanxi", "公安", "police-station")]
    public void A_unit_is_found_by_every_name_the_text_gives_it(string jurisdiction, string name, string unit)
    {
        Assert.Equal([unit], Shipped.Set.UnitsOf(jurisdiction).Where(candidate => candidate.Answers(name)).Select(candidate => candidate.Id));
    }

    [Fact]
    public void Every_unit_has_somebody_who_acts_and_somebody_who_answers()
    {
        Assert.All(Shipped.Set.Units, unit =>
        {
            Assert.Contains(unit.Posts, post => post.Role == "head");
            Assert.Contains(unit.Posts, post => post.Role == "liaison");
            Assert.NotNull(unit.AccountablePost);
        });
    }

    [Fact]
    public void A_jurisdiction_keeps_local_time_and_has_a_calendar()
    {
        Assert.All(Shipped.Set.Jurisdictions, jurisdiction =>
        {
            Assert.Equal("Asia/Shanghai", jurisdiction.Zone);
            Assert.True(Shipped.Set.Calendars.ContainsKey(jurisdiction.Calendar));
        });
    }
}
