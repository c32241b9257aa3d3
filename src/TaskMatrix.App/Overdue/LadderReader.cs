using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Overdue;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.App.Overdue;

/// <summary>Reads an escalation ladder.</summary>
internal static class LadderReader
{
    public static EscalationLadder Read(YamlMap root, string id)
    {
        root.Only("id", "title", "english", "rungs").RequireId(id);
        var rungs = new List<Rung>();
        foreach (var map in root.Maps("rungs"))
        {
            var rung = Rung(map.Only("name", "anchor", "offset", "level", "to"));
            Compare(map, rung, rungs);
            rungs.Add(rung);
        }

        return new EscalationLadder(id, root.Text("title"), root.Text("english"), rungs);
    }

    private static Rung Rung(YamlMap map)
    {
        var offset = map.Text("offset");
        if (Deadline.ParseDuration(offset) is null && map.Has("offset"))
        {
            map.Problem("offset", "definition.bad-deadline", offset);
        }

        return new Rung(
            map.Text("name"), map.OneOf("anchor", ["due", "acknowledge"], "due") == "due" ? RungAnchor.Due : RungAnchor.Acknowledge,
            Deadline.ParseDuration(offset) ?? TimeSpan.Zero, Level(map), map.OneOf("to", ["unit", "leader"]) == "unit" ? RungRecipient.Unit : RungRecipient.Leader);
    }

    private static int Level(YamlMap map)
    {
        var level = map.Number("level");
        if (level is < 0 or > 9)
        {
            map.Problem("level", "ladder.bad-level", level);
        }

        return level;
    }

    private static void Compare(YamlMap map, Rung rung, List<Rung> before)
    {
        if (before.Find(other => other.Name == rung.Name) is not null)
        {
            map.Problem("name", "ladder.duplicate-name", rung.Name);
        }

        if (before.Find(other => other.Anchor == rung.Anchor && other.Offset == rung.Offset) is { } same)
        {
            map.Problem("offset", "ladder.same-moment", rung.Name, same.Name);
        }
    }
}
