using System.Text;
using System.Text.Json.Nodes;
using TaskMatrix.Web.Tests.Hosting;

namespace TaskMatrix.Web.Tests.Reports;

[Collection(Unchanged.Collection)]
public sealed class RegisterTests
{
    private const string Calls = "/api/registers/taiping.all-units.student-phone-calls/shuiquan-town";

    [Fact]
    public async Task A_unit_keeps_its_register_and_the_office_sees_its_coverage()
    {
        await using var api = await RunningApi.Start();
        var (unit, office) = (api.As("taiping.shuiquan-town"), api.As("taiping.office"));

        var added = await unit.Post(Calls + "/lines", new { lines = new object[] { new { code = "A1", name = "张三", phone = "13700000737", place = "前村" }, new { code = "A2", place = "后村" } } });
        Assert.Equal(["A1", "A2"], added.Ok(201).Texts("codes"));
        (await unit.Post(Calls + "/results", new { date = "2020-01-23", results = new[] { new { code = "A1", result = "unwell", note = "发热" } } })).Ok();

        var register = Registers(await office.Get("/api/registers?duty=taiping.all-units.student-phone-calls&unit=shuiquan-town&date=2020-01-23")).Single();
        Assert.Equal((2, 1, 0.5), (register.Number("lines"), register.Number("answered"), register["coverage"]!.GetValue<double>()));
        Assert.Equal(1, register["results"]!.Number("unwell"));
        Assert.Equal([("前村", 1, 1), ("后村", 1, 0)], Places(register).Order());
        Assert.False(register.Flag("mayWrite"));

        var line = (await office.Get(Calls + "/lines?q=前村")).Ok()["items"]!.AsArray().Single()!;
        Assert.Equal(("张*", "137****0737", "发热"), (line["values"]!.Text("name"), line["values"]!.Text("phone"), line["result"]!.Text("note")));
        Assert.Equal("13700000737", (await unit.Get(Calls + "/lines/A1")).Ok()["values"]!.Text("phone"));
        Assert.Equal("137****0737", (await office.Get(Calls + "/lines/A1")).Ok()["values"]!.Text("phone"));

        Assert.Equal(2, (await unit.Put(Calls + "/lines/A1", new { values = new { place = "后村" }, expectedVersion = 1 })).Ok().Number("version"));
        (await unit.Put(Calls + "/lines/A1", new { values = new { place = "前村" }, expectedVersion = 1 })).Refused(409, "register.version-conflict");
        (await unit.Put(Calls + "/lines/A1", new { values = new { phone = "137****0737" } })).Invalid("values.phone");
        (await unit.Post(Calls + "/lines/A2/strike-off", new { reason = "已返校" })).Ok();
        (await unit.Post(Calls + "/lines/A2/strike-off", new { reason = "已返校" })).Refused(409, "register.struck-off");
        (await unit.Get(Calls + "/lines/A9")).Refused(404, "not-found");
        Assert.Empty(api.ServerFaults);
    }

    [Fact]
    public async Task A_bad_file_is_refused_with_every_row_and_a_good_one_comes_in_once_for_its_key()
    {
        await using var api = await RunningApi.Start();
        var unit = api.As("taiping.shuiquan-town");

        var refused = (await unit.Upload(Encoding.UTF8.GetBytes("编号,电话\nA1,x\n,1"), "a.csv", path: Calls + "/import")).Refused(400, "import.refused");
        Assert.Equal([(2, "phone", "register.bad-phone"), (3, "code", "register.code-missing"), (3, "phone", "register.bad-phone")], Problems(refused).Order());
        Assert.All(refused["problems"]!.AsArray(), problem => Assert.False(string.IsNullOrWhiteSpace(problem!.Text("message"))));
        var gbk = (await unit.Upload([0xB1, 0xE0, 0xBA, 0xC5, (byte)'\n', (byte)'A'], "a.csv", path: Calls + "/import")).Refused(400, "import.refused");
        Assert.Contains("GBK", gbk["problems"]![0]!.Text("message"));
        Assert.Empty((await unit.Get(Calls + "/lines")).Ok()["items"]!.AsArray());

        var good = "编号,姓名\nA1,张三\n"u8.ToArray();
        Assert.Equal(1, (await unit.Upload(good, "a.csv", key: "k1", path: Calls + "/import")).Ok().Number("imported"));
        Assert.Equal(1, (await unit.Upload(good, "a.csv", key: "k1", path: Calls + "/import")).Ok().Number("imported"));
        (await unit.Upload(good, "a.csv", path: Calls + "/import")).Refused(400, "import.refused");

        var template = await unit.Get(Calls + "/template.csv");
        Assert.Equal(("text/csv", true), (template.MediaType, template.Text.TrimStart('\uFEFF').StartsWith("编号,姓名,电话", StringComparison.Ordinal)));
        Assert.StartsWith("Code,Name,Phone", (await unit.Get(Calls + "/template.csv", "en")).Text.TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Contains("A1,张*", (await unit.Get(Calls + "/export.csv")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nonsense_is_refused_at_its_field_and_changes_nothing()
    {
        await using var unchanged = await Unchanged.Here();
        var unit = unchanged.Api.As("taiping.gaode-street");
        var calls = Calls.Replace("shuiquan-town", "gaode-street", StringComparison.Ordinal);

        (await unit.Post(calls + "/lines", new { lines = new[] { new { code = "A1", age = 3 } } })).Invalid("lines[0].age");
        (await unit.Post(calls + "/lines", new { lines = new[] { new { code = "A1", name = true } } })).Invalid("lines[0]");
        (await unit.Post(calls + "/lines", new { lines = new[] { new { code = "21090319900101123X" } } })).Invalid("lines[0].code");
        (await unit.Post(calls + "/lines", new { lines = Array.Empty<object>() })).Invalid("lines");
        (await unit.Post(calls + "/lines", new { line = 1 })).Refused(400, "request.malformed");
        (await unit.Post(calls + "/results", new { results = new[] { new { code = "A1", result = "well" } } })).Invalid("date");
        (await unit.Post(calls + "/results", new { date = "2020-01-24", results = new[] { new { code = "A1", result = "well" } } })).Invalid("date");
        (await unit.Get(calls + "/lines?limit=0")).Refused(400, "validation.failed");
        (await unit.Get(calls + "/lines?date=soon")).Refused(400, "request.malformed");
        (await unit.Post(calls + "/import", new { })).Refused(415, "request.wrong-media-type");
    }

    [Fact]
    public async Task A_duty_tells_its_register_and_the_form_of_a_line_is_served()
    {
        var api = await RunningApi.Shared;

        var register = (await api.As("taiping.office").Get("/api/duties/taiping.all-units.student-phone-calls")).Ok()["register"]!;
        Assert.Equal(["code", "name", "phone", "place", "from", "since", "note"], register.Texts("columns"));
        Assert.True((await api.As("taiping.office").Get("/api/forms/register-line")).Ok()["properties"]!["phone"]!.Flag("x-personal"));
    }

    private static IEnumerable<JsonNode> Registers(Answer answer) => answer.Ok().AsArray().Select(register => register!);

    private static IEnumerable<(string Place, int Lines, int Answered)> Places(JsonNode register) =>
        register["byPlace"]!.AsArray().Select(place => (place!.Text("place"), place!.Number("lines"), place!.Number("answered")));

    private static IEnumerable<(int Line, string Column, string Code)> Problems(JsonNode refused) =>
        refused["problems"]!.AsArray().Select(problem => (problem!.Number("line"), problem!.Text("column"), problem!.Text("code")));
}
