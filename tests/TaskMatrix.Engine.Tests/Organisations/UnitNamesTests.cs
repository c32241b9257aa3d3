using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Engine.Tests.Organisations;

public sealed class UnitNamesTests
{
    private static readonly IReadOnlyList<OrganisationUnit> Units =
    [
        Unit("education", "区教育局", "Education Bureau", "教育局"),
        Unit("health", "区卫生健康局", "Health Bureau", "区卫健局", "卫健局"),
        Unit("culture-tourism", "区文旅广电局", "Culture, Tourism and Broadcasting Bureau", "文旅局"),
        Unit("closed-village", "枣家村", "Zaojia Village") with { ClosedAt = DateTimeOffset.UnixEpoch },
    ];

    [Theory]
    [InlineData("教育局", "education")]
    [InlineData("区教育局", "education")]
    [InlineData("education", "education")]
    [InlineData("education bureau", "education")]
    [InlineData("教育", "education")]
    [InlineData("卫健局、 教育局", "health education")]
    [InlineData("卫健局，教育局,文旅", "health education culture-tourism")]
    [InlineData("教育局、区教育局", "education")]
    [InlineData("Culture, Tourism and Broadcasting Bureau", "culture-tourism")]
    [InlineData("", "")]
    public void Finds_units_by_any_of_their_names_or_a_part_that_only_one_has(string typed, string ids) =>
        Assert.Equal(ids, string.Join(' ', UnitNames.Read(typed, Units)));

    [Theory]
    [InlineData("局")]
    [InlineData("统计局")]
    [InlineData("枣家")]
    public void Leaves_as_typed_what_none_several_or_only_a_closed_one_answers_to(string typed) => Assert.Equal([typed], UnitNames.Read(typed, Units));

    private static OrganisationUnit Unit(string id, string name, string english, params string[] aliases) => new("taiping", id, 1, name, english, aliases, [], []);
}
