namespace TaskMatrix.App.Workflows;

/// <summary>The text of one definition and where it came from.</summary>
/// <param name="Id">
/// <c>single-task</c> (process), <c>escalations.x</c>, <c>calendars.x</c>, <c>forms.x</c>, <c>events</c>, <c>seed.x</c>,
/// <c>jurisdiction.no-duty</c>, else <c>jurisdiction.name</c> (duties).
/// </param>
/// <param name="Path">Shown in problems; the id where there is no file.</param>
public sealed record DefinitionFile(string Id, string Path, string Text);
