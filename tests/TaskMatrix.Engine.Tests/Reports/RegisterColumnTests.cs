using TaskMatrix.Engine.Reports;

namespace TaskMatrix.Engine.Tests.Reports;

public sealed class RegisterColumnTests
{
    [Theory]
    [InlineData(RegisterColumnKind.Code, " A-01 ", "A-01")]
    [InlineData(RegisterColumnKind.Code, "水泉1号", "水泉1号")]
    [InlineData(RegisterColumnKind.Words, "=1+1", "=1+1")]
    [InlineData(RegisterColumnKind.Words, "第一行\n第二行", "第一行\n第二行")]
    [InlineData(RegisterColumnKind.Phone, "13700000737", "13700000737")]
    [InlineData(RegisterColumnKind.Phone, "0418-1234567", "0418-1234567")]
    [InlineData(RegisterColumnKind.LastFour, "123X", "123X")]
    [InlineData(RegisterColumnKind.Date, "2020/1/3", "2020-01-03")]
    [InlineData(RegisterColumnKind.Date, "2020-01-23", "2020-01-23")]
    [InlineData(RegisterColumnKind.Count, "0", "0")]
    [InlineData(RegisterColumnKind.Money, "12.5", "12.50")]
    [InlineData(RegisterColumnKind.Date, "", "")]
    public void What_is_good_is_kept_in_one_form(RegisterColumnKind kind, string typed, string kept)
    {
        Assert.Null(Column(kind).Read(typed, out var value));
        Assert.Equal(kept, value);
    }

    [Theory]
    [InlineData(RegisterColumnKind.Code, "", "register.code-missing")]
    [InlineData(RegisterColumnKind.Code, "=A1", "register.bad-code")]
    [InlineData(RegisterColumnKind.Code, "A/1", "register.bad-code")]
    [InlineData(RegisterColumnKind.Code, "A\n1", "register.bad-code")]
    [InlineData(RegisterColumnKind.Code, "21090319900101123X", "register.personal-code")]
    [InlineData(RegisterColumnKind.Code, "13700000737", "register.personal-code")]
    [InlineData(RegisterColumnKind.Words, "\u0001", "register.bad-text")]
    [InlineData(RegisterColumnKind.Phone, "one", "register.bad-phone")]
    [InlineData(RegisterColumnKind.LastFour, "12", "register.bad-last-four")]
    [InlineData(RegisterColumnKind.Date, "2020-02-30", "register.bad-date")]
    [InlineData(RegisterColumnKind.Date, "23.1.2020", "register.bad-date")]
    [InlineData(RegisterColumnKind.Count, "-1", "register.bad-count")]
    [InlineData(RegisterColumnKind.Count, "1.5", "register.bad-count")]
    [InlineData(RegisterColumnKind.Count, "99999999999", "register.bad-count")]
    [InlineData(RegisterColumnKind.Money, "1.234", "register.bad-money")]
    [InlineData(RegisterColumnKind.Money, "-1", "register.bad-money")]
    [InlineData(RegisterColumnKind.Money, "1e3", "register.bad-money")]
    public void What_is_wrong_says_how(RegisterColumnKind kind, string typed, string code) => Assert.Equal(code, Column(kind).Read(typed, out _));

    [Fact]
    public void A_value_longer_than_its_column_is_refused() => Assert.Equal("register.too-long", (Column(RegisterColumnKind.Words) with { Longest = 3 }).Read("四个字符", out _));

    [Fact]
    public void A_masked_value_does_not_come_back_as_a_clear_one() =>
        Assert.Equal("register.masked-value", (Column(RegisterColumnKind.Name) with { Personal = true }).Read("张*", out _));

    [Theory]
    [InlineData(RegisterColumnKind.Name, "张三丰", "张*")]
    [InlineData(RegisterColumnKind.Name, "𠮷田", "𠮷*")]
    [InlineData(RegisterColumnKind.Phone, "13700000737", "137****0737")]
    [InlineData(RegisterColumnKind.Phone, "1234567", "****67")]
    [InlineData(RegisterColumnKind.Phone, "12345", "****")]
    [InlineData(RegisterColumnKind.LastFour, "123X", "****")]
    [InlineData(RegisterColumnKind.Name, "", "")]
    public void A_personal_value_is_masked(RegisterColumnKind kind, string value, string shown) =>
        Assert.Equal(shown, (Column(kind) with { Personal = true }).Masked(value));

    [Fact]
    public void Numbers_of_people_are_masked_in_words_and_numbers_of_documents_are_not()
    {
        Assert.Equal("联系其父137****0737，住3栋", Column(RegisterColumnKind.Words).Masked("联系其父13700000737，住3栋"));
        Assert.Equal("身份证210****123X", Column(RegisterColumnKind.Words).Masked("身份证21090319900101123X"));
        Assert.Equal("阜财20200123001", Column(RegisterColumnKind.Reference).Masked("阜财20200123001"));
    }

    [Theory]
    [InlineData("phone")]
    [InlineData(" 电话 ")]
    [InlineData("PHONE")]
    public void A_heading_is_its_id_or_its_title_in_either_language(string heading) =>
        Assert.True(new RegisterColumn("phone", "电话", "Phone", RegisterColumnKind.Phone, true, 20).Answers(heading));

    private static RegisterColumn Column(RegisterColumnKind kind) => new("c", "栏", "Column", kind, false, 40);
}
