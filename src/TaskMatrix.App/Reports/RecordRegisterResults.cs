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
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.App.Reports;

/// <summary>What the lines of a register came to on a day. Recording again puts another value in place; the record keeps both.</summary>
public static class RecordRegisterResults
{
    public const int Most = 5000, LongestNote = 500;

    /// <param name="Date">Today or a day that has passed.</param>
    public sealed record Command(string DutyId, string Unit, DateOnly Date, IReadOnlyList<Answer> Results) : IRequest<RegisterView>, ICommand;

    public sealed record Answer(string Code, string Result, string? Note = null);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Results).NotEmpty();
            RuleFor(command => command.Results).Must(results => results is null || results.Count <= Most).WithErrorCode("register.too-many-lines");
            RuleFor(command => command.Results).Must(results => results?.Where(one => one is not null).GroupBy(one => one.Code).All(same => same.Count() == 1) != false)
                .WithErrorCode("register.code-twice");
            RuleForEach(command => command.Results).Must(one => one is { Code: not null, Result: not null }).WithErrorCode("request.missing-member");
            RuleForEach(command => command.Results).ChildRules(one => one.RuleFor(result => result.Note).MaximumLength(LongestNote));
        }
    }

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, AuditWriter audit, DomainClock clock)
        : IRequestHandler<Command, RegisterView>
    {
        public async Task<RegisterView> Handle(Command command, CancellationToken ct)
        {
            var book = (await RegisterBook.Open(session, catalogues, user.Actor, command.DutyId, command.Unit, ct)).RequireKeeper();
            if (!book.Definition.Daily)
            {
                throw new RuleBrokenException("register.not-daily", RuleKind.Conflict);
            }

            var lines = await Lines(book, command, ct);
            var changes = await Record(lines, command, ct);
            if (changes.Count > 0)
            {
                await audit.Append([book.Entry("record-register-results", clock.Now, ("date", command.Date), ("results", changes))], ct);
                await session.Db.SaveChangesAsync(ct);
            }

            var counts = await RegisterCounts.Of(session.Db, [book.Duty.Id], book.Unit, book.Reckoning, command.Date, ct);
            return RegisterView.Of(book, command.Date, RegisterDay.Of([.. counts[(book.Duty.Id, book.Unit)]]));
        }

        /// <summary>The lines meant, each of which stood on the register that day.</summary>
        private async Task<Dictionary<string, RegisterLine>> Lines(RegisterBook book, Command command, CancellationToken ct)
        {
            var codes = command.Results.Select(one => one.Code).ToList();
            var lines = await book.LinesOn(session.Db, command.Date).AsNoTracking().Where(line => codes.Contains(line.Code)).ToDictionaryAsync(line => line.Code, ct);
            List<ValidationFailure> failures =
            [
                .. command.Date > book.Reckoning.LocalDate(clock.Now) ? [Failure("date", "register.day-to-come", command.Date.ToString("yyyy-MM-dd"))] : Enumerable.Empty<ValidationFailure>(),
                .. command.Results.Select((one, i) => (One: one, Place: $"results[{i}]")).Where(pair => !lines.ContainsKey(pair.One.Code)).Select(pair => Failure(pair.Place + ".code", "register.no-such-line", pair.One.Code)),
                .. command.Results.Select((one, i) => (One: one, Place: $"results[{i}]")).Where(pair => book.Definition.Results.All(kind => kind.Id != pair.One.Result))
                    .Select(pair => Failure(pair.Place + ".result", "register.unknown-result", pair.One.Result)),
            ];
            return failures.Count == 0 ? lines : throw new ValidationException(failures);
        }

        /// <returns>Old and new by code, of what is different.</returns>
        private async Task<Dictionary<string, string?[]>> Record(Dictionary<string, RegisterLine> lines, Command command, CancellationToken ct)
        {
            var ids = lines.Values.Select(line => line.Id).ToList();
            var known = await session.Db.RegisterResults.AsTracking().Where(result => result.Day == command.Date && ids.Contains(result.LineId))
                .ToDictionaryAsync(result => result.LineId, ct);
            var changes = new Dictionary<string, string?[]>();
            foreach (var answer in command.Results)
            {
                var note = string.IsNullOrWhiteSpace(answer.Note) ? null : answer.Note.Trim();
                var (line, row) = (lines[answer.Code], known.GetValueOrDefault(lines[answer.Code].Id));
                if (row?.Result == answer.Result && row.Note == note)
                {
                    continue;
                }

                changes[answer.Code] = [Words(row?.Result, row?.Note), Words(answer.Result, note)];
                Put(row, line, command.Date, answer.Result, note);
            }

            return changes;
        }

        private void Put(RegisterResult? row, RegisterLine line, DateOnly day, string result, string? note)
        {
            if (row is null)
            {
                session.Db.RegisterResults.Add(new RegisterResult { LineId = line.Id, Day = day, Result = result, Note = note, RecordedAt = clock.Now, RecordedBy = user.Actor.UserName });
            }
            else
            {
                (row.Result, row.Note, row.RecordedAt, row.RecordedBy) = (result, note, clock.Now, user.Actor.UserName);
            }
        }

        private static string? Words(string? result, string? note) => note is null ? result : $"{result}: {Masking.Words(note)}";

        private static ValidationFailure Failure(string field, string code, string value) => new(field, code, value) { ErrorCode = code };
    }
}
