using Microsoft.Extensions.Primitives;

namespace TaskMatrix.Web.Shell;

/// <summary>A form as it stands: fresh, or with what was typed and why it was refused.</summary>
/// <param name="Id">Unique on the page; ids of its fields begin with it.</param>
/// <param name="Posted">Null for a fresh form.</param>
public sealed record FormState(string Id, IFormCollection? Posted = null, PageProblem? Problem = null, ProblemWords? Words = null)
{
    public string IdOf(string field) => $"{Id}-{field.Replace('.', '-')}";

    /// <summary>Of a form sent before and refused, so that it is still done once; another one for a fresh form.</summary>
    public string Token => Posted?[FormMemory.Field].ToString() is { Length: > 0 } token ? token : FormMemory.NewToken();

    /// <summary>Of this form as it is shown: by it a draft that comes after the form was done is known.</summary>
    public string DraftToken => Posted?[FormDrafts.Token].ToString() is { Length: > 0 } token ? token : FormMemory.NewToken();

    public string? ValueOf(string field, string? otherwise) => Posted is null ? otherwise : Posted[field].ToString();

    public StringValues ValuesOf(string field) => Posted?[field] ?? StringValues.Empty;

    public IEnumerable<string> ProblemsOf(string field) =>
        Words is null ? [] : (Problem?.Fields ?? []).Where(problem => problem.Field == field).Select(Words.Of);

    public string? InvalidOf(string field) => Problem?.Fields.Any(problem => problem.Field == field) == true ? "true" : null;

    /// <summary>Ids of what explains a field: its hint and its problem.</summary>
    public string? DescriptionOf(string field, string? hint)
    {
        var ids = new List<string>();
        if (hint is not null)
        {
            ids.Add(IdOf(field) + "-hint");
        }

        if (InvalidOf(field) is not null)
        {
            ids.Add(IdOf(field) + "-problem");
        }

        return ids.Count > 0 ? string.Join(' ', ids) : null;
    }
}
