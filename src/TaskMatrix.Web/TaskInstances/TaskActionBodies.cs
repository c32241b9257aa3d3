using System.Text.Json;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Web.TaskInstances;

internal sealed record EmptyBody(int? ExpectedVersion);

internal sealed record ReasonBody(string? Reason, int? ExpectedVersion);

internal sealed record TextBody(string? Text, int? ExpectedVersion);

internal sealed record OpinionBody(string? Opinion, int? ExpectedVersion);

internal sealed record DeclineBody(string? Reason, string? ProposedUnit, int? ExpectedVersion);

internal sealed record ReassignBody(
    string? LeadUnit, IReadOnlyList<string>? CoUnits, string? Reason, DateTimeOffset? AckBy, DateTimeOffset? DueAt, int? ExpectedVersion);

internal sealed record ProgressBody(int? Percent, string? Text, IReadOnlyList<Guid>? AttachmentIds, int? ExpectedVersion);

internal sealed record HandOverBody(string? ToUserName, string? Reason, int? ExpectedVersion);

internal sealed record PassDownBody(DateTimeOffset? DueAt, string? Text, int? ExpectedVersion);

internal sealed record SubmitBody(string? Text, JsonElement? Form, IReadOnlyList<Guid>? AttachmentIds, Outcome? Outcome, int? ExpectedVersion);

internal sealed record ReturnBody(string? Reason, DateTimeOffset? DueAt, int? ExpectedVersion);

internal sealed record SuspendBody(string? Reason, DateTimeOffset? ExpectedResume, int? ExpectedVersion);

internal sealed record ExtensionBody(string? Reason, string? Progress, DateTimeOffset? DueAt, int? ExpectedVersion);

internal sealed record DecideBody(bool? Granted, DateTimeOffset? DueAt, string? Opinion, int? ExpectedVersion);

internal sealed record TerminateBody(string? Reason, string? Reference, int? ExpectedVersion);

internal sealed record ReopenBody(string? Reason, DateTimeOffset? DueAt, string? Reference, int? ExpectedVersion);

internal sealed record CorrectBody(JsonElement? Form, string? Reason, Outcome? Outcome, string? Text, int? ExpectedVersion);
