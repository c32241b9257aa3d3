using System.Text.Json.Nodes;

namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>Short ways to read the members that tests look at.</summary>
internal static class JsonReading
{
    public static string Text(this JsonNode node, string member) => node[member]!.GetValue<string>();

    public static string? TextOrNull(this JsonNode node, string member) => node[member]?.GetValue<string>();

    public static int Number(this JsonNode node, string member) => node[member]!.GetValue<int>();

    public static bool Flag(this JsonNode node, string member) => node[member]!.GetValue<bool>();

    public static DateTimeOffset Moment(this JsonNode node, string member) => node[member]!.GetValue<DateTimeOffset>();

    public static List<string> Texts(this JsonNode node, string member) => [.. node[member]!.AsArray().Select(item => item!.GetValue<string>())];
}
