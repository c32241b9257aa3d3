using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.Engine.Tests.Workflows;

public sealed class ConditionTests
{
    private const string Form = """{"cases":2,"share":0.5,"text":"2","place":"水泉","none":null,"sure":true}""";

    [Theory]
    [InlineData("cases", "gt", "1", true)]
    [InlineData("cases", "gt", "2", false)]
    [InlineData("cases", "ge", "2", true)]
    [InlineData("cases", "lt", "2", false)]
    [InlineData("cases", "le", "2", true)]
    [InlineData("cases", "eq", "2", true)]
    [InlineData("cases", "ne", "2", false)]
    [InlineData("cases", "gt", "10", false)]
    [InlineData("share", "lt", "1", true)]
    [InlineData("text", "ge", "2", true)]
    [InlineData("place", "eq", "水泉", true)]
    [InlineData("place", "gt", "1", false)]
    [InlineData("sure", "eq", "true", true)]
    [InlineData("place", "present", null, true)]
    [InlineData("none", "present", null, false)]
    [InlineData("absent", "present", null, false)]
    [InlineData("absent", "ne", "1", false)]
    [InlineData("absent", "lt", "1", false)]
    public void A_field_is_compared_as_it_is_written(string field, string comparison, string? value, bool holds)
    {
        Assert.Equal(holds, new Condition("ask", field, comparison, value).Holds(Form));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("[]")]
    [InlineData("3")]
    public void Nothing_holds_where_there_is_no_form(string? form)
    {
        Assert.False(new Condition("ask", "cases", "ge", "0").Holds(form));
    }
}
