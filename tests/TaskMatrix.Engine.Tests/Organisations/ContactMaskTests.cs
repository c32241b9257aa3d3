using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Engine.Tests.Organisations;

public sealed class ContactMaskTests
{
    [Theory]
    [InlineData("13712340737", "137****0737")]
    [InlineData("李医生 137 1234 0737", "137****0737")]
    [InlineData("0737-3265591", "073****5591")]
    [InlineData("2454686", "245****")]
    [InlineData("张三", "***")]
    [InlineData("a@b.cn", "***")]
    [InlineData("", "***")]
    public void Leaves_of_a_contact_what_tells_it_apart_and_no_name(string contact, string masked) => Assert.Equal(masked, ContactMask.Of(contact));
}
