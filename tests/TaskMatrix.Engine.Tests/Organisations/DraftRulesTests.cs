using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Engine.Tests.Organisations;

public sealed class DraftRulesTests
{
    [Theory]
    [InlineData("text", true)]
    [InlineData("form.newCases", true)]
    [InlineData("note:A-1", true)]
    [InlineData("password", false)]
    [InlineData("sysadminPassword", false)]
    [InlineData("secret", false)]
    [InlineData("accessToken", false)]
    [InlineData("formToken", false)]
    [InlineData("__RequestVerificationToken", false)]
    [InlineData("expectedVersion", false)]
    [InlineData("attachmentIds", false)]
    [InlineData("draftPage", false)]
    public void Keeps_what_was_written_and_neither_secrets_nor_machinery(string field, bool kept) => Assert.Equal(kept, DraftRules.Keeps(field));

    [Fact]
    public void Is_known_by_the_beginning_of_its_longest_text()
    {
        Assert.Equal("已核查 312 人", DraftRules.Excerpt(["done", " 已核查 312 人 "]));
        Assert.Equal(new string('长', DraftRules.ExcerptLength) + "…", DraftRules.Excerpt([new string('长', 5000)]));
        Assert.Equal("", DraftRules.Excerpt([]));
    }

    [Fact]
    public void An_excerpt_cuts_no_character_in_two()
    {
        var cut = DraftRules.Excerpt([new string('长', DraftRules.ExcerptLength - 1) + "😷😷"]);

        Assert.Equal(new string('长', DraftRules.ExcerptLength - 1) + "…", cut);
    }
}
