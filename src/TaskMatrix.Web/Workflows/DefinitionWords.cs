using TaskMatrix.App.Workflows;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Workflows;

/// <summary>Names of what is defined, as published last; an id that is no longer in use stands for itself.</summary>
public sealed class DefinitionWords(CatalogueSource catalogues)
{
    public string Process(string id) => Set.Processes.GetValueOrDefault(id) is { } process ? Texts.Pick(process.Title, process.English) : id;

    /// <summary>Looked for in the newest version.</summary>
    public string Step(string process, string step) =>
        Set.Processes.GetValueOrDefault(process)?.Steps.FirstOrDefault(one => one.Id == step) is { } found ? Texts.Pick(found.Title, found.English) : step;

    public string Ladder(string id) => Set.Ladders.GetValueOrDefault(id) is { } ladder ? Texts.Pick(ladder.Name, ladder.English) : id;

    public string Form(string id) => Set.Forms.GetValueOrDefault(id) is { } form ? Texts.Pick(form.Title, form.English) : id;

    /// <summary>A figure that reports are summed up by.</summary>
    public string Figure(string name) =>
        Set.Forms.Values.SelectMany(form => form.Figures).FirstOrDefault(figure => figure.Name == name) is { } found ? Texts.Pick(found.Title, found.English) : name;

    public string Event(string id) => Set.EventKinds.FirstOrDefault(kind => kind.Id == id) is { } kind ? Texts.Pick(kind.Title, kind.English) : id;

    public string Duty(string id) => Set.Duties.Find(duty => duty.Id == id) is { } duty ? Texts.Pick(duty.Title, duty.English) : id;

    public string Phase(string id) => Set.Plans.SelectMany(plan => plan.Definition.Phases).FirstOrDefault(phase => phase.Id == id) is { } phase ? Texts.Pick(phase.Title, phase.English) : id;

    private DefinitionSet Set => catalogues.LastRead?.Set ?? DefinitionSet.Empty;
}
