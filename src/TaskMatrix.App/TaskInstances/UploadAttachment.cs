using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;

namespace TaskMatrix.App.TaskInstances;

/// <summary>Facts of a stored file.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record AttachmentView(Guid Id, string FileName, long Size, string Sha256, string MediaType)
{
    public static AttachmentView Of(Attachment file) => new(file.Id, file.FileName, file.Size, file.Sha256, file.MediaType);
}

/// <summary>Takes a file in; it belongs to its uploader until it is handed in with a task.</summary>
public static class UploadAttachment
{
    public const int LargestBytes = 20 * 1024 * 1024;

    public sealed record Command(string FileName, byte[] Bytes) : IRequest<AttachmentView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Bytes).Must(bytes => bytes.Length is > 0 and <= LargestBytes).WithErrorCode("attachment.size").OverridePropertyName("file");
            RuleFor(command => command.Bytes).Must(bytes => FileKinds.Of(bytes) is not null).WithErrorCode("attachment.kind").OverridePropertyName("file");
        }
    }

    internal sealed class Handler(Session session, CurrentUser user, DomainClock clock) : IRequestHandler<Command, AttachmentView>
    {
        public async Task<AttachmentView> Handle(Command command, CancellationToken ct)
        {
            var file = new Attachment
            {
                Id = Guid.CreateVersion7(clock.Now), Jurisdiction = user.Actor.Jurisdiction, FileName = FileKinds.SafeName(command.FileName),
                Size = command.Bytes.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(command.Bytes)),
                MediaType = FileKinds.Of(command.Bytes)!, UploadedBy = user.Actor.UserName, UploadedAt = clock.Now,
            };
            session.Db.Attachments.Add(file);
            session.Db.AttachmentContents.Add(new AttachmentContent { Id = file.Id, Bytes = command.Bytes });
            await session.Db.SaveChangesAsync(ct);
            return AttachmentView.Of(file);
        }
    }
}

/// <summary>Gives a file to whoever may see its task, meeting or inspection; before that, to its uploader alone.</summary>
public static class DownloadAttachment
{
    public sealed record Query(Guid Id) : IRequest<Result>;

    public sealed record Result(AttachmentView Facts, byte[] Bytes);

    internal sealed class Handler(Session session, CurrentUser user, DomainClock clock) : IRequestHandler<Query, Result>
    {
        public async Task<Result> Handle(Query query, CancellationToken ct)
        {
            var file = await session.Db.Attachments.AsNoTracking().SingleOrDefaultAsync(file => file.Id == query.Id, ct);
            if (file is null || !await MayRead(file, ct))
            {
                throw new NotFoundException("attachment", query.Id.ToString());
            }

            var content = await session.Db.AttachmentContents.AsNoTracking().SingleAsync(content => content.Id == file.Id, ct);
            return new Result(AttachmentView.Of(file), content.Bytes);
        }

        private async Task<bool> MayRead(Attachment file, CancellationToken ct) => file switch
        {
            { TaskId: { } id } => await session.Db.Tasks.AsNoTracking().SingleOrDefaultAsync(task => task.Id == id, ct) is { } task && task.VisibleTo(user.Actor),
            { MeetingId: { } id } => await session.Db.Meetings.AsNoTracking().SingleOrDefaultAsync(meeting => meeting.Id == id, ct) is { } meeting && meeting.VisibleTo(user.Actor),
            { InspectionId: { } id } => await session.Db.Inspections.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is { } inspection && inspection.VisibleTo(user.Actor, clock.Now),
            _ => file.UploadedBy == user.Actor.UserName,
        };
    }
}
