using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Tests.Reports;

public sealed class RegisterLineTests
{
    private static readonly DateTimeOffset Now = new(2020, 1, 23, 9, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void A_change_tells_old_and_new_and_leaves_what_it_does_not_name()
    {
        var line = Line();

        var changes = line.Change(new Dictionary<string, string> { ["name"] = "李四", ["place"] = "", ["note"] = "新" }, 1);

        Assert.Equal(new Dictionary<string, (string, string)> { ["name"] = ("张三", "李四"), ["place"] = ("前村", ""), ["note"] = ("", "新") }, changes);
        Assert.Equal(("李四", "137", null, 2), (line.Values["name"], line.Values["phone"], line.Place, line.Version));
        Assert.False(line.Values.ContainsKey("place"));
        Assert.Contains("李四", line.Words);
        Assert.DoesNotContain("张三", line.Words);
    }

    [Fact]
    public void The_same_values_change_nothing()
    {
        var line = Line();

        Assert.Empty(line.Change(new Dictionary<string, string> { ["name"] = "张三", ["code"] = "A1" }, null));
        Assert.Equal(1, line.Version);
    }

    [Fact]
    public void What_was_struck_off_stays_as_it_is()
    {
        var line = Line();
        line.StrikeOff("已离开", "u", Now, 1);

        Refused("register.struck-off", () => line.Change(new Dictionary<string, string> { ["name"] = "李四" }, null));
        Refused("register.struck-off", () => line.StrikeOff("又一次", "u", Now.AddHours(1), null));
        Assert.Equal((Now, "已离开", "张三"), (line.StruckAt!.Value, line.StrikeReason, line.Values["name"]));
    }

    [Fact]
    public void A_stale_change_is_refused_and_a_code_never_changes()
    {
        var line = Line();

        Refused("register.version-conflict", () => line.Change(new Dictionary<string, string> { ["name"] = "李四" }, 7));
        Refused("register.version-conflict", () => line.StrikeOff("r", "u", Now, 7));
        Refused("register.code-fixed", () => line.Change(new Dictionary<string, string> { ["code"] = "A2" }, null));
        Assert.Equal("张三", line.Values["name"]);
    }

    private static RegisterLine Line() => RegisterLine.Of(
        "taiping", "d", "education", new Dictionary<string, string> { ["code"] = "A1", ["name"] = "张三", ["phone"] = "137", ["place"] = "前村", ["note"] = "" }, "u", Now);

    private static void Refused(string code, Action attempt) => Assert.Equal(code, Assert.Throws<RuleBrokenException>(attempt).Code);
}
