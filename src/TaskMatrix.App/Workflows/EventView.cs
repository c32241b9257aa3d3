using System.Text.Json.Nodes;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Reports;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Workflows;

/// <summary>An event as one person sees it.</summary>
/// <param name="Title">Of its kind.</param>
/// <param name="RaisedBy">Post; where a report raised it, of who wrote the report.</param>
/// <param name="SignedBy">Post of the head who signed the report; null where no report raised it.</param>
/// <param name="ByProcess">Raised by a step of a process, not by a person.</param>
/// <param name="FromBelow">Passed up from the area of <paramref name="RaisedByUnit"/>.</param>
/// <param name="Summary">Long numbers in it are masked for those who need no contact.</param>
/// <param name="Data">What was told; a contact is masked for those who need it not.</param>
/// <param name="Tasks">Those that this person may see; <paramref name="Units"/> are all that have one.</param>
/// <param name="Contacts">What the plan itself gives for such a case, in its own words.</param>
public sealed record EventView(
    Guid Id, string Jurisdiction, string Kind, string Title, string English, string Summary, DateTimeOffset OccurredAt, DateTimeOffset RaisedAt, string RaisedBy,
    string RaisedByUnit, string? SignedBy, bool ByProcess, bool FromBelow, string? Form, JsonObject Data, bool Urgent, IReadOnlyList<PlanContact> Contacts, IReadOnlyList<FollowingTask> Tasks,
    IReadOnlyList<string> Units, IReadOnlyList<NotStarted> NotStarted, IReadOnlyList<EventFact> Facts)
{
    public static EventView Of(RaisedEvent raised, IReadOnlyList<TaskInstance> tasks, Catalogue catalogue, Actor actor, DateTimeOffset now)
    {
        var kind = catalogue.Set.EventKind(raised.Kind);
        var form = kind?.Form is { } id ? catalogue.Set.Forms.GetValueOrDefault(id) : null;
        var contact = EventAccess.SeesContact(tasks, actor);
        var data = EventAccess.Data(raised, form, contact);
        return new EventView(
            raised.Id, raised.Jurisdiction, raised.Kind, kind?.Title ?? raised.Kind, kind?.English ?? raised.Kind, contact ? raised.Summary : Masking.Words(raised.Summary), raised.OccurredAt, raised.RaisedAt,
            raised.RaisedByPost, raised.RaisedByUnit, raised.SignedByPost, raised.RaisedByStep is not null && !IsFromBelow(raised), IsFromBelow(raised), kind?.Form,
            data, raised.Urgent, [.. PlanContacts.For(raised.Kind, raised.Jurisdiction, catalogue)],
            [.. tasks.Where(task => task.VisibleTo(actor)).Select(task => FollowingTask.Of(task, now))],
            [.. tasks.Select(task => task.LeadUnit).Distinct()], raised.NotStarted,
            EventFact.Of(data, form, catalogue));
    }

    private static bool IsFromBelow(RaisedEvent raised) => raised.RaisedByStep?.StartsWith(RaisedEvent.FromBelow, StringComparison.Ordinal) == true;
}

/// <summary>A field of what was told, as it is named in its form.</summary>
public sealed record EventFact(string Name, string Title, string English, string? Unit, string Value)
{
    /// <summary>What a report raised has the fields of the report's form, so the other forms are asked for names too.</summary>
    public static IReadOnlyList<EventFact> Of(JsonObject data, FormDefinition? form, Catalogue catalogue)
    {
        var forms = catalogue.Set.Forms.Values.OrderBy(other => other.Id, StringComparer.Ordinal).Prepend(form).OfType<FormDefinition>().ToList();
        return [.. data.Where(field => field.Value is not null).Select(field => Named(field.Key, field.Value!, forms))];
    }

    private static EventFact Named(string name, JsonNode value, List<FormDefinition> forms)
    {
        var field = forms.Find(form => form.Fields.Contains(name)) is { } form ? JsonNode.Parse(form.Schema)!["properties"]![name] : null;
        var title = (string?)field?["title"] ?? name;
        return new EventFact(name, title, (string?)field?["x-title-en"] ?? title, (string?)field?["x-unit"], value is JsonArray list ? string.Join("、", list) : value.ToString());
    }
}

/// <summary>A task that an event, an instruction or a meeting led to, in short.</summary>
/// <param name="ReportText">Only where the whole task may be seen.</param>
public sealed record FollowingTask(
    Guid Id, string Number, string Title, string English, string Unit, TaskState State, Light Light, DateTimeOffset? DueAt, DateTimeOffset? AcknowledgedAt,
    DateTimeOffset? ClosedAt, Outcome? Outcome, string? ReportText)
{
    public static FollowingTask Of(TaskInstance task, DateTimeOffset now) => new(
        task.Id, task.Number, task.Title, task.English, task.LeadUnit, task.State, task.LightAt(now), task.DueAt, task.AcknowledgedAt, task.ClosedAt, task.Outcome, null);

    /// <summary>With what was reported, for somebody who may see the task.</summary>
    public static FollowingTask Whole(TaskInstance task, DateTimeOffset now) => Of(task, now) with { ReportText = task.ReportText };
}
