using System.Text.Json.Nodes;

namespace TaskMatrix.Web.Tests.Hosting;

public sealed class OpenApiTests
{
    /// <summary>Every route of the contract that exists so far.</summary>
    private static readonly string[] Promised =
    [
        "POST /api/tokens", "DELETE /api/tokens/current", "GET /api/me", "GET /api/jurisdictions", "GET /api/jurisdictions/{}/units",
        "GET /api/plans", "GET /api/plans/{}", "GET /api/plans/{}/document", "GET /api/plans/{}/clauses", "GET /api/plans/{}/coverage", "POST /api/plans",
        "POST /api/plans/{}/activate", "POST /api/plans/{}/end", "POST /api/plans/{}/adjust", "GET /api/plans/{}/response", "GET /api/plans/{}/end-report",
        "POST /api/plans/{}/derive", "GET /api/plans/{}/gaps", "POST /api/jurisdictions/{}/units", "POST /api/jurisdictions/{}/units/{}/close", "GET /api/duties", "GET /api/duties/{}", "PUT /api/duties/{}/assumptions",
        "GET /api/workflows", "GET /api/workflows/{}", "GET /api/workflows/{}/versions/{}", "GET /api/workflows/{}/diagram", "GET /api/workflows/{}/standing",
        "POST /api/workflows/{}/versions", "POST /api/workflows/validate", "GET /api/matrix", "GET /api/schedules", "POST /api/schedules/{}/pause",
        "POST /api/schedules/{}/resume", "POST /api/schedules/{}/run-now", "GET /api/jobs", "POST /api/jobs/{}/retry", "GET /api/tasks", "GET /api/tasks/{}",
        "GET /api/tasks/{}/events", "GET /api/tasks/counts", "POST /api/tasks", "POST /api/tasks/bulk", "POST /api/attachments", "GET /api/attachments/{}",
        "GET /api/events/kinds", "POST /api/events", "GET /api/events", "GET /api/events/{}", "GET /api/receipts", "GET /api/stream", "GET /api/instructions", "GET /api/instructions/{}",
        "POST /api/instructions", "POST /api/instructions/{}/tasks", "POST /api/instructions/{}/feedback", "POST /api/instructions/{}/close", "GET /api/meetings",
        "GET /api/meetings/{}", "POST /api/meetings", "POST /api/meetings/{}/call", "POST /api/meetings/{}/decline", "POST /api/meetings/{}/cancel",
        "POST /api/meetings/{}/confirm", "POST /api/meetings/{}/minutes", "POST /api/meetings/{}/move", "POST /api/meetings/{}/amend",
        "GET /api/forms/{}", "GET /api/overdue", "GET /api/audit/verify", "POST /api/audit/verify", "GET /api/audit", "GET /api/audit/heads", "GET /api/audit/archive.zip", "GET /api/statistics",
        "GET /api/exports/statistics.xlsx", "GET /api/exports/statistics.csv", "GET /api/exports/ledger.xlsx", "GET /api/exports/ledger.csv", "GET /api/exports/matrix.xlsx",
        "GET /api/exports/closings/{}.docx", "GET /api/exercise/clock", "POST /api/exercise/advance",
        "GET /api/checklists", "GET /api/registers", "GET /api/registers/{}/{}/lines", "GET /api/registers/{}/{}/lines/{}", "POST /api/registers/{}/{}/lines",
        "PUT /api/registers/{}/{}/lines/{}", "POST /api/registers/{}/{}/lines/{}/strike-off", "POST /api/registers/{}/{}/results", "POST /api/registers/{}/{}/import",
        "GET /api/registers/{}/{}/template.csv", "GET /api/registers/{}/{}/export.csv", "GET /api/watch", "GET /api/watch/now", "GET /api/watch/gaps", "GET /api/watch/template.csv",
        "POST /api/watch/shifts", "POST /api/watch/import", "POST /api/watch/shifts/{}/hand-over", "POST /api/watch/shifts/{}/cancel",
        "GET /api/reports/daily", "GET /api/reports/daily/series", "POST /api/reports/daily/urge", "POST /api/reports/daily/summary", "GET /api/tasks/{}/reports",
        "GET /api/exports/daily.docx", "GET /api/overdue/summary", "GET /api/inspections", "POST /api/inspections", "GET /api/inspections/{}", "GET /api/inspections/{}/dossier",
        "GET /api/inspections/rounds", "GET /api/inspections/rounds/{}", "POST /api/inspections/rounds/{}/team", "GET /api/exports/orders/{}.docx",
        .. new[] { "issue-order", "explain", "find", "require-rectification", "recheck", "propose", "decide-measure", "close" }.Select(action => $"POST /api/inspections/{{}}/{action}"),
        "GET /api/exports/daily.docx",
        "GET /api/notifications", "GET /api/notifications/unread", "POST /api/notifications/{}/read", "POST /api/notifications/read-all", "GET /api/channels",
        "POST /api/channels", "POST /api/channels/{}/test", "DELETE /api/channels/{}", "GET /api/calendar", "POST /api/calendar", "DELETE /api/calendar",
        "GET /api/calendar/{}.ics", "GET /api/tasks/{}/deliveries",
        .. new[]
        {
            "issue", "acknowledge", "decline", "reassign", "refuse-return", "progress", "hand-over", "pass-down", "confirm", "submit", "sign", "refuse-signature", "approve",
            "return", "suspend", "resume", "request-extension", "decide-extension", "urge", "mark-not-applicable", "terminate", "reopen", "confirm-receipt", "correct",
        }.Select(action => $"POST /api/tasks/{{}}/{action}"),
    ];

    [Fact]
    public async Task Lists_every_route_of_the_contract_and_no_other_of_the_api()
    {
        var operations = Operations(await Document()).Select(operation => operation.Route).Where(route => route.Contains(" /api/", StringComparison.Ordinal)).ToList();
        Assert.Empty(Promised.Except(operations));
        Assert.Empty(operations.Except(Promised));
    }

    [Fact]
    public async Task Names_no_operation_twice()
    {
        var ids = Operations(await Document()).Select(operation => operation.Node["operationId"]?.GetValue<string>()).OfType<string>().ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public async Task Says_what_a_task_is_made_of_and_in_which_words()
    {
        var schemas = (await Document())["components"]!["schemas"]!;
        var task = schemas["TaskView"]!["properties"]!;
        Assert.Equal("string", Type(task["title"]!));
        Assert.Equal("date-time", task["dueAt"]!["format"]!.GetValue<string>());
        Assert.Contains("pendingAck", schemas["TaskState"]!["enum"]!.AsArray().Select(name => name!.GetValue<string>()));
    }

    [Fact]
    public async Task Every_reference_in_it_leads_somewhere()
    {
        var document = await Document();
        var schemas = document["components"]!["schemas"]!.AsObject();
        var references = All(document).OfType<JsonObject>().Select(node => node["$ref"]).OfType<JsonValue>().Select(reference => reference.GetValue<string>()).ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(!reference.StartsWith("#/components/schemas/", StringComparison.Ordinal) || schemas.ContainsKey(reference[21..]), reference));
    }

    [Fact]
    public async Task Tells_which_body_each_action_takes()
    {
        var operations = Operations(await Document()).ToDictionary(operation => operation.Route, operation => operation.Node);
        Assert.NotNull(operations["POST /api/tasks/{}/submit"]["requestBody"]);
        Assert.NotNull(operations["POST /api/tasks"]["requestBody"]);
        Assert.NotNull(operations["POST /api/tasks/{}/submit"]["responses"]!["409"]);
    }

    [Fact]
    public async Task Answers_of_one_name_are_told_apart_and_parameters_are_named_as_in_the_contract()
    {
        var document = await Document();
        var schemas = document["components"]!["schemas"]!.AsObject();
        Assert.All(new[] { "CountTasksResult", "GetMatrixResult", "AdvanceExerciseResult", "RaiseEventResult" }, name => Assert.True(schemas.ContainsKey(name), name));
        var list = Operations(document).Single(operation => operation.Route == "GET /api/tasks").Node["parameters"]!.AsArray().Select(parameter => parameter!.Text("name"));
        Assert.Empty("jurisdiction unit state light overdue ackOverdue duty plan occurrence dueBefore dueAfter q sort cursor limit".Split(' ').Except(list));
    }

    private static async Task<JsonNode> Document()
    {
        var answer = await (await RunningApi.Shared).Anonymous.Get("/openapi/v1.json");
        Assert.Equal("application/json", answer.MediaType);
        var document = answer.Ok();
        Assert.StartsWith("3.", document.Text("openapi"), StringComparison.Ordinal);
        return document;
    }

    private static IEnumerable<(string Route, JsonNode Node)> Operations(JsonNode document) =>
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method => (
            $"{method.Key.ToUpperInvariant()} {System.Text.RegularExpressions.Regex.Replace(path.Key, @"\{[^}]*\}", "{}").TrimEnd('/')}", method.Value!)));

    private static string Type(JsonNode schema) => schema["type"] is JsonArray several ? several.First(type => type!.GetValue<string>() != "null")!.GetValue<string>() : schema["type"]!.GetValue<string>();

    private static IEnumerable<JsonNode> All(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => All(member.Value)).Prepend(members),
        JsonArray items => items.SelectMany(All),
        _ => [],
    };
}
