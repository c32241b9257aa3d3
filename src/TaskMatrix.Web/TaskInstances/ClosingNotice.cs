using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Reports;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Web.Reports;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>办结通知 of a closed task: to the unit that led it, from the leading group's office. It is recorded who took it.</summary>
internal sealed class ClosingNotice(IMediator mediator, PlaceWords words, Texts texts)
{
    public async Task<IResult> Write(Guid id, HttpContext http, CancellationToken ct)
    {
        var (task, plan, assumptions) = await mediator.Send(new ReadClosing.Query(id), ct);
        await words.Load(ct);
        var at = await mediator.Send(new RecordExport.Command("closing.docx", new Dictionary<string, object?> { ["task"] = task.Number }), ct);
        var document = new OfficialDocument(texts["closing.title"], texts["closing.number", task.Number], words.Mark)
            .Salutation(texts["closing.to", words.Unit(task.LeadUnit)])
            .Body(Opening(task, plan))
            .Table([texts["closing.fact"], texts["closing.content"]], Facts(task).Where(fact => fact.Value is not null).Select(fact => (IReadOnlyList<string>)[texts[fact.Key], fact.Value!]));
        if (assumptions.Count > 0)
        {
            document.Body(words.Assumed(assumptions));
        }

        document.Body(texts["closing.end"]).Signature(words.Unit(Actor.OfficeUnit), words.Date(at));
        return FileAnswer.Of(document.Write(), ReportEndpoints.Docx, $"{words.Prefix}closing-{id:N}.docx", http);
    }

    private string Opening(TaskView task, string? plan) => plan is null
        ? texts["closing.body", Title(task), task.Number, words.Moment(task.ClosedAt)!]
        : texts["closing.body-of-plan", plan, Title(task), task.Number, words.Moment(task.ClosedAt)!];

    private IEnumerable<(string Key, string? Value)> Facts(TaskView task) =>
    [
        ("facts.issued", words.Moment(task.IssuedAt)), ("facts.acknowledged", words.Moment(task.AcknowledgedAt)), ("task.due", words.Moment(task.DueAt)),
        ("ledger.submitted", words.Moment(task.SubmittedAt)), ("task.closed-at", words.Moment(task.ClosedAt)),
        ("ledger.on-time", task.OnTime is { } onTime ? texts[onTime ? "report.on-time" : "report.late"] : null),
        ("task.overdue-since", words.Moment(task.OverdueSince)), ("field.outcome", task.Outcome is { } outcome ? texts.Name(outcome) : null),
        ("task.co-unit", task.CoUnits.Count > 0 ? words.Units(task.CoUnits) : null), ("report.heading", task.ReportText is { } text ? Masking.Words(text) : null),
    ];

    private static string Title(TaskView task) => Masking.Words(Texts.Pick(task.Title, task.English));
}
