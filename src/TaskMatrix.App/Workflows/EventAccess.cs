using System.Text.Json.Nodes;
using TaskMatrix.App.Reports;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Workflows;

/// <summary>Who raises a kind of event, and who sees what of one.</summary>
internal static class EventAccess
{
    /// <summary>Field of a form of events that says how to reach the reporter.</summary>
    public const string ContactField = "contact";

    public static bool MayRaise(Actor actor, EventKind kind) => kind.RaisedBy.Any(who => who switch
    {
        "any-unit" => actor.Is(Role.Liaison) || actor.Is(Role.Head),
        "office" => actor.Is(Role.Office),
        "leader" => actor.Is(Role.Leader),
        "inspector" => actor.Is(Role.Inspector),
        _ => actor.ActsFor(who),
    });

    /// <summary>Those who oversee, the unit that raised it, and every unit that leads, works on or is informed of one of its tasks.</summary>
    public static bool VisibleTo(RaisedEvent raised, IReadOnlyList<TaskInstance> tasks, Actor actor) =>
        actor.Jurisdiction == raised.Jurisdiction
        && (actor.Oversees || (IsOfUnit(actor) && actor.Unit == raised.RaisedByUnit) || tasks.Any(task => task.VisibleTo(actor)));

    /// <summary>The reporter's number is for the office and for those who lead or work on a task.</summary>
    public static bool SeesContact(IReadOnlyList<TaskInstance> tasks, Actor actor) =>
        actor.Is(Role.Office)
        || (IsOfUnit(actor) && tasks.Any(task => task.LeadUnit == actor.Unit || task.CoUnits.Any(co => co.Unit == actor.Unit && !co.OnlyInformed)));

    /// <summary>What was told, with the fields that name a contact masked unless they may be seen.</summary>
    public static JsonObject Data(RaisedEvent raised, FormDefinition? form, bool contact)
    {
        var data = JsonNode.Parse(raised.Data) as JsonObject ?? [];
        foreach (var field in contact ? [] : ContactFields(form).Where(data.ContainsKey).ToList())
        {
            data[field] = ContactMask.Of(data[field]!.ToString());
        }

        return data;
    }

    /// <summary>Without its form, no field can be told to be harmless by its name.</summary>
    private static IEnumerable<string> ContactFields(FormDefinition? form)
    {
        if (form is null || JsonNode.Parse(form.Schema)?["properties"] is not JsonObject fields)
        {
            return [ContactField];
        }

        return fields.Where(field => field.Value?["x-contact"]?.GetValue<bool>() == true).Select(field => field.Key).Union([ContactField]);
    }

    private static bool IsOfUnit(Actor actor) => actor.Is(Role.Liaison) || actor.Is(Role.Head);
}
