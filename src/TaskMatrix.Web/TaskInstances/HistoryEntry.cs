using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Overdue;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Web.Overdue;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>One entry of a task's record in words.</summary>
/// <param name="Post">Held at that moment; null where the name says it already.</param>
/// <param name="Words">What was written: reason, report, opinion.</param>
internal sealed record HistoryEntry(
    int Sequence, string Action, DateTimeOffset At, string Who, string? Post, string? From, string? To,
    IReadOnlyList<(string Label, string Value)> Words, IReadOnlyList<(string Label, string? Old, string? New)> Changes, string Hash)
{
    private const string Assignee = "assignee";

    /// <summary>Members of events that people wrote.</summary>
    internal static readonly string[] Written = ["reason", "text", "opinion", "progress", "reference"];

    /// <summary>Fields whose change matters to a reader; the others are in the record all the same.</summary>
    internal static readonly string[] Shown = ["leadUnit", "ackBy", "dueAt", "percent", Assignee, "escalationLevel", "overdueSince", "ackBreachedAt", "missedAt", "onTime", "corrections"];

    /// <summary>User names of those it was with before and after.</summary>
    public static IEnumerable<string> Assignees(TaskEventView entry) =>
        ((entry.Changes as JsonObject)?[Assignee] as JsonArray ?? []).Select(Raw).OfType<string>();

    /// <param name="people">By user name; whom it lacks goes by that.</param>
    public static HistoryEntry Of(TaskEventView entry, Texts texts, TimeWords times, Visit visit, IReadOnlyDictionary<string, PersonView> people)
    {
        var name = Text(entry.Actor, "displayName") ?? "";
        var post = Text(entry.Actor, "post");
        return new HistoryEntry(
            entry.Sequence, entry.Action, entry.At, visit.ActorName(texts, Text(entry.Actor, "userName"), name),
            string.IsNullOrEmpty(post) || post == name ? null : visit.PostName(post), State(entry.From, texts), State(entry.To, texts),
            [.. Rung(entry, texts), .. Asked(entry, texts, times, visit), .. Written.Select(member => (texts["field." + member], Text(entry.Event, member) ?? "")).Where(words => words.Item2.Length > 0)],
            entry.From is null ? [] : [.. Changed(entry.Changes, texts, times, visit, people)], entry.Hash);
    }

    /// <summary>What a rung of the ladder did and to whom it spoke; entries older than kinds of rungs say its name there.</summary>
    private static IEnumerable<(string, string)> Rung(TaskEventView entry, Texts texts)
    {
        if (Text(entry.Event, "rung") is { } name)
        {
            var known = Enum.TryParse<RungKind>(Text(entry.Event, "kind"), true, out var kind) & Enum.TryParse<RungRecipient>(Text(entry.Event, "to"), true, out var to);
            var words = known ? texts.Rung(kind, to) : name;
            yield return (texts["history.rung"], (entry.Event as JsonObject)?["round"] is JsonValue round ? texts["rung.again", words, round.GetValue<int>()] : words);
        }
    }

    /// <summary>The unit named for what was given back, and the day asked for.</summary>
    private static IEnumerable<(string, string)> Asked(TaskEventView entry, Texts texts, TimeWords times, Visit visit)
    {
        if (Text(entry.Event, "proposedUnit") is { } unit)
        {
            yield return (texts["field.proposedUnit"], visit.UnitName(unit));
        }

        if (entry.Action == TaskActions.RequestExtension && DateTimeOffset.TryParse(Text(entry.Event, "dueAt"), CultureInfo.InvariantCulture, out var until))
        {
            yield return (texts["many.asked"], times.Moment(until));
        }
    }

    private static IEnumerable<(string, string?, string?)> Changed(JsonNode? changes, Texts texts, TimeWords times, Visit visit, IReadOnlyDictionary<string, PersonView> people) =>
        from field in Shown
        let change = (changes as JsonObject)?[field] as JsonArray
        where change is not null
        select (texts["change." + field], Value(field, change[0], texts, times, visit, people), Value(field, change[1], texts, times, visit, people));

    /// <summary>Values stand in the record as text, quoted where they are strings.</summary>
    private static string? Value(string field, JsonNode? node, Texts texts, TimeWords times, Visit visit, IReadOnlyDictionary<string, PersonView> people)
    {
        if (Raw(node) is not { } value)
        {
            return null;
        }

        return field switch
        {
            Assignee => people.GetValueOrDefault(value) is { } person ? visit.PersonName(texts, person) : value,
            "leadUnit" => visit.UnitName(value),
            "percent" => value + "%",
            "onTime" => texts[value.ToLowerInvariant() == "true" ? "form.yes" : "form.no"],
            _ => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var at) && field.EndsWith("At", StringComparison.Ordinal) | field.EndsWith("By", StringComparison.Ordinal) | field.EndsWith("Since", StringComparison.Ordinal)
                ? times.Moment(at)
                : value,
        };
    }

    private static string? Raw(JsonNode? node) => node?.GetValue<string>() is { } raw and not ("null" or "") ? raw.Trim('"') : null;

    private static string? State(string? name, Texts texts) => name is null ? null : texts["state." + char.ToLowerInvariant(name[0]) + name[1..]];

    private static string? Text(JsonNode? node, string member) =>
        (node as JsonObject)?[member] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
