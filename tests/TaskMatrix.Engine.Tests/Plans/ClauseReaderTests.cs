using TaskMatrix.Engine.Plans;

namespace TaskMatrix.Engine.Tests.Plans;

public sealed class ClauseReaderTests
{
    [Theory]
    [InlineData("\n\n防汛方案\n各单位做好值班。", "防汛方案")]
    [InlineData("  \n一、总则\n各单位做好值班。", "一、总则")]
    public void A_text_that_begins_with_blank_lines_has_a_section_with_a_name(string text, string section)
    {
        var document = ClauseReader.Read(text, null, []);
        Assert.Equal([section], document.Sections.Select(one => one.Id));
        Assert.Contains(document.Clauses, clause => clause.Text == "各单位做好值班。" && clause.Section == section);
    }
}
