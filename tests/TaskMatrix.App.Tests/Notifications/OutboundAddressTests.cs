using System.Net;
using TaskMatrix.App.Notifications;

namespace TaskMatrix.App.Tests.Notifications;

/// <summary>Nothing a user types leads into our own networks.</summary>
public sealed class OutboundAddressTests
{
    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://192.168.1.1/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    public void Private_addresses_in_any_form_are_refused(string address) =>
        Assert.Equal("channel.private-address", OutboundAddress.Problem(new Uri(address), allowPrivate: false));

    [Theory]
    [InlineData("http://robot.example/")]
    [InlineData("https://user:secret@robot.example/")]
    [InlineData("https://robot.example:8443/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://robot.example/")]
    public void Only_plain_https_is_taken(string address) =>
        Assert.Equal("channel.bad-address", OutboundAddress.Problem(new Uri(address), allowPrivate: false));

    [Fact]
    public void Public_ones_are_taken()
    {
        Assert.Null(OutboundAddress.Problem(new Uri("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k"), allowPrivate: false));
        Assert.True(OutboundAddress.IsPublic(IPAddress.Parse("110.75.1.1")));
        Assert.True(OutboundAddress.IsPublic(IPAddress.Parse("2400:3200::1")));
    }

    [Fact]
    public async Task A_name_that_leads_to_a_private_address_is_refused_when_connecting()
    {
        using var http = new HttpClient(OutboundAddress.Handler(allowPrivate: false));

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => http.GetAsync("https://localhost/"));

        Assert.True(refused is OutboundRefusedException || refused.InnerException is OutboundRefusedException, refused.ToString());
    }
}
