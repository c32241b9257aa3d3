using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Notifications;
using TaskMatrix.Engine.Overdue;
using TaskMatrix.Engine.Schedules;

namespace TaskMatrix.App.Overdue;

/// <summary>Reads an escalation ladder.</summary>
internal static class LadderReader
{
    private static readonly Dictionary<string, RungRecipient> Recipients = new()
    {
        ["unit"] = RungRecipient.Unit, ["head"] = RungRecipient.Head, ["office"] = RungRecipient.Office, ["leader"] = RungRecipient.Leader,
        ["inspector"] = RungRecipient.Inspector,
    };

    private static readonly Dictionary<string, RungKind> Kinds = new()
    {
        ["remind"] = RungKind.Remind, ["urge"] = RungKind.Urge, ["notify-leader"] = RungKind.NotifyLeader,
        ["supervision-order"] = RungKind.SupervisionOrder, ["open-inspection"] = RungKind.OpenInspection,
    };

    public static EscalationLadder Read(YamlMap root, string id)
    {
        root.Only("id", "title", "english", "rungs", "quietHours").RequireId(id);
        var rungs = new List<Rung>();
        foreach (var map in root.Maps("rungs"))
        {
            var rung = Rung(map.Only("name", "kind", "anchor", "offset", "level", "to", "repeat"));
            Compare(map, rung, rungs);
            rungs.Add(rung);
        }

        return new EscalationLadder(id, root.Text("title"), root.Text("english"), rungs) { Quiet = Quiet(root) };
    }

    private static QuietHours? Quiet(YamlMap root)
    {
        if (root.OptionalText("quietHours") is not { } text)
        {
            return null;
        }

        if (QuietHours.TryParse(text) is { } quiet)
        {
            return quiet;
        }

        root.Problem("quietHours", "ladder.bad-quiet-hours", text);
        return null;
    }

    private static Rung Rung(YamlMap map)
    {
        var (level, to) = (Level(map), Recipients[map.OneOf("to", [.. Recipients.Keys])]);
        var rung = new Rung(
            map.Text("name"), map.OneOf("anchor", ["due", "acknowledge"], "due") == "due" ? RungAnchor.Due : RungAnchor.Acknowledge,
            Duration(map, "offset") ?? TimeSpan.Zero, level, to) { Repeat = Repeat(map.OptionalMap("repeat")?.Only("every", "times")) };
        return map.Has("kind") ? OfKind(map, rung, Kinds[map.OneOf("kind", [.. Kinds.Keys])]) : rung;
    }

    /// <summary>Nobody is inspected for what is not late yet.</summary>
    private static Rung OfKind(YamlMap map, Rung rung, RungKind kind)
    {
        if (kind is RungKind.SupervisionOrder or RungKind.OpenInspection && (rung.Offset < TimeSpan.Zero || rung.Repeat is not null))
        {
            map.Problem("kind", "ladder.inspects-once-late", map.Text("kind"));
        }

        return rung with { Kind = kind };
    }

    private static RungRepeat? Repeat(YamlMap? map)
    {
        if (map is null)
        {
            return null;
        }

        var (every, times) = (Duration(map, "every") ?? RungRepeat.Least, map.Number("times"));
        if (every < RungRepeat.Least || times is < 1 or > RungRepeat.MostTimes)
        {
            map.Problem(every < RungRepeat.Least ? "every" : "times", "ladder.bad-repeat", RungRepeat.MostTimes);
            return null;
        }

        return new RungRepeat(every, times);
    }

    private static TimeSpan? Duration(YamlMap map, string member)
    {
        var text = map.Text(member);
        if (Deadline.ParseDuration(text) is null && map.Has(member))
        {
            map.Problem(member, "definition.bad-deadline", text);
        }

        return Deadline.ParseDuration(text);
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
