using System.Text.RegularExpressions;
using TaskMatrix.App.Audit;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Audit;

/// <summary>What the check of the record says, in the reader's language. The API says it in English, as the command line does.</summary>
internal static partial class AuditWords
{
    /// <summary>Beginnings of what is said, and the keys of the texts for it.</summary>
    internal static readonly (string Begins, string Key)[] Reasons =
    [
        ("entry is missing", "audit.why.missing"), ("place is taken twice", "audit.why.twice"), ("payload does not have its hash", "audit.why.hash"),
        ("does not follow the entry before it", "audit.why.link"), ("hash is not the exported one", "audit.why.head"), ("payload cannot be read", "audit.why.unreadable"),
        ("chain has no head", "audit.why.no-head"), ("entries and head do not end at the same place", "audit.why.end"),
        ("entry of an exported head is missing", "audit.why.cut"), ("its task has no row", "audit.why.no-row"), ("an exported file cannot be read", "audit.why.head-file"),
    ];

    public static string Why(Texts texts, BrokenEntry broken)
    {
        if (Reasons.FirstOrDefault(reason => broken.Why.StartsWith(reason.Begins, StringComparison.Ordinal)).Key is { } key)
        {
            return texts[key];
        }

        return Task().Match(broken.Why) is { Success: true } task ? texts["audit.why.task", task.Groups[1].Value, task.Groups[2].Value]
            : broken.Why.EndsWith(" is not the payload's", StringComparison.Ordinal) ? texts["audit.why.column", broken.Why.Split(" is not")[0]]
            : broken.Why;
    }

    /// <summary>Acts of people on tasks have names; of the others the record's own word is shown.</summary>
    public static string Action(Texts texts, string action) => texts.Has("event." + action) ? texts["event." + action] : action;

    [GeneratedRegex("^task ([^ ]+) (.+)$")]
    private static partial Regex Task();
}
