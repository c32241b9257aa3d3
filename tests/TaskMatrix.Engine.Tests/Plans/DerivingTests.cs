using TaskMatrix.Engine.Plans;

namespace TaskMatrix.Engine.Tests.Plans;

public sealed class DerivingTests
{
    [Fact]
    public void Gaps_tell_what_was_taken_over_what_is_left_out_and_what_is_new()
    {
        var (taken, ours, others) = (ResponseLevelsTests.Of("above.taken"), ResponseLevelsTests.Of("above.ours") with { LeadUnits = ["town", "street"] }, ResponseLevelsTests.Of("above.others"));
        var (first, second) = (ResponseLevelsTests.Of("below.first") with { DerivedFrom = taken.Id }, ResponseLevelsTests.Of("below.second") with { DerivedFrom = taken.Id });
        var (own, orphan) = (ResponseLevelsTests.Of("below.own"), ResponseLevelsTests.Of("below.orphan") with { DerivedFrom = "above.gone" });

        var gaps = PlanGaps.Between([taken, ours, others], [first, own, second, orphan], "town");

        var mapped = Assert.Single(gaps.Mapped);
        Assert.Equal((taken.Id, "below.first below.second"), (mapped.Parent.Id, string.Join(' ', mapped.Duties.Select(duty => duty.Id))));
        Assert.Equal([("above.ours", true), ("above.others", false)], gaps.LeftOut.Select(left => (left.Parent.Id, left.ConcernsUnit)));
        Assert.Equal(["below.own", "below.orphan"], gaps.Own.Select(duty => duty.Id));
    }

    /// <summary>More than two digits can count.</summary>
    private const int Many = 125;

    [Fact]
    public void A_text_written_from_sentences_has_each_exactly_once_in_its_section()
    {
        TakenOver[] sentences = [.. Enumerable.Range(0, Many).Select(i => new TakenOver(i % 2 == 0 ? "卫生院" : "派出所", "四、职责分工", i % 3 == 0 ? "做好摸底" : $"做好摸底、联防联控;第{i}项。"))];

        var text = DerivedText.Write("水泉镇方案", "太平区方案", "太政办〔2020〕3号", sentences);
        var document = ClauseReader.Read(text, null, []);

        Assert.Contains("参照《太平区方案》(太政办〔2020〕3号)", text, StringComparison.Ordinal);
        Assert.Equal(Many, document.Sections.Count);
        for (var i = 0; i < sentences.Length; i++)
        {
            var section = document.Section(DerivedText.Heading(i, sentences[i]))!;
            Assert.Single(document.Find(section, sentences[i].Quote));
        }
    }

    [Theory]
    [InlineData(1, "一")]
    [InlineData(10, "十")]
    [InlineData(11, "十一")]
    [InlineData(20, "二十")]
    [InlineData(99, "九十九")]
    [InlineData(100, "一百")]
    [InlineData(101, "一百零一")]
    [InlineData(110, "一百一十")]
    [InlineData(115, "一百一十五")]
    [InlineData(120, "一百二十")]
    [InlineData(999, "九百九十九")]
    public void Sections_count_as_documents_do(int number, string written) => Assert.Equal(written, DerivedText.Number(number));
}
