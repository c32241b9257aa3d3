using System.Globalization;
using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;

namespace TaskMatrix.Web.Audit;

/// <summary>归档 of a closed period for the auditor, as a file.</summary>
internal sealed class ArchiveDownload(IMediator mediator, CurrentUser user, DomainClock clock)
{
    /// <returns>The zip, at its beginning; the caller closes it.</returns>
    public async Task<(string Name, Stream File)> Write(string? jurisdiction, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var place = AuditAccess.Require(user.Actor, jurisdiction);
        var file = Shell.FileAnswer.Temporary();
        try
        {
            var written = await mediator.Send(new WriteArchive.Query(place, from, to, file), ct);
            await mediator.Send(new RecordExport.Command("archive.zip", new Dictionary<string, object?> { ["from"] = from, ["to"] = to, ["entries"] = written.Entries }), ct);
            file.Position = 0;
            return (string.Create(CultureInfo.InvariantCulture, $"{(clock.IsExercise ? "exercise-" : "")}record-{place}-{from.UtcDateTime:yyyyMMdd}-{to.UtcDateTime:yyyyMMdd}.zip"), file);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
