using TaskMatrix.Engine.TaskInstances;
using static TaskMatrix.Engine.TaskInstances.TaskActions;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>How a field of an action is filled in.</summary>
public enum ActionFieldKind
{
    /// <summary>Several lines.</summary>
    Text,
    Line,
    Unit,

    /// <summary>Somebody of the own unit.</summary>
    Person,

    /// <summary>Local date and time.</summary>
    Moment,
    Percent,
    Files,
    Outcome,
    YesNo,

    /// <summary>The fields of the task's report form.</summary>
    Report,
}

public sealed record ActionField(string Name, ActionFieldKind Kind, bool Required = false);

/// <summary>The form of an action; its fields are the members of the action's body in the API.</summary>
/// <param name="Forward">Moves the task on, so it stands open as the next thing to do.</param>
public sealed record TaskActionForm(string Action, bool Forward, params ActionField[] Fields)
{
    private static readonly ActionField Reason = new("reason", ActionFieldKind.Text, Required: true), DueAt = new("dueAt", ActionFieldKind.Moment);

    /// <summary>In the order they are offered.</summary>
    public static readonly IReadOnlyList<TaskActionForm> All =
    [
        new(Issue, true),
        new(Acknowledge, true),
        new(Sign, true, new ActionField("opinion", ActionFieldKind.Text)),
        new(Approve, true, new ActionField("opinion", ActionFieldKind.Text)),
        new(
            DecideExtension, true, new ActionField("granted", ActionFieldKind.YesNo, Required: true), DueAt,
            new ActionField("opinion", ActionFieldKind.Text, Required: true)),
        new(
            Submit, true, new ActionField("outcome", ActionFieldKind.Outcome), new ActionField("form", ActionFieldKind.Report),
            new ActionField("text", ActionFieldKind.Text, Required: true), new ActionField("attachmentIds", ActionFieldKind.Files)),
        new(Confirm, true, new ActionField("text", ActionFieldKind.Text)),
        new(ConfirmReceipt, true, new ActionField("text", ActionFieldKind.Text)),
        new(Resume, true),
        new(RefuseReturn, false, Reason),
        new(
            Progress, false, new ActionField("percent", ActionFieldKind.Percent, Required: true),
            new ActionField("text", ActionFieldKind.Text, Required: true), new ActionField("attachmentIds", ActionFieldKind.Files)),
        new(RequestExtension, false, DueAt with { Required = true }, Reason, new ActionField("progress", ActionFieldKind.Text, Required: true)),
        new(HandOver, false, new ActionField("toUserName", ActionFieldKind.Person, Required: true), Reason),
        new(PassDown, false, DueAt, new ActionField("text", ActionFieldKind.Text)),
        new(Decline, false, Reason, new ActionField("proposedUnit", ActionFieldKind.Unit)),
        new(RefuseSignature, false, Reason),
        new(
            Correct, false, new ActionField("outcome", ActionFieldKind.Outcome), new ActionField("form", ActionFieldKind.Report),
            new ActionField("text", ActionFieldKind.Text), Reason),
        new(Return, false, Reason, DueAt),
        new(
            Reassign, false, new ActionField("leadUnit", ActionFieldKind.Unit, Required: true), Reason,
            new ActionField("ackBy", ActionFieldKind.Moment), DueAt),
        new(Urge, false, new ActionField("text", ActionFieldKind.Text)),
        new(Suspend, false, Reason, new ActionField("expectedResume", ActionFieldKind.Moment)),
        new(Reopen, false, Reason, DueAt with { Required = true }, new ActionField("reference", ActionFieldKind.Line)),
        new(MarkNotApplicable, false, Reason),
        new(Terminate, false, Reason, new ActionField("reference", ActionFieldKind.Line)),
    ];

    /// <summary>Text of its name: what was missed is filed late, in the same way; what is signed of a closed task is its correction.</summary>
    public string Key(TaskState state) => (Action, state) switch
    {
        (Submit, TaskState.Missed) => "action.submit-late",
        (Sign, TaskState.Closed) => "action.sign-correction",
        (RefuseSignature, TaskState.Closed) => "action.refuse-correction",
        _ => "action." + Action,
    };

    /// <summary>People write in it more than a line, so that what they began is worth keeping.</summary>
    public bool Writes => Fields.Any(input => input.Kind is ActionFieldKind.Text or ActionFieldKind.Report);

    public bool TakesFiles => Fields.Any(input => input.Kind == ActionFieldKind.Files);

    /// <summary>Of the form on the page of a task.</summary>
    public static string IdOf(string action) => "f-" + action;

    public static TaskActionForm? Find(string action) => All.FirstOrDefault(form => form.Action == action);
}
