using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;

namespace TaskMatrix.App.Reports;

/// <summary>The unit puts other values into a line; old and new stand in the record, personal ones masked.</summary>
public static class ChangeRegisterLine
{
    /// <param name="Values">By column id; what is not named stays, what is null or empty goes.</param>
    public sealed record Command(string DutyId, string Unit, string Code, IReadOnlyDictionary<string, JsonElement> Values, int? ExpectedVersion)
        : IRequest<RegisterLineView>, ICommand;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Values).NotEmpty();
            RuleForEach(command => command.Values).Must(value => RegisterInput.Typed(value.Value) is not null).WithErrorCode("register.bad-value");
        }
    }

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, AuditWriter audit, DomainClock clock)
        : IRequestHandler<Command, RegisterLineView>
    {
        public async Task<RegisterLineView> Handle(Command command, CancellationToken ct)
        {
            var book = (await RegisterBook.Open(session, catalogues, user.Actor, command.DutyId, command.Unit, ct)).RequireKeeper();
            var line = await book.Line(session.Db, command.Code, ct);
            var (values, problems) = RegisterInput.Read(book, command.Values.Select(value => KeyValuePair.Create(value.Key, RegisterInput.Typed(value.Value)!)));
            if (problems.Count > 0)
            {
                throw new ValidationException(problems.Select(problem => new ValidationFailure($"values.{problem.Column}", problem.Code, problem.Value) { ErrorCode = problem.Code }));
            }

            var changes = line.Change(values, command.ExpectedVersion);
            if (changes.Count > 0)
            {
                await audit.Append([book.Entry("change-register-line", clock.Now, ("line", line.Code), ("changes", Recorded(book, changes)))], ct);
            }

            return RegisterLineView.Of(book, line, null, clear: true);
        }

        private static Dictionary<string, string[]> Recorded(RegisterBook book, IReadOnlyDictionary<string, (string Old, string New)> changes) =>
            changes.ToDictionary(change => change.Key, change =>
            {
                var column = book.Columns.First(column => column.Id == change.Key);
                return new[] { column.Masked(change.Value.Old), column.Masked(change.Value.New) };
            });
    }
}
