using TaskMatrix.Web.Tests.Shell;

namespace TaskMatrix.Web.Tests.Duties;

/// <summary>What is assumed of a duty, in words and never as the file has it.</summary>
[Collection(PagesCollection.Name)]
public sealed class AssumptionPageTests(PagesServer server)
{
    [Theory]
    [InlineData("/duties/taiping.all-units.assess-situation", "全部单位", "仅提醒", "3 天", "每周五 08:00")]
    [InlineData("/duties/taiping.gov-office.daily-summary", "成员单位", "疫情日报表", "区卫健局", "每天 08:00")]
    public async Task The_card_and_the_choice_of_fields_tell_the_same_words(string address, params string[] expected)
    {
        var page = await (await server.Visit("taiping.office")).Get(address);
        var card = page.Document.QuerySelectorAll(".assumptions td.value").Select(cell => cell.TextContent.Trim()).ToList();

        Assert.Empty(expected.Except(card));
        Assert.DoesNotContain(card, words => words.StartsWith('P') || words.Contains('*', StringComparison.Ordinal) || words.Contains("all-units", StringComparison.Ordinal));
        var choices = page.Document.QuerySelectorAll("select[name=field] option").Select(option => option.TextContent).ToList();
        Assert.Contains(choices, choice => choice.Contains("现为", StringComparison.Ordinal));
        Assert.DoesNotContain(choices, choice => choice.Contains("现为 P", StringComparison.Ordinal) || choice.Contains('*', StringComparison.Ordinal) || choice.Contains("reminder-only", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Facts_of_a_task_and_a_duty_name_their_process_and_event()
    {
        var visitor = await server.Visit("taiping.office");
        var duty = await visitor.Get("/duties/taiping.education.absence-checks");
        Assert.Equal("日常检查", duty.Text(".facts a[href='/workflows/daily-checklist']"));

        var task = await visitor.Get(duty.Document.QuerySelector("table.tasks .title-cell a")!.GetAttribute("href")!);
        Assert.Equal("日常检查", task.Text(".facts a[href^='/workflows/daily-checklist']"));
    }
}
