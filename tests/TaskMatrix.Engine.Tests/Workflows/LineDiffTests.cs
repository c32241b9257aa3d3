using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.Engine.Tests.Workflows;

public sealed class LineDiffTests
{
    [Theory]
    [InlineData("a\nb\nc", "a\nb\nc", "")]
    [InlineData("a\nb\nc", "a\nx\nc", "-2b +2x")]
    [InlineData("a\nb", "a\nb\nc", "+3c")]
    [InlineData("a\nb\nc", "b\nc", "-1a")]
    [InlineData("", "a", "+1a")]
    [InlineData("a", "", "-1a")]
    [InlineData("a\nb\nc\nd", "a\nc\nb\nd", "-2b +3b")]
    [InlineData("a\r\nb\r\n", "a\nb", "")]
    public void Names_what_is_gone_and_what_was_added(string old, string now, string changes) => Assert.Equal(
        changes,
        string.Join(' ', LineDiff.Of(old, now).Where(line => line.Fate is not LineFate.Same).Select(line => $"{(line.Fate is LineFate.Gone ? '-' : '+')}{line.Number}{line.Text}")));

    [Fact]
    public void Both_texts_can_be_put_together_again_from_it()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var (old, now) = (Text(random), Text(random));
            var diff = LineDiff.Of(old, now);
            Assert.Equal(old, string.Join('\n', diff.Where(line => line.Fate is not LineFate.Added).Select(line => line.Text)));
            Assert.Equal(now, string.Join('\n', diff.Where(line => line.Fate is not LineFate.Gone).Select(line => line.Text)));
        }
    }

    [Fact]
    public void Only_what_changed_is_shown_with_the_lines_around_it()
    {
        var old = string.Join('\n', Enumerable.Range(1, 50));
        Assert.Equal([24, 25, 25, 26], LineDiff.Changes(old, old.Replace("\n25\n", "\nx\n", StringComparison.Ordinal), around: 1).Select(line => line.Number));
        Assert.Empty(LineDiff.Changes(old, old));
    }

    [Fact]
    public void Texts_too_long_to_compare_are_given_as_replaced()
    {
        var (old, now) = (string.Join('\n', Enumerable.Range(0, 3000)), string.Join('\n', Enumerable.Range(5000, 3000)));
        Assert.Equal(6000, LineDiff.Of(old, now).Count);
    }

    private static string Text(Random random) => string.Join('\n', Enumerable.Range(0, random.Next(1, 12)).Select(_ => (char)('a' + random.Next(4))));
}
