using System.Globalization;
using MediatR;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Schedules;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Inspections;

/// <summary>督办通知书: title, number, salutation, body, what it is about, answer date, signature and date.</summary>
internal sealed class OrderNotice(IMediator mediator, Texts texts, TimeWords times, DomainClock clock, Visit visit)
{
    public async Task<(string Name, byte[] Bytes)> Write(Guid id, string? number, CancellationToken ct)
    {
        await visit.Know(ct);
        var notice = await mediator.Send(new ExportOrder.Command(id, number), ct);
        var (place, order) = (visit.Place!, notice.Order);
        var document = new OfficialDocument(texts["notice.title", Texts.Pick(place.Name, place.English)], texts["notice.number", order.Number, notice.Inspection], clock.IsExercise ? texts["exercise.name"] : null)
            .Salutation(texts["notice.salutation", visit.UnitName(notice.Unit)]);
        foreach (var paragraph in order.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            document.Paragraph(paragraph);
        }

        if (notice.Tasks.Count > 0)
        {
            document.Paragraph(texts["notice.about"]).Table(
                [texts["instructions.number"], texts["task.title"], texts["task.deadline"], texts["task.overdue-since"]],
                notice.Tasks.Select(task => (IReadOnlyList<string>)[task.Number, Texts.Pick(task.Title, task.English), Moment(task.DueAt), Moment(task.LateSince)]));
        }

        document.Paragraph(texts["notice.answer-by", times.Moment(order.AnswerBy)])
            .Signature(order.IssuedBy.Length > 0 ? visit.PostName(order.IssuedBy) : texts["notice.system"], visit.Local(order.IssuedAt).ToString(texts["notice.day"], CultureInfo.CurrentUICulture));
        return ($"{order.Number}.docx", document.Write());
    }

    private string Moment(DateTimeOffset? at) => at is { } moment ? times.Moment(moment) : "";
}
