using FluentValidation;
using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Reports;

namespace TaskMatrix.App.Reports;

/// <summary>销册: the unit strikes a line off with its reason. It stays where it is and counts no more from that day on.</summary>
public static class StrikeOffRegisterLine
{
    public const int LongestReason = 500;

    public sealed record Command(string DutyId, string Unit, string Code, string Reason, int? ExpectedVersion) : IRequest<RegisterLineView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).NotEmpty().MaximumLength(LongestReason);
    }

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, AuditWriter audit, DomainClock clock)
        : IRequestHandler<Command, RegisterLineView>
    {
        public async Task<RegisterLineView> Handle(Command command, CancellationToken ct)
        {
            var book = (await RegisterBook.Open(session, catalogues, user.Actor, command.DutyId, command.Unit, ct)).RequireKeeper();
            var line = await book.Line(session.Db, command.Code, ct);
            line.StrikeOff(command.Reason, user.Actor.UserName, clock.Now, command.ExpectedVersion);
            await audit.Append([book.Entry("strike-off-register-line", clock.Now, ("line", line.Code), ("reason", Masking.Words(command.Reason)))], ct);
            return RegisterLineView.Of(book, line, null, clear: true);
        }
    }
}
