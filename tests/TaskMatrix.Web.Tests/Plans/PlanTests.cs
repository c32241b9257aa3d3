using System.Security.Cryptography;
using TaskMatrix.Web.Tests.Hosting;

namespace TaskMatrix.Web.Tests.Plans;

[Collection(Unchanged.Collection)]
public sealed class PlanTests
{
    [Theory]
    [InlineData("taiping.office", "taiping-2020-3")]
    [InlineData("taiping.education", "taiping-2020-3")]
    [InlineData("lanxi.inspector", "lanxi-2020")]
    public async Task Lists_the_plans_of_the_own_jurisdiction(string user, string id)
    {
        var api = await RunningApi.Shared;
        var plan = Assert.Single((await api.As(user).Get("/api/plans")).Ok().AsArray())!;
        Assert.Equal((id, "active", "2020-01-23"), (plan.Text("id"), plan.Text("status"), plan.Text("activeFrom")));
        Assert.Equal(plan.ToJsonString(), (await api.As(user).Get($"/api/plans/{id}")).Ok().ToJsonString());
    }

    [Fact]
    public async Task Shows_who_issued_a_plan_and_when()
    {
        var api = await RunningApi.Shared;
        var plan = (await api.As("taiping.leader").Get("/api/plans/taiping-2020-3")).Ok();
        Assert.Equal(("taiping", "阜太政办发〔2020〕3号", "2020-01-23"), (plan.Text("jurisdiction"), plan.Text("number"), plan.Text("issuedOn")));
        Assert.StartsWith("太平区新型冠状病毒", plan.Text("title"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("taiping")]
    [InlineData("lanxi")]
    public async Task Gives_the_document_byte_for_byte_as_it_was_issued(string jurisdiction)
    {
        var api = await RunningApi.Shared;
        var plan = (await api.As($"{jurisdiction}.office").Get("/api/plans")).Ok().AsArray().Single()!;
        var document = await api.As($"{jurisdiction}.office").Get($"/api/plans/{plan.Text("id")}/document");

        Assert.Equal("text/plain", document.MediaType);
        Assert.Equal(plan.Text("documentSha256"), Convert.ToHexStringLower(SHA256.HashData(document.Bytes)));
        var seeded = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "seed", "documents"), jurisdiction + "*").Single();
        Assert.Equal(await File.ReadAllBytesAsync(seeded), document.Bytes);
    }

    [Theory]
    [InlineData("taiping.office", "taiping-2020-3")]
    [InlineData("lanxi.finance", "lanxi-2020")]
    public async Task Cuts_the_document_into_clauses_whose_offsets_are_their_text(string user, string plan)
    {
        var api = await RunningApi.Shared;
        var text = (await api.As(user).Get($"/api/plans/{plan}/document")).Text;
        var clauses = (await api.As(user).Get($"/api/plans/{plan}/clauses")).Ok().AsArray();

        var end = 0;
        var ordinal = 0;
        foreach (var clause in clauses.Select(clause => clause!))
        {
            Assert.Equal(text[clause.Number("start")..clause.Number("end")], clause.Text("text"));
            Assert.True(clause.Number("start") >= end, $"{clause.Text("id")} overlaps the one before");
            Assert.True(clause.Number("ordinal") > ordinal || ordinal == 0, $"{clause.Text("id")} is out of order");
            (end, ordinal) = (clause.Number("end"), clause.Number("ordinal"));
            Assert.Contains(clause.Text("role"), new[] { "assigns", "informs", "heading" });
            Assert.Equal(clause.Text("role") == "assigns", clause.Texts("dutyIds").Count > 0 && clause.Text("role") != "heading");
        }

        Assert.Equal(clauses.Count, clauses.Select(clause => clause!.Text("id")).Distinct().Count());
    }

    [Theory]
    [InlineData("taiping", "taiping-2020-3")]
    [InlineData("lanxi", "lanxi-2020")]
    public async Task Every_duty_stands_in_a_clause_and_is_named_there(string jurisdiction, string plan)
    {
        var api = await RunningApi.Shared;
        var office = api.As($"{jurisdiction}.office");
        var named = (await office.Get($"/api/plans/{plan}/clauses")).Ok().AsArray().SelectMany(clause => clause!.Texts("dutyIds")).ToHashSet();
        var duties = (await office.All("/api/duties")).Select(duty => duty.Text("id")).ToList();
        Assert.NotEmpty(duties);
        Assert.Equal(duties.Order(), named.Order());
    }

    [Theory]
    [InlineData("taiping", "taiping-2020-3")]
    [InlineData("lanxi", "lanxi-2020")]
    public async Task Leaves_no_sentence_of_the_duty_sections_uncovered(string jurisdiction, string plan)
    {
        var api = await RunningApi.Shared;
        var coverage = (await api.As($"{jurisdiction}.office").Get($"/api/plans/{plan}/coverage")).Ok();
        Assert.Empty(coverage["uncovered"]!.AsArray());
        Assert.Empty(coverage["dutiesWithoutClause"]!.AsArray());
        Assert.Equal(coverage.Number("assigning"), coverage.Number("covered"));
        Assert.True(coverage.Number("clauses") > coverage.Number("assigning"));
    }

    [Fact]
    public async Task Reports_names_that_have_no_duty()
    {
        var api = await RunningApi.Shared;
        var coverage = (await api.As("lanxi.office").Get("/api/plans/lanxi-2020/coverage")).Ok();
        var named = coverage["namedWithoutDuty"]!.AsArray().ToDictionary(name => name!.Text("name"), name => name!.TextOrNull("clause"));
        Assert.NotNull(named["经发"]);
        Assert.NotNull(named["宣传"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/document")]
    [InlineData("/clauses")]
    [InlineData("/coverage")]
    public async Task Does_not_know_the_plan_of_another_jurisdiction(string part)
    {
        var api = await RunningApi.Shared;
        (await api.As("taiping.office").Get("/api/plans/lanxi-2020" + part)).Refused(404, "not-found");
        (await api.As("taiping.office").Get("/api/plans/no-such-plan" + part)).Refused(404, "not-found");
        (await api.As("taiping.sysadmin").Get("/api/plans/taiping-2020-3" + part)).Refused(404, "not-found");
    }

    [Fact]
    public async Task Refuses_to_activate_a_plan_in_force_and_to_end_one_without_a_reason()
    {
        await using var unchanged = await Unchanged.Here();
        var api = unchanged.Api;
        (await api.As("taiping.office").Post("/api/plans/taiping-2020-3/activate", new { from = "2020-01-25" })).Refused(409, "plan.wrong-status");
        (await api.As("taiping.office").Post("/api/plans/taiping-2020-3/end")).Invalid("reason");
        (await api.As("taiping.education").Post("/api/plans/taiping-2020-3/end", new { reason = "不想做了" })).Refused(403, "plan.not-allowed");
        (await api.As("lanxi.office").Post("/api/plans/taiping-2020-3/end", new { reason = "不想做了" })).Refused(404, "not-found");
    }

    [Fact]
    public async Task Clauses_and_coverage_agree_on_what_assigns_and_say_why_the_rest_does_not()
    {
        var api = await RunningApi.Shared;
        foreach (var (user, plan) in new[] { ("taiping.office", "taiping-2020-3"), ("lanxi.office", "lanxi-2020") })
        {
            var clauses = (await api.As(user).Get($"/api/plans/{plan}/clauses")).Ok().AsArray().Select(clause => clause!).ToList();
            var coverage = (await api.As(user).Get($"/api/plans/{plan}/coverage")).Ok();

            Assert.Equal(coverage.Number("assigning"), clauses.Count(clause => clause.Text("role") == "assigns"));
            Assert.NotEmpty(coverage["noDuties"]!.AsArray());
            Assert.All(coverage["noDuties"]!.AsArray(), none => Assert.NotEmpty(none!.Text("reason")));
            Assert.Contains(clauses, clause => clause.Text("role") == "informs" && clause.TextOrNull("reason") is { Length: > 0 });
        }
    }

    [Fact]
    public async Task A_name_that_is_also_a_word_is_shown_where_it_stands_as_a_name()
    {
        var api = await RunningApi.Shared;
        var named = (await api.As("lanxi.office").Get("/api/plans/lanxi-2020/coverage")).Ok()["namedWithoutDuty"]!.AsArray().ToDictionary(one => one!.Text("name"), one => one!.Text("clause"));

        Assert.Equal(named["经发"], named["宣传"]);
    }
}
