using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Tests.Reports;

public sealed class ChecklistTests
{
    private static readonly string[] Items = ["晨检", "午检", "因病缺勤追查"];

    [Fact]
    public void One_result_for_each_item_is_good_in_any_order() => Checklist.Require(
        Items, [new("午检", Checklist.NotDone), new("因病缺勤追查", Checklist.Problem, "两人发热未查因"), new("晨检", Checklist.Done)]);

    [Fact]
    public void Each_item_without_a_result_is_named() =>
        Assert.Equal("午检、因病缺勤追查", Refused("form.items-incomplete", new ChecklistAnswer("晨检", Checklist.Done)));

    [Fact]
    public void An_item_of_another_list_is_named() =>
        Assert.Equal("通风", Refused("form.unknown-item", [.. All(), new("通风", Checklist.Done)]));

    [Fact]
    public void An_item_with_two_results_is_named() =>
        Assert.Equal("晨检", Refused("form.item-twice", [.. All(), new("晨检", Checklist.NotDone)]));

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void A_problem_says_what_it_is(string? note) =>
        Assert.Equal("午检", Refused("form.note-missing", [new("晨检", Checklist.Done), new("午检", Checklist.Problem, note), new("因病缺勤追查", Checklist.Done)]));

    private static ChecklistAnswer[] All() => [.. Items.Select(item => new ChecklistAnswer(item, Checklist.Done))];

    private static string Refused(string code, params ChecklistAnswer[] answers)
    {
        var refusal = Assert.Throws<RuleBrokenException>(() => Checklist.Require(Items, answers));
        Assert.Equal((code, RuleKind.Invalid), (refusal.Code, refusal.Kind));
        return (string)Assert.Single(refusal.Arguments);
    }
}
