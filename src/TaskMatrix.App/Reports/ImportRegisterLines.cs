using System.Security.Cryptography;
using MediatR;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Reports;

namespace TaskMatrix.App.Reports;

/// <summary>The unit puts the lines of a CSV file on its register; if one row is wrong, none, and all that is wrong is listed.</summary>
public static class ImportRegisterLines
{
    public sealed record Command(string DutyId, string Unit, byte[] File) : IRequest<Result>, ICommand;

    public sealed record Result(int Imported);

    internal sealed class Handler(Session session, CurrentUser user, CatalogueSource catalogues, AuditWriter audit, DomainClock clock)
        : IRequestHandler<Command, Result>
    {
        /// <exception cref="ImportRefusedException">With every problem of the file (400).</exception>
        public async Task<Result> Handle(Command command, CancellationToken ct)
        {
            var book = (await RegisterBook.Open(session, catalogues, user.Actor, command.DutyId, command.Unit, ct)).RequireKeeper();
            var sheet = CsvSheet.Read(command.File, [.. book.Columns.Select(RegisterInput.ToCsv)]);
            var known = await RegisterShelf.Codes(session.Db, book, ct);
            var (lines, wrong) = RegisterInput.ReadAll(book, sheet.Rows.Select(row => (row.Line, row.Cells)), known);
            var problems = sheet.Problems.Concat(wrong.Select(one => ImportProblem.At(one.Line, one.Column, one.Code, one.Value))).ToList();
            if (problems.Count > 0)
            {
                throw new ImportRefusedException([.. problems.OrderBy(problem => problem.Line)]);
            }

            RegisterShelf.Put(session.Db, book, lines, clock.Now);
            var (codes, sha256) = (lines.Select(line => line[RegisterColumn.Code]).ToList(), Convert.ToHexStringLower(SHA256.HashData(command.File)));
            await audit.Append([book.Entry("import-register-lines", clock.Now, ("count", lines.Count), ("sha256", sha256), ("codes", codes))], ct);
            return new Result(lines.Count);
        }
    }
}
