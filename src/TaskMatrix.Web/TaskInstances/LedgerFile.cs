using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Reports;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.TaskInstances;

/// <summary>台账: the tasks of a filter as a table, one row each. It is recorded who took it.</summary>
internal sealed class LedgerFile(IMediator mediator, PlaceWords words, Texts texts)
{
    /// <summary>Keys of the headings, in order.</summary>
    internal static readonly string[] Columns =
    [
        "ledger.number", "task.title", "facts.kind", "facts.source", "ledger.clause", "facts.occurrence", "task.lead-unit", "task.co-unit", "task.accountable",
        "task.state", "task.light", "facts.issued", "task.ack-by", "facts.acknowledged", "task.due", "ledger.submitted", "task.closed-at", "ledger.on-time",
        "task.overdue-since", "task.missed-at", "task.escalation", "facts.rounds", "facts.extensions", "field.percent", "field.outcome", "report.heading",
        "assumption.heading", "ledger.mark",
    ];

    /// <param name="kind">xlsx or csv.</param>
    public async Task<IResult> Write(TaskFilter filter, string kind, HttpContext http, CancellationToken ct)
    {
        var ledger = await mediator.Send(new ReadLedger.Query(filter), ct);
        await words.Load(ct);
        var assumed = await words.Assumptions(ct);
        var at = await mediator.Send(new RecordExport.Command("ledger." + kind, new Dictionary<string, object?> { ["count"] = ledger.Total, ["unit"] = filter.Unit }), ct);
        var head = words.Head(texts["ledger.title"], at, [.. Columns.Select(key => texts[key])]);
        var file = await SheetAnswer.Write(kind, head, async sheet => await Rows(sheet, ledger.Tasks, assumed, ct));
        return FileAnswer.Of(file, SheetAnswer.MediaType(kind), $"{words.Prefix}ledger.{kind}", http);
    }

    private async Task Rows(ISheet sheet, IAsyncEnumerable<TaskView> tasks, IReadOnlyDictionary<string, string> assumed, CancellationToken ct)
    {
        await foreach (var task in tasks.WithCancellation(ct))
        {
            sheet.Row(Row(task, task.Duty is { } duty ? assumed.GetValueOrDefault(duty) : null));
        }
    }

    private IEnumerable<object?> Row(TaskView task, string? assumed) =>
    [
        task.Number, Masking.Words(Texts.Pick(task.Title, task.English)), texts["kind." + task.Kind], texts["source." + task.Source.Kind], task.Clause, task.Occurrence,
        words.Unit(task.LeadUnit), words.Units(task.CoUnits), task.AccountablePost, texts.Name(task.State), texts.Name(task.Light), words.Moment(task.IssuedAt),
        words.Moment(task.AckBy), words.Moment(task.AcknowledgedAt), words.Moment(task.DueAt), words.Moment(task.SubmittedAt), words.Moment(task.ClosedAt),
        task.OnTime is { } onTime ? texts[onTime ? "report.on-time" : "report.late"] : null, words.Moment(task.OverdueSince), words.Moment(task.MissedAt),
        task.EscalationLevel, task.ReturnRounds, task.Extensions, task.Percent, task.Outcome is { } outcome ? texts.Name(outcome) : null,
        task.ReportText is { } text ? Masking.Words(text) : null, assumed, task.Exercise ? texts["exercise.name"] : null,
    ];
}
