namespace TaskMatrix.App.Reports;

/// <summary>A form to be filled: a JSON Schema of one flat object.</summary>
/// <param name="Fields">Names of its top-level properties, in order.</param>
/// <param name="Schema">JSON Schema (draft-07) as written.</param>
public sealed record FormDefinition(string Id, string Title, string English, IReadOnlyList<string> Fields, string Schema)
{
    /// <summary>The fields that are whole numbers, in order: what reports are summed up by.</summary>
    public IReadOnlyList<FormFigure> Figures { get; init; } = [];

    /// <summary>无情况 is one of its answers (<c>x-nil</c>), which then cannot stand beside figures that are not zero.</summary>
    public bool MayBeNil { get; init; }

    public IReadOnlyList<string> FigureNames => [.. Figures.Select(figure => figure.Name)];
}

/// <param name="Unit">例, 人, 只 and so on; empty where the form names none.</param>
public sealed record FormFigure(string Name, string Title, string English, string Unit);
