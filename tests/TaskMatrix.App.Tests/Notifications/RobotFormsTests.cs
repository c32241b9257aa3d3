using System.Text.Json.Nodes;
using TaskMatrix.App.Notifications;

namespace TaskMatrix.App.Tests.Notifications;

/// <summary>Forms and signatures, compared with values that openssl makes of the same secret and time.</summary>
public sealed class RobotFormsTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_579_744_800_123);

    private static readonly MessageText Text = new("任务矩阵：新任务", "核查返程学生");

    [Fact]
    public void DingTalk_gets_time_and_sign_in_the_address()
    {
        var request = RobotForms.Write(ChannelKind.DingTalk, new Uri("https://oapi.dingtalk.com/robot/send?access_token=t"), "SECabc", Text, Now);

        Assert.Equal("https://oapi.dingtalk.com/robot/send?access_token=t&timestamp=1579744800123&sign=SVnypLX%2Favu5i8QGAJidvoh6SXs2t5Mfw8swjs9sioM%3D", request.Address.AbsoluteUri);
        Assert.Equal(("text", "任务矩阵：新任务\n核查返程学生"), ((string?)JsonNode.Parse(request.Body)!["msgtype"], (string?)JsonNode.Parse(request.Body)!["text"]!["content"]));
    }

    [Fact]
    public void Feishu_gets_them_in_the_body()
    {
        var request = RobotForms.Write(ChannelKind.Feishu, new Uri("https://open.feishu.cn/open-apis/bot/v2/hook/h"), "secret", Text, Now);

        var body = JsonNode.Parse(request.Body)!;
        Assert.Equal("https://open.feishu.cn/open-apis/bot/v2/hook/h", request.Address.AbsoluteUri);
        Assert.Equal(("1579744800", "h2mpWS+sYxjlYOohnYJWp02yqIApynRKXlDLOwQjexA="), ((string?)body["timestamp"], (string?)body["sign"]));
        Assert.Equal(("text", "任务矩阵：新任务\n核查返程学生"), ((string?)body["msg_type"], (string?)body["content"]!["text"]));
    }

    [Fact]
    public void A_title_calls_nobody_in_the_group() => Assert.DoesNotContain(
        "<at", RobotForms.Write(ChannelKind.Feishu, new Uri("https://open.feishu.cn/h"), null, new MessageText("<at user_id=\"all\"></at>", ""), Now).Body);

    [Theory]
    [InlineData(ChannelKind.WeCom)]
    [InlineData(ChannelKind.DingTalk)]
    public void Without_a_secret_the_address_stays_as_it_is(string kind) =>
        Assert.Equal("https://robot.example/send?key=k", RobotForms.Write(kind, new Uri("https://robot.example/send?key=k"), null, Text, Now).Address.AbsoluteUri);

    [Fact]
    public void Long_words_are_cut_to_what_the_smallest_robot_takes()
    {
        var body = JsonNode.Parse(RobotForms.Write(ChannelKind.WeCom, new Uri("https://robot.example/"), null, new MessageText("题", new string('长', 5000)), Now).Body)!;

        var words = (string)body["text"]!["content"]!;
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(words), RobotForms.MostBytes - 4, 2048);
        Assert.EndsWith("…", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"errcode":0,"errmsg":"ok"}""", null)]
    [InlineData("""{"code":0,"msg":"success"}""", null)]
    [InlineData("""{"StatusCode":0,"StatusMessage":"success"}""", null)]
    [InlineData("""{"errcode":93000,"errmsg":"invalid webhook url"}""", "the robot answers 93000: invalid webhook url")]
    [InlineData("""{"code":19021,"msg":"sign match fail"}""", "the robot answers 19021: sign match fail")]
    [InlineData("[]", "the answer is not a robot's")]
    [InlineData("", "the answer is not a robot's")]
    public void The_answer_says_whether_it_was_taken(string answer, string? refusal) => Assert.Equal(refusal, RobotForms.Refusal(answer));
}
