using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Statistics;
using TaskMatrix.Engine.Statistics;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Statistics;

/// <summary>The figures of a period as a table, the same columns as on the page.</summary>
internal sealed class StatisticsFile(IMediator mediator, PlaceWords words, Texts texts)
{
    /// <summary>Keys of the headings and what stands below them, in order.</summary>
    internal static readonly (string Key, Func<TaskFigures, object?> Value)[] Columns =
    [
        ("statistics.issued", figures => figures.Issued), ("statistics.open", figures => figures.Open), ("statistics.closed", figures => figures.Closed),
        ("statistics.missed", figures => figures.Missed), ("statistics.not-applicable", figures => figures.NotApplicable),
        ("statistics.terminated", figures => figures.Terminated), ("statistics.decided", figures => figures.Decided), ("statistics.on-time", figures => figures.OnTime),
        ("statistics.on-time-rate", figures => figures.OnTimeRate), ("statistics.acknowledge-median", figures => figures.Acknowledge.MedianHours),
        ("statistics.acknowledge-p90", figures => figures.Acknowledge.P90Hours), ("statistics.close-median", figures => figures.Close.MedianHours),
        ("statistics.close-p90", figures => figures.Close.P90Hours), ("statistics.ack-breaches", figures => figures.AckBreaches),
        ("statistics.overdue", figures => figures.OverdueBreaches), ("statistics.ever-missed", figures => figures.MissedBreaches),
        ("statistics.returns", figures => figures.Returns), ("statistics.extensions", figures => figures.Extensions),
    ];

    /// <param name="kind">xlsx or csv.</param>
    public async Task<IResult> Write(GetStatistics.Query query, string kind, HttpContext http, CancellationToken ct)
    {
        var result = await mediator.Send(query, ct);
        await words.Load(ct);
        await mediator.Send(new RecordExport.Command("statistics." + kind, new Dictionary<string, object?> { ["from"] = result.From, ["to"] = result.To, ["by"] = result.By }), ct);
        var head = words.Head(
            texts["statistics.title", $"{result.From:yyyy-MM-dd}", $"{result.To:yyyy-MM-dd}"], result.At,
            [texts["statistics.by." + Texts.Camel(result.By)], .. Columns.Select(column => texts[column.Key]), texts["statistics.reports-asked"], texts["ledger.mark"]]);
        var burden = result.By == StatisticsBy.Unit ? result.Burden.ToDictionary(unit => unit.Unit) : [];
        var file = await SheetAnswer.Write(kind, head, sheet =>
        {
            foreach (var group in result.Groups)
            {
                sheet.Row([NameOf(group), .. Columns.Select(column => column.Value(group.Figures)), group.Key is { } key && burden.TryGetValue(key, out var asked) ? asked.Reports : null, words.Mark]);
            }

            sheet.Row([texts["reports.total"], .. Columns.Select(column => column.Value(result.Total)), burden.Count > 0 ? burden.Values.Sum(unit => unit.Reports) : null, words.Mark]);
            return Task.CompletedTask;
        });
        return FileAnswer.Of(file, SheetAnswer.MediaType(kind), $"{words.Prefix}statistics-{result.From:yyyy-MM-dd}-{result.To:yyyy-MM-dd}.{kind}", http);
    }

    private string NameOf(StatisticsGroup group) => group.Title is { } title ? Texts.Pick(title, group.English) : texts["statistics.no-duty"];
}
