using System.Net.Http.Headers;
using System.Text;

namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>Whatever is sent, the answer says clearly what is wrong, and nothing has changed.</summary>
[Collection(Unchanged.Collection)]
public sealed class BadInputTests
{
    private const string Task = """{"title":"a","leadUnit":"education","dueIn":"P3D" """;

    public static TheoryData<string, string> MalformedBodies => new()
    {
        { "half a text", """{"title":"a" """ },
        { "no JSON at all", "title=a" },
        { "a list", "[]" },
        { "null", "null" },
        { "nothing", "" },
        { "an unknown member", Task + ",\"surprise\":1}" },
        { "a member of the entity", Task + ",\"state\":\"closed\"}" },
        { "a member in other case", Task + ",\"TITLE\":\"b\"}" },
        { "a duplicate member", Task + ",\"title\":\"b\"}" },
        { "a number for a text", """{"title":5,"leadUnit":"education","dueIn":"P3D"}""" },
        { "a text for a flag", Task + ",\"draft\":\"yes\"}" },
        { "a text for a list", Task + ",\"coUnits\":\"health\"}" },
        { "an object for a text", Task + ",\"description\":{}}" },
        { "a lone surrogate", """{"title":"\ud800","leadUnit":"education","dueIn":"P3D"}""" },
        { "a NUL", """{"title":"a\u0000b","leadUnit":"education","dueIn":"P3D"}""" },
        { "a raw NUL", "{\"title\":\"a\0b\",\"leadUnit\":\"education\",\"dueIn\":\"P3D\"}" },
        { "a day that does not exist", Task + ",\"dueAt\":\"2020-02-30T00:00:00+08:00\"}" },
        { "a time without offset", Task + ",\"dueAt\":\"2020-02-20T10:00:00\"}" },
        { "words for a time", Task + ",\"dueAt\":\"tomorrow\"}" },
        { "a number for a time", Task + ",\"dueAt\":1579741200}" },
        { "the end of all time", Task + ",\"dueAt\":\"9999-12-31T23:59:59Z\"}" },
        { "the beginning of all time", Task + ",\"ackBy\":\"0001-01-01T00:00:00Z\"}" },
        { "a comment", Task + "/* no */}" },
        { "a trailing comma", Task + ",}" },
        { "two texts", Task + "}{}" },
        { "a depth of 10,000", string.Concat(Enumerable.Repeat("[", 10_000)) },
        { "a depth of 10,000 inside", Task + ",\"source\":" + string.Concat(Enumerable.Repeat("{\"kind\":", 10_000)) },
    };

    [Theory]
    [MemberData(nameof(MalformedBodies))]
    public async Task Refuses_a_body_that_is_not_what_the_call_takes(string what, string body)
    {
        await using var quiet = await Unchanged.Here();
        (await quiet.Office.PostText("/api/tasks", body)).Refused(400, "request.malformed");
        Assert.NotEmpty(what);
    }

    [Theory]
    [InlineData("{\"title\":\"a\",\n\"leadUnit\":tru}", "第 2 行第 15 字节")]
    [InlineData("{\"title\":\"a\"", "第 1 行第 13 字节")]
    [InlineData("{\"title\":\"a\",\"coUnits\":[\"education\",5]}", "$.coUnits[1]")]
    [InlineData("{\"title\":\"a\",\"surprise\":5}", "$.surprise")]
    public async Task Tells_where_a_body_is_wrong(string body, string where)
    {
        await using var quiet = await Unchanged.Here();
        Assert.Contains(where, (await quiet.Office.PostText("/api/tasks", body)).Refused(400, "request.malformed").Text("detail"));
    }

    public static TheoryData<string, string> InvalidTasks => new()
    {
        { "title", """{"leadUnit":"education","dueIn":"P3D"}""" },
        { "title", """{"title":" ","leadUnit":"education","dueIn":"P3D"}""" },
        { "title", $$"""{"title":"{{new string('长', 501)}}","leadUnit":"education","dueIn":"P3D"}""" },
        { "description", Task + $",\"description\":\"{new string('长', 5001)}\"}}" },
        { "title", $$"""{"title":"{{new string('a', 10_000_000)}}","leadUnit":"education","dueIn":"P3D"}""" },
        { "leadUnit", """{"title":"a","dueIn":"P3D"}""" },
        { "leadUnit", """{"title":"a","leadUnit":"atlantis","dueIn":"P3D"}""" },
        { "leadUnit", """{"title":"a","leadUnit":"health-center","dueIn":"P3D"}""" },
        { "coUnits", Task + ",\"coUnits\":[\"atlantis\"]}" },
        { "coUnits", Task + ",\"coUnits\":[null]}" },
        { "dueAt", """{"title":"a","leadUnit":"education"}""" },
        { "dueIn", """{"title":"a","leadUnit":"education","dueIn":"soon"}""" },
        { "dueIn", """{"title":"a","leadUnit":"education","dueIn":"-P3D"}""" },
        { "dueIn", """{"title":"a","leadUnit":"education","dueIn":"P1Y"}""" },
        { "dueIn", """{"title":"a","leadUnit":"education","dueIn":"P99999999D"}""" },
        { "dueIn", """{"title":"a","leadUnit":"education","dueIn":"2020-02-30"}""" },
        { "ackWithin", Task + ",\"ackWithin\":\"17:00\"}" },
        { "ackWithin", Task + ",\"ackWithin\":\"\"}" },
        { "calendar", Task + ",\"calendar\":\"lunar\"}" },
        { "source", Task + ",\"source\":{\"kind\":\"rumour\"}}" },
        { "source", Task + ",\"source\":{}}" },
        { "source", Task + $",\"source\":{{\"kind\":\"manual\",\"reference\":\"{new string('a', 5001)}\"}}}}" },
    };

    [Theory]
    [MemberData(nameof(InvalidTasks))]
    public async Task Names_the_field_that_is_wrong(string field, string body)
    {
        await using var quiet = await Unchanged.Here();
        (await quiet.Office.PostText("/api/tasks", body)).Invalid(field);
    }

    [Theory]
    [InlineData("dueAt", "2019-12-31T00:00:00+08:00", "task.due-in-past")]
    [InlineData("ackBy", "2019-12-31T00:00:00+08:00", "task.ack-in-past")]
    public async Task Refuses_deadlines_that_have_passed(string field, string moment, string code)
    {
        await using var quiet = await Unchanged.Here();
        var dueIn = field == "dueAt" ? "" : ",\"dueIn\":\"P1D\"";
        (await quiet.Office.PostText("/api/tasks", $$"""{"title":"A","leadUnit":"education"{{dueIn}},"{{field}}":"{{moment}}"}""")).Refused(400, code);
    }

    [Fact]
    public async Task Refuses_working_time_in_a_year_without_a_calendar()
    {
        await using var quiet = await Unchanged.Here();
        (await quiet.Office.Post("/api/tasks", new { title = "a", leadUnit = "education", dueIn = "P900D", calendar = "working" })).Refused(400, "calendar.no-data");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    public async Task Refuses_a_body_of_another_kind(string mediaType)
    {
        await using var quiet = await Unchanged.Here();
        (await quiet.Office.PostText("/api/tasks", Task + "}", mediaType)).Refused(415, "request.wrong-media-type");
    }

    [Fact]
    public async Task Refuses_a_missing_body()
    {
        await using var quiet = await Unchanged.Here();
        (await quiet.Office.Send(HttpMethod.Post, "/api/tasks", null)).Refused(400, "request.malformed");
    }

    [Fact]
    public async Task Refuses_text_that_is_not_UTF_8()
    {
        await using var quiet = await Unchanged.Here();
        var gbk = new ByteArrayContent([.. Encoding.ASCII.GetBytes("{\"title\":\""), 0xC1, 0xEC, 0xB5, 0xBC, .. Encoding.ASCII.GetBytes("\",\"leadUnit\":\"education\",\"dueIn\":\"P3D\"}")]);
        gbk.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        (await quiet.Office.Send(HttpMethod.Post, "/api/tasks", gbk)).Refused(400, "request.malformed");
    }

    [Fact]
    public async Task Refuses_a_body_above_the_limit_of_the_server()
    {
        await using var quiet = await Unchanged.Here();
        var body = $$"""{"title":"a","leadUnit":"education","dueIn":"P3D","description":"{{new string('a', 26 * 1024 * 1024)}}"}""";
        (await quiet.Office.PostText("/api/tasks", body)).Refused(413, "request.too-large");
    }

    [Theory]
    [InlineData("limit", "limit=0")]
    [InlineData("limit", "limit=-1")]
    [InlineData("limit", "limit=201")]
    [InlineData("cursor", "cursor=garbage")]
    [InlineData("cursor", "cursor=")]
    [InlineData("cursor", "cursor=NTB8")]
    [InlineData("cursor", "cursor=LTV8eA==")]
    [InlineData("cursor", "cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTk5fHg=")]
    [InlineData("cursor", "cursor=OTIyMzM3MjAzNjg1NDc3NTgwN3x4")]
    public async Task Refuses_a_place_in_a_list_that_cannot_be(string field, string query)
    {
        await using var quiet = await Unchanged.Here();
        foreach (var list in new[] { "/api/tasks", "/api/duties", "/api/overdue", "/api/jobs" })
        {
            var answer = await quiet.Office.Get($"{list}?{query}");
            if (query != "cursor=NTB8" && !(list == "/api/duties" && query is "cursor=LTV8eA==" or "cursor=OTIyMzM3MjAzNjg1NDc3NTgwN3x4"))
            {
                answer.Invalid(field);
            }

            Assert.True(answer.Status is 200 or 400, answer.Text);
        }
    }

    [Theory]
    [InlineData("/api/tasks?limit=many")]
    [InlineData("/api/tasks?=a&=b")]
    [InlineData("/api/tasks?%3Cb%3E=1&%3Cb%3E=2")]
    [InlineData("/api/tasks?limit=99999999999")]
    [InlineData("/api/tasks?limit=1e309")]
    [InlineData("/api/tasks?limit=")]
    [InlineData("/api/tasks?overdue=perhaps")]
    [InlineData("/api/tasks?dueBefore=soon")]
    [InlineData("/api/tasks?dueAfter=2020-13-01T00:00:00Z")]
    [InlineData("/api/tasks?limit=1&limit=2")]
    [InlineData("/api/tasks?unit=education&unit=health")]
    [InlineData("/api/tasks?Unit=education&unit=health")]
    [InlineData("/api/tasks?q=a%00b")]
    [InlineData("/api/overdue?minHours=NaN")]
    [InlineData("/api/overdue?minHours=1e309")]
    [InlineData("/api/overdue?minHours=-1")]
    [InlineData("/api/overdue?minHours=1e300")]
    [InlineData("/api/matrix?plan=a&plan=b")]
    public async Task Refuses_a_query_it_cannot_read(string path)
    {
        await using var quiet = await Unchanged.Here();
        var answer = await quiet.Office.Get(path);
        Assert.True(answer is { Status: 400, Code: "request.malformed" or "validation.failed" }, $"{path} {answer.Status}\n{answer.Text}");
    }

    [Theory]
    [InlineData("/api/tasks?state=waiting", "state")]
    [InlineData("/api/tasks?state=5", "state")]
    [InlineData("/api/tasks?state=%2B5", "state")]
    [InlineData("/api/tasks?state=-1", "state")]
    [InlineData("/api/tasks?state=draft,closed", "state")]
    [InlineData("/api/tasks?state=", "state")]
    [InlineData("/api/tasks?light=purple", "light")]
    [InlineData("/api/tasks?light=0", "light")]
    [InlineData("/api/tasks?sort=title", "sort")]
    [InlineData("/api/tasks?sort=dueAt%3Bdrop%20table%20tasks", "sort")]
    [InlineData("/api/tasks/counts?state=waiting", "state")]
    [InlineData("/api/duties?kind=sometimes", "kind")]
    [InlineData("/api/jobs?state=happy", "state")]
    public async Task Refuses_a_value_that_is_none_of_the_set(string path, string field)
    {
        await using var quiet = await Unchanged.Here();
        (await quiet.Office.Get(path)).Invalid(field);
    }

    [Theory]
    [InlineData("GET", "/api/no-such-thing", 404, "not-found")]
    [InlineData("GET", "/api/tasks/not-a-guid", 404, "not-found")]
    [InlineData("GET", "/api/tasks/%2e%2e%2fplans", 404, "not-found")]
    [InlineData("GET", "/api/tasks/00000000-0000-0000-0000-000000000000", 404, "not-found")]
    [InlineData("GET", "/api/tasks/00000000-0000-0000-0000-000000000000/events", 404, "not-found")]
    [InlineData("POST", "/api/tasks/00000000-0000-0000-0000-000000000000/acknowledge", 404, "not-found")]
    [InlineData("POST", "/api/tasks/00000000-0000-0000-0000-000000000000/dance", 404, "not-found")]
    [InlineData("DELETE", "/api/tasks", 405, "request.wrong-method")]
    [InlineData("PUT", "/api/tasks/00000000-0000-0000-0000-000000000000", 405, "request.wrong-method")]
    [InlineData("GET", "/api/tokens", 405, "request.wrong-method")]
    [InlineData("GET", "/api/workflows/daily-checklist/versions/99", 404, "not-found")]
    [InlineData("GET", "/api/workflows/daily-checklist/versions/none", 404, "not-found")]
    [InlineData("GET", "/api/attachments/00000000-0000-0000-0000-000000000000", 404, "not-found")]
    [InlineData("GET", "/api/forms/none", 404, "not-found")]
    [InlineData("GET", "/api/duties/none", 404, "not-found")]
    public async Task Does_not_find_what_is_not_there(string method, string path, int status, string code)
    {
        await using var quiet = await Unchanged.Here();
        (await quiet.Office.Send(new HttpMethod(method), path, method == "GET" ? null : new StringContent("{}", Encoding.UTF8, "application/json"))).Refused(status, code);
    }

    [Theory]
    [InlineData("/api/registers?date=9999-12-31", "date")]
    [InlineData("/api/registers?date=0001-01-01", "date")]
    [InlineData("/api/registers/taiping.all-units.student-phone-calls/shuiquan-town/lines?date=9999-12-31", "date")]
    [InlineData("/api/watch?from=9999-12-31", "from")]
    [InlineData("/api/watch?from=0001-01-01", "from")]
    public async Task Refuses_days_at_the_ends_of_the_calendar(string path, string field)
    {
        await using var quiet = await Unchanged.Here();
        (await quiet.Office.Get(path)).Invalid(field);
    }

    [Fact]
    public async Task Answers_in_Chinese_unless_English_is_asked_for()
    {
        var office = (await Unchanged.Server).As("taiping.office");
        async Task<string> Detail(string? language) => (await office.Get("/api/tasks/00000000-0000-0000-0000-000000000000", language)).Refused(404, "not-found").Text("detail");

        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", await Detail(null));
        Assert.Equal(await Detail(null), await Detail("zh-CN"));
        Assert.Equal(await Detail(null), await Detail("fr"));
        Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", await Detail("en"));
        Assert.Equal(await Detail("en"), await Detail("en-GB,en;q=0.9,zh;q=0.1"));
    }

    [Fact]
    public async Task Says_where_a_body_is_wrong_without_naming_our_types()
    {
        var office = (await Unchanged.Server).As("taiping.office");
        foreach (var body in new[] { Task + ",\"surprise\":1}", """{"title":5}""", """{"source":{"kind":5}}""" })
        {
            var detail = (await office.PostText("/api/tasks", body, language: "en")).Refused(400, "request.malformed").Text("detail");
            Assert.DoesNotContain("TaskMatrix", detail, StringComparison.Ordinal);
            Assert.Contains("$.", detail, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("<svg onload=alert(1)>")]
    [InlineData("javascript:alert(1)")]
    [InlineData("‮exe.fdp‬⁦⁩‏")]
    [InlineData("a\u0001\u0007\u001b[31m\u007f\u0085\u2028b")]
    [InlineData("a\r\nSet-Cookie: b=c")]
    [InlineData("'; DROP TABLE tasks; --")]
    [InlineData("=1+1")]
    [InlineData("👩‍⚕️𠮷")]
    [InlineData("{0} {{1}} %s ${x}")]
    public async Task Stores_what_people_write_as_they_wrote_it(string text)
    {
        var office = (await Unchanged.Server).As("taiping.office");
        var made = (await office.Post("/api/tasks", new { title = text, description = text, leadUnit = "red-cross", dueIn = "P3D" })).Ok(201);
        var read = (await office.Get($"/api/tasks/{made.Text("id")}")).Ok();
        Assert.Equal((text, text), (read.Text("title"), read.Text("description")));
    }
}
