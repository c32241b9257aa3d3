using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.EntityFrameworkCore;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Reports;

namespace TaskMatrix.App.Reports;

/// <summary>The unit puts lines on its register; all of them or none.</summary>
public static class AddRegisterLines
{
    public const int Most = 200;

    /// <param name="Lines">Values by column id.</param>
    public sealed record Command(string DutyId, string Unit, IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> Lines) : IRequest<Result>, ICommand;

    public sealed record Result(int Added, IReadOnlyList<string> Codes);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Lines).NotEmpty();
            RuleFor(command => command.Lines).Must(lines => lines is null || lines.Count <= Most).WithErrorCode("register.too-many-lines");
            RuleForEach(command => command.Lines).Must(line => line is not null && line.Values.All(value => RegisterInput.Typed(value) is not null))
                .WithErrorCode("register.bad-value");
        }
    }

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, AuditWriter audit, DomainClock clock)
        : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command command, CancellationToken ct)
        {
            var book = (await RegisterBook.Open(session, catalogues, user.Actor, command.DutyId, command.Unit, ct)).RequireKeeper();
            var known = await RegisterShelf.Codes(session.Db, book, ct);
            var (lines, problems) = RegisterInput.ReadAll(book, command.Lines.Select((line, i) => (i, Typed(line))), known);
            if (problems.Count > 0)
            {
                throw new ValidationException(problems.Select(problem =>
                    new ValidationFailure($"lines[{problem.Line}].{problem.Column}", problem.Code, problem.Value) { ErrorCode = problem.Code }));
            }

            RegisterShelf.Put(session.Db, book, lines, clock.Now);
            var added = lines.Select(line => book.Masked(line)).ToList();
            await audit.Append([book.Entry("add-register-lines", clock.Now, ("lines", added))], ct);
            return new Result(lines.Count, [.. lines.Select(line => line[RegisterColumn.Code])]);
        }

        private static IReadOnlyDictionary<string, string> Typed(IReadOnlyDictionary<string, JsonElement> line) =>
            line.ToDictionary(value => value.Key, value => RegisterInput.Typed(value.Value)!);
    }
}

/// <summary>Where the lines of registers stand.</summary>
internal static class RegisterShelf
{
    /// <summary>All codes ever used on a register: one struck off is not given again.</summary>
    public static async Task<HashSet<string>> Codes(StoreContext db, RegisterBook book, CancellationToken ct) =>
        [.. await db.RegisterLines.Where(line => line.Duty == book.Duty.Id && line.Unit == book.Unit).Select(line => line.Code).ToListAsync(ct)];

    public static void Put(StoreContext db, RegisterBook book, IEnumerable<Dictionary<string, string>> lines, DateTimeOffset now) =>
        db.RegisterLines.AddRange(lines.Select(line => RegisterLine.Of(book.Duty.Jurisdiction, book.Duty.Id, book.Unit, line, book.Actor.UserName, now)));
}
