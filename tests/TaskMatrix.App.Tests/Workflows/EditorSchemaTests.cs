using System.Globalization;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TaskMatrix.App.Tests.Workflows;

/// <summary>The schemas that editors use agree with what is shipped, so that nobody is told a good file is bad.</summary>
public sealed class EditorSchemaTests
{
    [Fact]
    public async Task Every_shipped_definition_satisfies_the_schema_that_editors_use()
    {
        foreach (var file in Shipped.Files.Where(file => file.Path.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            var schema = await JsonSchema.FromFileAsync(Path.Combine(Shipped.Root, "workflows", "schema", SchemaOf(file.Id) + ".schema.json"));

            Assert.Empty(schema.Validate(Json(file.Text)).Select(error => $"{file.Path}: {error}"));
        }
    }

    [Theory]
    [InlineData("single-task", "signOff: true", "signOf: true")]
    [InlineData("escalations.standard", "to: leader", "to: all")]
    [InlineData("calendars.china", "13:30-17:00", "13:30")]
    [InlineData("events", "raisedBy: [leader, office]", "raisedBy: []")]
    [InlineData("taiping.education", "kind: recurring", "kind: daily")]
    [InlineData("seed.lanxi", "role: head", "role: boss")]
    public async Task A_slip_is_shown_in_the_editor_already(string id, string good, string bad)
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Shipped.Root, "workflows", "schema", SchemaOf(id) + ".schema.json"));

        Assert.NotEmpty(schema.Validate(Json(Shipped.TextOf(id).Replace(good, bad, StringComparison.Ordinal))));
    }

    private static string SchemaOf(string id) => id switch
    {
        "events" => "events",
        _ when id.StartsWith("escalations.", StringComparison.Ordinal) => "escalation",
        _ when id.StartsWith("calendars.", StringComparison.Ordinal) => "calendar",
        _ when id.StartsWith("seed.", StringComparison.Ordinal) => "seed",
        _ => id.Contains('.') ? "duties" : "process",
    };

    private static JToken Json(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Json(stream.Documents[0].RootNode);
    }

    private static JToken Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JObject(map.Children.Select(child => new JProperty(child.Key.ToString(), Json(child.Value)))),
        YamlSequenceNode list => new JArray(list.Children.Select(Json)),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } flag => new JValue(flag.Value == "true"),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: var text } when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => new JValue(number),
        _ => new JValue(((YamlScalarNode)node).Value),
    };
}
