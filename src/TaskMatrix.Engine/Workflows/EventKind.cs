namespace TaskMatrix.Engine.Workflows;

/// <summary>Something that may happen and start every duty that waits for it.</summary>
/// <param name="RaisedBy">any-unit, office, leader or inspector; any of them may raise it.</param>
/// <param name="Form">Form of what is told with the event; null where words are enough. Its data may be empty.</param>
/// <param name="Assumption">Why these may raise it, where the documents do not say; else null.</param>
/// <param name="Urgent">The text asks for haste (迅速, 及时, 紧急); its tasks are urgent.</param>
public sealed record EventKind(string Id, string Title, string English, IReadOnlyList<string> RaisedBy, string? Form, string? Assumption, bool Urgent = false)
{
    public static readonly IReadOnlyList<string> Raisers = ["any-unit", "office", "leader", "inspector"];
}
