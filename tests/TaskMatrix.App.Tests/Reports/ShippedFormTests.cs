using System.Text.Json;
using NJsonSchema;
using TaskMatrix.App.Tests.Workflows;

namespace TaskMatrix.App.Tests.Reports;

public sealed class ShippedFormTests
{
    /// <summary>Forms that are filled whole; a line of a register has its own rules, below.</summary>
    public static TheoryData<string> Forms => [.. Shipped.Set.Forms.Keys.Where(id => id != "register-line")];

    [Theory]
    [InlineData("checklist", true)]
    [InlineData("register-daily", true)]
    [InlineData("event-general", true)]
    [InlineData("epidemic-daily", false)]
    [InlineData("daily-summary", false)]
    public async Task A_report_of_figures_wants_one_and_the_other_forms_may_be_sent_empty(string id, bool content)
    {
        var schema = await JsonSchema.FromJsonAsync(Shipped.Set.Forms[id].Schema);

        Assert.Equal(content, schema.Validate("{}").Count == 0);
    }

    [Fact]
    public async Task Nothing_of_what_is_told_with_an_event_is_required_and_each_kind_has_its_form()
    {
        foreach (var kind in Shipped.Set.EventKinds)
        {
            var form = Shipped.Set.Forms[kind.Form!];
            Assert.Empty((await JsonSchema.FromJsonAsync(form.Schema)).Validate("{}"));
            Assert.DoesNotContain(form.Fields, field => field == "contact" && !form.Schema.Contains("\"x-contact\": true", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_takes_nothing_it_does_not_know(string id)
    {
        var schema = await JsonSchema.FromJsonAsync(Shipped.Set.Forms[id].Schema);

        Assert.NotEmpty(schema.Validate("""{"unknown":1}"""));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_field_has_a_title_in_both_languages_and_every_figure_is_a_whole_number_from_zero(string id)
    {
        using var schema = JsonDocument.Parse(Shipped.Set.Forms[id].Schema);
        foreach (var field in schema.RootElement.GetProperty("properties").EnumerateObject())
        {
            Assert.NotEmpty(field.Value.GetProperty("title").GetString()!);
            Assert.NotEmpty(field.Value.GetProperty("x-title-en").GetString()!);
            if (field.Value.GetProperty("type").GetString() is "integer" or "number")
            {
                Assert.Equal("integer", field.Value.GetProperty("type").GetString());
                Assert.Equal(0, field.Value.GetProperty("minimum").GetInt32());
                Assert.NotEmpty(field.Value.GetProperty("x-unit").GetString()!);
            }
        }
    }

    [Fact]
    public async Task A_line_of_a_register_wants_a_code_and_no_more_and_its_personal_columns_are_marked()
    {
        var schema = await JsonSchema.FromJsonAsync(Shipped.Set.Forms["register-line"].Schema);

        Assert.Empty(schema.Validate("""{"code":"A1"}"""));
        Assert.NotEmpty(schema.Validate("""{"name":"张三"}"""));
        Assert.NotEmpty(schema.Validate("""{"code":"A1","unknown":1}"""));
        using var json = JsonDocument.Parse(Shipped.Set.Forms["register-line"].Schema);
        var fields = json.RootElement.GetProperty("properties").EnumerateObject().ToList();
        Assert.All(fields, field => Assert.False(string.IsNullOrEmpty(field.Value.GetProperty("title").GetString()) || string.IsNullOrEmpty(field.Value.GetProperty("x-title-en").GetString()), field.Name));
        Assert.Equal(["name", "phone", "idLast4"], fields.Where(field => field.Value.TryGetProperty("x-personal", out var personal) && personal.GetBoolean()).Select(field => field.Name));
    }

    [Fact]
    public async Task A_day_without_figures_below_zero_or_in_halves_is_refused()
    {
        var schema = await JsonSchema.FromJsonAsync(Shipped.Set.Forms["epidemic-daily"].Schema);

        Assert.Empty(schema.Validate("""{"suspectedCases":2,"suppliesMasks":1500,"remarks":"无"}"""));
        Assert.NotEmpty(schema.Validate("""{"suspectedCases":-1}"""));
        Assert.NotEmpty(schema.Validate("""{"suspectedCases":1.5}"""));
        Assert.NotEmpty(schema.Validate("""{"suspectedCases":"1"}"""));
    }

    [Fact]
    public void A_summary_has_every_figure_of_the_daily_report_and_how_many_reported()
    {
        var (report, summary) = (Shipped.Set.Forms["epidemic-daily"], Shipped.Set.Forms["daily-summary"]);

        Assert.Equal(["suspectedCases", "clinicalCases", "confirmedCases"], report.FigureNames.Take(3));
        Assert.Equal([.. report.FigureNames, "expected", "received", "missing"], summary.FigureNames);
        Assert.Equal((true, false), (report.MayBeNil, summary.MayBeNil));
    }
}
