namespace TaskMatrix.App.Reports;

/// <summary>A form to be filled: a JSON Schema of one flat object.</summary>
/// <param name="Fields">Names of its top-level properties, in order.</param>
/// <param name="Schema">JSON Schema (draft-07) as written.</param>
public sealed record FormDefinition(string Id, string Title, string English, IReadOnlyList<string> Fields, string Schema);
