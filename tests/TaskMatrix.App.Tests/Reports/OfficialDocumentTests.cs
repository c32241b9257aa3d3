using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using TaskMatrix.App.Reports;

namespace TaskMatrix.App.Tests.Reports;

public sealed class OfficialDocumentTests
{
    [Fact]
    public void A_document_with_everything_in_it_is_valid()
    {
        using var file = Open(new OfficialDocument("兰溪镇疫情日报", "2020年第23期  1月23日", "演练")
            .Heading("一、报送情况").Paragraph("应报 43 个单位。").Table(["单位", "状态"], [["中心校", "零报告"], ["财政所", "未报"]]).Table(["空"], []));

        Assert.Empty(new OpenXmlValidator().Validate(file).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        Assert.Equal(["演练", "兰溪镇疫情日报", "2020年第23期  1月23日", "一、报送情况", "应报 43 个单位。"], Texts(file).Take(5));
        Assert.Equal("零报告", file.MainDocumentPart!.Document.Descendants<TableCell>().ElementAt(3).InnerText);
    }

    [Fact]
    public void A_letter_has_a_salutation_and_is_signed_at_the_right()
    {
        using var file = Open(new OfficialDocument("督办通知书", "督办-2020-0001").Salutation("区教育局：").Paragraph("请说明情况。").Signature("纪检督导组", "2020年1月23日"));

        Assert.Empty(new OpenXmlValidator().Validate(file).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        Assert.Equal(["督办通知书", "督办-2020-0001", "区教育局：", "请说明情况。", "", "纪检督导组", "2020年1月23日"], Texts(file));
        var last = file.MainDocumentPart!.Document.Body!.Descendants<Paragraph>().Last();
        Assert.Equal(JustificationValues.Right, last.ParagraphProperties!.Justification!.Val!.Value);
    }

    [Fact]
    public void Text_that_no_document_can_hold_does_no_harm()
    {
        using var file = Open(new OfficialDocument("标\0题\u0007", "号\u202E码").Paragraph("<w:b/>&amp; \uD800 坏 \uD83D\uDE37\uFFFF\n第二行").Table(["]]>"], [["\u2066=1+1"]]));

        Assert.Empty(new OpenXmlValidator().Validate(file));
        Assert.Equal(["标题", "号码", "<w:b/>&amp;  坏 \uD83D\uDE37 第二行", "]]>", "=1+1"], Texts(file).Where(text => text.Length > 0));
    }

    private static WordprocessingDocument Open(OfficialDocument document) => WordprocessingDocument.Open(new MemoryStream(document.Write()), isEditable: false);

    private static IEnumerable<string> Texts(WordprocessingDocument file) => file.MainDocumentPart!.Document.Body!.Descendants<Paragraph>().Select(paragraph => paragraph.InnerText);
}
