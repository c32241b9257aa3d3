using System.Globalization;
using System.Text.RegularExpressions;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Plans;
using TaskMatrix.App.Statistics;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.Notifications;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Overdue;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.TaskInstances;
using TaskMatrix.Engine.Workflows;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Organisations;
using TaskMatrix.Web.Overdue;
using TaskMatrix.Web.Plans;
using TaskMatrix.Web.Schedules;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;
using TaskMatrix.Web.Workflows;

namespace TaskMatrix.Web.Tests.Shell;

/// <summary>Which texts the sources ask for.</summary>
internal static partial class SourceKeys
{
    /// <summary>Events of the record that are no action of a person.</summary>
    private static readonly string[] ClockEvents = ["draft", "reschedule", "attend", "conclude", "above-ended", "ack-breach", "overdue", "miss", "escalate"];

    /// <summary>Dotted words that look like codes of problems and are something else: settings, files, fields of a duty.</summary>
    private static readonly string[] NoCodes =
        ["exercise.clock", "exercise.db", "schedule.cron", "schedule.due", "schedule.policy", "catalogue.stamp", "sweep.last", "matrix.xlsx",
         "jurisdiction.id", "jurisdiction.name", "jurisdiction.english", .. StoreRefusal.Words.Keys];

    /// <summary>Keys written out where a text is looked up.</summary>
    public static IEnumerable<string> Literal(IEnumerable<string> files) => files.SelectMany(file => LookedUp().Matches(File.ReadAllText(file)))
        .Select(match => match.Groups[1].Value).Where(key => !key.EndsWith('.') && !key.EndsWith('-')).Distinct();

    /// <summary>Codes of exceptions, validators and definition problems: dotted words of a stage that has problems.</summary>
    /// <param name="known">Keys that exist; they say which stages have problems, and which words are texts of their own.</param>
    public static IEnumerable<string> Codes(IEnumerable<string> files, IReadOnlyCollection<string> known)
    {
        var stages = known.Where(key => key.StartsWith("problem.", StringComparison.Ordinal) && key.Count(c => c == '.') > 1).Select(key => key.Split('.')[1]).ToHashSet();
        return files.SelectMany(file => Code().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value)
            .Where(code => stages.Contains(code.Split('.')[0]) && !NoCodes.Contains(code) && !known.Contains(code)).Select(code => "problem." + code).Distinct();
    }

    /// <summary>Everything in quotes that could be a key.</summary>
    public static IEnumerable<string> Mentioned(IEnumerable<string> files) => files.SelectMany(file => Quoted().Matches(File.ReadAllText(file)))
        .Select(match => match.Groups[1].Value).SelectMany(text => new[] { text, "problem." + text }).Distinct();

    /// <summary>Keys put together from the names of states, actions, roles and the like.</summary>
    public static IEnumerable<string> Families() =>
    [
        .. Of("state.", Camel<TaskState>()), .. Of("help.state.", Camel<TaskState>()), .. Of("light.", Camel<Light>()), .. Of("help.light.", Camel<Light>()),
        .. Of("outcome.", Camel<Outcome>()), .. Of("report.choice.", Camel<Outcome>()), .. Of("report.status.", Camel<ReportStatus>()),
        .. Of("report.flag.", ReportTask.FlagNames), .. Of("versions.kind.", ["report", "correction"]), .. Of("role.", Camel<Role>()), .. Of("plan.", Camel<PlanStatus>()), .. Of("kind.", Camel<DutyKind>().Append("manual")),
        .. Of("desk.administrator.", ["systemAdministrator", "securityAdministrator", "auditAdministrator"]),
        .. Of("source.", TaskSource.Kinds.Append(TaskSource.PassedDown)), .. Of("level.", LevelWords.All), .. Of("response.kind.", Camel<ResponseChangeKind>()),
        .. Of("end-report.", EndReport.Columns.Select(column => column.Key)), .. Of("done.response-", ["activate", "adjust", "end"]),
        .. Of("class.", ["all-units", "departments", "member-units", "town-street", "town-units", "villages", "villages-and-farms"]),
        .. Of("field.jurisdiction.", ["english", "id", "name", "numberPrefix"]), "field.unit", "field.units", "field.issuedOn", "field.name", "field.english", "field.id", .. Of("part.", CoOwner.Roles), .. Of("calendar.", ["natural", "working"]), .. Of("policy.", ["all", "latest", "skip"]),
        .. Of("problem-title.", ProblemTexts.Titled.Select(status => status.ToString(CultureInfo.InvariantCulture))),
        .. Of("statistics.by.", Camel<StatisticsBy>()), .. Of("raci.", "RACI".Select(letter => letter.ToString())), .. Of("exercise.by.", ExerciseBar.Steps), .. Of("language.", RequestLanguage.All),
        .. Of("assumption.", DutyAssumptions.Editable.Concat(["kind", "event", "owner", "unit", "units", "phase", "process", "coOwners", "raci", "register", "clause", .. new[] { "authoritative", "authoritativeFields", "class", "fileDue", "form", "items", "register" }.Select(name => "with." + name)])),
        .. Of("checklist.result.", Checklist.Results), .. Of("watch.", ["hand-over", "cancel"]), .. Of("watch.column.", ["startsAt", "endsAt", "name", "post", "phone"]),
        .. TaskActions.Rules.SelectMany(rule => new[]
        {
            $"action.{rule.Action}", $"action.{rule.Action}.hint", $"event.{rule.Action}", $"done.{rule.Action}", HelpModel.PartyKey(rule),
        }),
        .. Of("event.", ClockEvents), .. Of("change.", HistoryEntry.Shown), .. Of("field.", HistoryEntry.Written),
        .. Of("field.", TaskActionForm.All.SelectMany(form => form.Fields).Select(field => field.Kind switch
        {
            ActionFieldKind.Files => "files",
            ActionFieldKind.Report => "text",
            _ => field.Name,
        })),
        .. Of("field.", AssignPage.Switches.Select(preset => preset.Name).Append("calendar")), .. Of("within.", AssignPage.Spans.Concat(["3-working-days", "endOfWork", "tomorrow"])),
        .. Of("done.schedule-", SchedulePages.Actions), .. Of("account-status.", Camel<AccountStatus>()), .. Of("help.role.", AccountAdministration.Roles.Select(Texts.Camel)),
        .. Of("accounts.", AccountAdministration.Acts.Keys), .. Of("done.account-", AccountAdministration.Acts.Keys.Append("roles")),
        .. Of("instruction-state.", Camel<InstructionState>()), .. Of("meeting-state.", Camel<MeetingState>()), .. Of("instructions.", ["feedback", "close"]),
        .. MeetingActions.Rules.SelectMany(rule => new[] { "meetings." + rule.Action, "done.meeting-" + rule.Action }),
        .. Of("inspection-state.", Camel<InspectionState>()), .. Of("inspection-kind.", Camel<InspectionKind>()), .. Of("finding.", Camel<Finding>()), .. Of("measure.", Camel<Measure>()),
        .. InspectionActions.Rules.SelectMany(rule => new[]
        {
            $"inspections.{rule.Action}", $"inspections.{rule.Action}.hint", $"inspections.step.{rule.Action}", $"done.inspection-{rule.Action}",
        }),
        .. Of("inspections.step.", [Inspection.OpenAction, Inspection.SetTeamAction]), .. Of("overdue.band.", Camel<AgeBand>()),
        .. Of("fact.", typeof(CaseFacts).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)),
        .. Of("definition-kind.", [.. WorkflowPages.Listed, "seed", "document"]),
        .. Of("rung.", Camel<RungKind>()), .. Of("rung.to.", Camel<RungRecipient>()),
        .. Of("weekday.", Enumerable.Range(0, 7).Select(day => $"{day}")), .. Of("time.", ["days.one", "hours.one", "minutes.one", "working-days", "working-days.one"]),
        .. Of("notice.", NoticeKind.All.SelectMany(kind => new[] { kind, kind + ".many" })), .. Of("channel.", ChannelKind.All), .. Of("recipient.", ["office", "leader", "inspector"]),
        .. Of("deliveries.", ["arrived", "set-aside"]), .. Of("jobs.", JobPages.States), .. Of("job.", ChannelKind.All.Select(kind => "deliver-" + kind).Concat(["ack", "due", "missed"])),
        .. Of("field.", ["recipient", "target", "secret", "language", "kind"]),
        .. Of("setup.", FirstStart.Administrators.Select(administrator => administrator.Field)),
        .. Of("field.", FirstStart.Administrators.Select(administrator => administrator.Field + "Password")), .. PasswordRules,
    ];

    /// <summary>Identity's own reasons, which the program turns into codes.</summary>
    private static IEnumerable<string> PasswordRules => Of("problem.account.",
        ["password-requires-digit", "password-requires-lower", "password-requires-non-alphanumeric", "password-requires-unique-chars", "password-requires-upper",
         "password-too-short", "duplicate-user-name", "invalid-user-name"]);

    private static IEnumerable<string> Of(string prefix, IEnumerable<string> names) => names.Select(name => prefix + name);

    private static IEnumerable<string> Camel<T>() where T : struct, Enum => Enum.GetValues<T>().Select(Texts.Camel);

    [GeneratedRegex("\"([a-z][A-Za-z0-9.-]+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(?:T|texts)\[""([a-z][A-Za-z0-9.-]+)""\s*[\],]")]
    private static partial Regex LookedUp();

    [GeneratedRegex(@"""([a-z]+\.[a-z]+(?:-[a-z]+)*)""")]
    private static partial Regex Code();
}
