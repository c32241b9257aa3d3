using System.Globalization;
using System.Text;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Inspections;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Inspections;

/// <summary>The words of a dossier in the reader's language; they belong to the way in.</summary>
/// <param name="Text">A text by its key, with what it names.</param>
/// <param name="Moment">In the zone of the jurisdiction.</param>
/// <param name="Unit">Name of a unit by its id.</param>
public sealed record DossierWords(Func<string, object[], string> Text, Func<DateTimeOffset, string> Moment, Func<string, string> Unit);

/// <summary>
/// Writes the dossier of an inspection as a zip: the documents and clauses, the timeline, orders, explanations, files with their
/// SHA-256, what speaks against the unit and for it, and the part of the unit's chain since it began, entry by entry as it was
/// hashed. One moment's state; the same state gives the same bytes.
/// </summary>
public static class WriteDossier
{
    public sealed record Query(Guid Id, Stream Output, DossierWords Words) : IRequest<int>;

    internal sealed class Handler(Session session, InspectionLedger inspections, InspectionReader reader, CatalogueSource catalogues, CurrentUser user)
        : IRequestHandler<Query, int>
    {
        /// <returns>Files written.</returns>
        public async Task<int> Handle(Query query, CancellationToken ct)
        {
            await using var snapshot = await Snapshot.Begin(session.Db, ct);
            var inspection = await inspections.Load(query.Id, null, user.Actor, ct);
            if (!inspection.MayTakeDossier(user.Actor))
            {
                throw new RuleBrokenException("inspection.not-allowed", RuleKind.Forbidden);
            }

            using var archive = new DossierArchive(query.Output, inspection.OpenedAt);
            var view = await reader.Whole(inspection, ct);
            var about = await TasksOf(inspection, ct);
            var entries = await DossierTimeline.Read(session.Db, inspection, [.. about.Select(task => task.Id)], ct);
            await archive.Add("CHECK.txt", DossierCheck.Words(query.Words), ct);
            await archive.Add("check.sh", DossierCheck.Script, ct);
            await archive.Add("case.json", JsonSerializer.Serialize(view, Indented), ct);
            await Sources(archive, about, query.Words, ct);
            await archive.Add("timeline.json", JsonSerializer.Serialize(entries.Select(entry => entry.Fact), Indented), ct);
            await archive.Add("timeline.txt", DossierTimeline.Words(entries, query.Words), ct);
            await archive.Add("facts.json", JsonSerializer.Serialize(view.Facts, Indented), ct);
            await archive.Add("facts.txt", Facts(view, query.Words), ct);
            await Letters(archive, inspection, query.Words, ct);
            await Files(archive, inspection, about, ct);
            await Chain(archive, inspection, entries, ct);
            await archive.Finish(ct);
            return archive.Files;
        }

        private static readonly JsonSerializerOptions Indented = new(JsonColumn.Options) { WriteIndented = true, NewLine = "\n" };

        /// <summary>What it is about, and what it led to.</summary>
        private async Task<List<TaskInstance>> TasksOf(Inspection inspection, CancellationToken ct)
        {
            List<Guid> ids = [.. inspection.TaskIds, .. inspection.Rectifications.Select(one => one.TaskId)];
            return await session.Db.Tasks.AsNoTracking().Where(task => ids.Contains(task.Id)).OrderBy(task => task.Number).ToListAsync(ct);
        }

        /// <summary>The plans as stored, and the sentence that each task comes from.</summary>
        private async Task Sources(DossierArchive archive, List<TaskInstance> tasks, DossierWords words, CancellationToken ct)
        {
            var catalogue = await catalogues.Current(session.Db, ct);
            var ids = tasks.Select(task => task.Plan).OfType<string>().Distinct().ToList();
            foreach (var plan in await session.Db.Plans.AsNoTracking().Where(plan => ids.Contains(plan.Id)).OrderBy(plan => plan.Id).ToListAsync(ct))
            {
                await archive.Add($"documents/{plan.Id}.txt", plan.Text, ct);
            }

            var clauses = new StringBuilder();
            foreach (var task in tasks)
            {
                clauses.Append($"{task.Number} {task.Title}\n");
                clauses.Append(task.Duty is { } id && catalogue.Duty(id) is { } duty
                    ? words.Text("dossier.clause", [duty.Plan, duty.Clause.Section, duty.Clause.Quote]) : words.Text("dossier.no-clause", []));
                clauses.Append("\n\n");
            }

            await archive.Add("clauses.txt", clauses.ToString(), ct);
        }

        private static string Facts(InspectionView view, DossierWords words)
        {
            var text = new StringBuilder();
            foreach (var side in Enum.GetValues<FactSide>())
            {
                text.Append(words.Text(side is FactSide.Against ? "inspections.facts-against" : "inspections.facts-for", [])).Append('\n');
                foreach (var fact in view.Facts!.Where(fact => fact.Side == side))
                {
                    var number = view.Tasks!.FirstOrDefault(task => task.Task.Id == fact.TaskId)?.Task.Number;
                    text.Append($"- {words.Moment(fact.At)} {number} {words.Text("fact." + fact.Code, [])} {fact.Text}".TrimEnd().Replace("  ", " ")).Append('\n');
                }

                text.Append('\n');
            }

            return text.ToString();
        }

        private static async Task Letters(DossierArchive archive, Inspection inspection, DossierWords words, CancellationToken ct)
        {
            foreach (var order in inspection.Orders)
            {
                var text = $"{order.Number}\n{words.Moment(order.IssuedAt)} {order.IssuedBy}\n{words.Text("inspections.answer-by", [])} {words.Moment(order.AnswerBy)}\n\n{order.Text}\n";
                await archive.Add($"orders/{order.Number}.txt", text, ct);
            }

            foreach (var (answer, place) in inspection.Explanations.Select((answer, i) => (answer, i + 1)))
            {
                var text = $"{words.Moment(answer.At)} {answer.By}\n\n{answer.Text}\n\n{string.Join('\n', answer.AttachmentIds)}\n";
                await archive.Add($"explanations/{place.ToString("00", CultureInfo.InvariantCulture)}.txt", text, ct);
            }
        }

        /// <summary>Of the explanations, and of what was reported; the bytes of one at a time.</summary>
        private async Task Files(DossierArchive archive, Inspection inspection, List<TaskInstance> tasks, CancellationToken ct)
        {
            var ids = tasks.Select(task => (Guid?)task.Id).ToList();
            var files = await session.Db.Attachments.AsNoTracking().Where(file => file.InspectionId == inspection.Id || ids.Contains(file.TaskId)).OrderBy(file => file.Id).ToListAsync(ct);
            foreach (var (file, place) in files.Select((file, i) => (file, i + 1)))
            {
                var content = await session.Db.AttachmentContents.AsNoTracking().SingleAsync(content => content.Id == file.Id, ct);
                await archive.Add($"files/{place.ToString("000", CultureInfo.InvariantCulture)}-{Anywhere(file.FileName)}", content.Bytes, ct);
            }

            await archive.Add("files.json", JsonSerializer.Serialize(files.Select(AttachmentView.Of), Indented), ct);
        }

        /// <summary>A name that every system can unpack.</summary>
        private static string Anywhere(string name) => new([.. name.Select(c => "<>:\"|?*/\\".Contains(c) || char.IsControl(c) ? '_' : c)]);

        /// <summary>
        /// The chain of the unit from the first entry of the case to its newest: each entry names the hash of the one before it, so none
        /// between can be left out. Entries of the same tasks in other chains stand beside it.
        /// </summary>
        private async Task Chain(DossierArchive archive, Inspection inspection, IReadOnlyList<TimelineEntry> entries, CancellationToken ct)
        {
            var (place, unit) = (inspection.Jurisdiction, inspection.Unit);
            var first = entries.Where(entry => entry.Unit == unit).Min(entry => entry.Sequence);
            var head = await session.Db.ChainHeads.AsNoTracking().SingleAsync(head => head.Jurisdiction == place && head.Unit == unit, ct);
            var segment = session.Db.Audit.AsNoTracking().Where(entry => entry.Jurisdiction == place && entry.Unit == unit && entry.Sequence >= first)
                .OrderBy(entry => entry.Sequence).Select(entry => new { entry.Sequence, entry.Payload });
            await foreach (var entry in segment.AsAsyncEnumerable().WithCancellation(ct))
            {
                await archive.Add($"chain/{entry.Sequence.ToString("0000000000", CultureInfo.InvariantCulture)}.json", entry.Payload, ct);
            }

            await archive.Add("chain/HEAD", $"{head.Sequence.ToString(CultureInfo.InvariantCulture)} {head.Hash}\n", ct);
            foreach (var other in entries.Where(entry => entry.Unit != unit))
            {
                await archive.Add($"other-chains/{other.Unit}-{other.Sequence.ToString("0000000000", CultureInfo.InvariantCulture)}.json", other.Payload, ct);
            }
        }
    }
}
