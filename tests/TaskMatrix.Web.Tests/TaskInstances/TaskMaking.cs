using System.Text.Json.Nodes;
using TaskMatrix.Web.Tests.Hosting;

namespace TaskMatrix.Web.Tests.TaskInstances;

/// <summary>Tasks of the tests' own, so that a test changes nothing that another one looks at.</summary>
internal static class TaskMaking
{
    /// <summary>A task given to a unit by its office, as changed by <paramref name="more"/>.</summary>
    public static async Task<string> Task(this RunningApi api, string unit = "education", object? more = null, string jurisdiction = "taiping")
    {
        var body = new JsonObject { ["title"] = "核对隔离点物资", ["leadUnit"] = unit, ["dueIn"] = "P3D" };
        foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(more ?? new { })!.AsObject())
        {
            body[name] = value?.DeepClone();
        }

        return (await api.As($"{jurisdiction}.office").Post("/api/tasks", body)).Ok(201).Text("id");
    }

    /// <summary>An action on a task that has to succeed.</summary>
    public static async Task<JsonNode> Do(this Caller caller, string task, string action, object? body = null) =>
        (await caller.Act(task, action, body)).Ok();

    public static Task<Answer> Act(this Caller caller, string task, string action, object? body = null) => caller.Post($"/api/tasks/{task}/{action}", body);

    public static async Task<JsonNode> Read(this Caller caller, string task) => (await caller.Get($"/api/tasks/{task}")).Ok();
}
