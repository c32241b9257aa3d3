using System.Net.Mail;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Notifications;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Notifications;

/// <summary>Messages of one recipient also go to a mail address or a group robot.</summary>
public static class AddChannel
{
    /// <param name="Recipient">office, leader, inspector, or a unit by id, name or alias.</param>
    /// <param name="Target">Mail address, or the robot's whole address. Stored protected, never shown again.</param>
    /// <param name="Secret">Signing secret of a robot of DingTalk or Feishu; null where it checks none.</param>
    /// <param name="Language">zh-CN (default) or en.</param>
    public sealed record Command(string Recipient, string Kind, string Target, string? Secret, string? Language) : IRequest<ChannelView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator(AppOptions options)
        {
            RuleFor(command => command.Recipient).NotEmpty();
            RuleFor(command => command.Kind).Must(ChannelKind.All.Contains).WithErrorCode("channel.unknown-kind");
            RuleFor(command => command.Target).NotEmpty().MaximumLength(TaskTexts.LongestTitle);
            RuleFor(command => command.Target).Custom((target, context) => Check(context, target, options.Notifications));
            RuleFor(command => command.Secret).MaximumLength(TaskTexts.LongestTitle);
            RuleFor(command => command.Secret).Null().When(command => command.Kind is ChannelKind.Mail or ChannelKind.WeCom).WithErrorCode("channel.no-secret");
            RuleFor(command => command.Language).Must(language => language is null or "zh-CN" or "en").WithErrorCode("language.unknown");
        }

        private static void Check(ValidationContext<Command> context, string target, NotificationOptions options)
        {
            var problem = context.InstanceToValidate.Kind == ChannelKind.Mail
                ? options.Smtp is null ? "channel.no-mail-server" : !IsMail(target) ? "channel.bad-mail" : null
                : Uri.TryCreate(target, UriKind.Absolute, out var address) ? OutboundAddress.Problem(address, options.AllowPrivateNetworks) : "channel.bad-address";
            if (problem is not null)
            {
                // Without the value: what is wrong may be a secret all the same.
                context.AddFailure(new ValidationFailure("target", problem) { ErrorCode = problem });
            }
        }

        private static bool IsMail(string target) => MailAddress.TryCreate(target, out var mail) && mail.Address == target && !target.Any(char.IsControl);
    }

    internal sealed class Handler(
        Session session, CurrentUser user, UnitLookup units, CatalogueSource catalogues, ISecretKeeper secrets, AuditWriter audit, DomainClock clock)
        : IRequestHandler<Command, ChannelView>
    {
        private const int Most = 20;

        public async Task<ChannelView> Handle(Command command, CancellationToken ct)
        {
            var actor = user.Actor;
            ChannelAccess.Require(actor);
            var address = await AddressOf(command.Recipient, actor.Jurisdiction, ct);
            if (await session.Db.Channels.CountAsync(channel => channel.Jurisdiction == actor.Jurisdiction && channel.Address == address, ct) >= Most)
            {
                throw new RuleBrokenException("channel.too-many", RuleKind.Conflict, Most);
            }

            var channel = new Channel
            {
                Id = Guid.CreateVersion7(clock.Now), Jurisdiction = actor.Jurisdiction, Address = address, Kind = command.Kind,
                ProtectedTarget = secrets.Protect(command.Target), ProtectedSecret = string.IsNullOrEmpty(command.Secret) ? null : secrets.Protect(command.Secret),
                Shown = Shown(command), Language = command.Language ?? "zh-CN", MadeBy = actor.UserName, MadeAt = clock.Now,
            };
            session.Db.Channels.Add(channel);
            await audit.Append([await ChannelRecord.Entry(channel, "add-channel", actor, catalogues, session, clock.Now, ct)], ct);
            return ChannelView.Of(channel);
        }

        private async Task<string> AddressOf(string recipient, string jurisdiction, CancellationToken ct) =>
            recipient is Recipient.Office or Recipient.Leader or Recipient.Inspector
                ? recipient
                : Recipient.Unit((await units.Known(jurisdiction, recipient, "recipient", ct))!);

        private static string Shown(Command command) => command.Kind != ChannelKind.Mail
            ? new Uri(command.Target).Host
            : command.Target.Split('@') is [[var first, ..], var host] ? $"{first}***@{host}" : "***";
    }
}

/// <summary>What the record says of a channel: everything but what is secret.</summary>
internal static class ChannelRecord
{
    public static async Task<AuditDraft> Entry(
        Channel channel, string action, Engine.Organisations.Actor actor, CatalogueSource catalogues, Session session, DateTimeOffset now, CancellationToken ct)
    {
        var details = new Dictionary<string, object?>
        {
            ["channelId"] = channel.Id, ["recipient"] = channel.Address, ["channel"] = channel.Kind, ["to"] = channel.Shown, ["signed"] = channel.ProtectedSecret is not null,
        };
        var zone = (await catalogues.Current(session, ct)).Reckoning(channel.Jurisdiction).Zone;
        return new AuditDraft(channel.Jurisdiction, actor.Unit, now, zone, actor, action, details);
    }
}
