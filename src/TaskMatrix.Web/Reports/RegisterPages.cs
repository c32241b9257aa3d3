using System.Globalization;
using System.Text.Json;
using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Reports;

/// <summary>Registers: the list with its coverage, one register with its lines and their results, and one line.</summary>
internal static class RegisterPages
{
    private const string ResultField = "result:", NoteField = "note:";

    public static void MapRegisterPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/checklists", async (string? date, IMediator mediator, CancellationToken ct) =>
            Pages.Show<ChecklistsPage>(await mediator.Send(new GetChecklists.Query(null, Day(date)), ct)));
        pages.MapGet("/registers", async (string? date, string? duty, string? unit, IMediator mediator, CancellationToken ct) => Pages.Show<RegistersPage>(
            new RegistersModel(await mediator.Send(new ListRegisters.Query(null, null, null, Day(date)), ct), Blank.ToNull(duty), Blank.ToNull(unit))));

        var register = pages.MapGroup("/registers/{duty}/{unit}");
        register.MapGet("", async ([AsParameters] RegisterQuery query, IMediator mediator, CancellationToken ct) => Pages.Show<RegisterPage>(await Read(query, null, mediator, ct)));
        register.MapPost("/lines", Add);
        register.MapPost("/import", Import);
        register.MapPost("/results", Record);
        register.MapGet("/template.csv", async (string duty, string unit, IMediator mediator, CancellationToken ct) =>
            PostedFile.Csv(await mediator.Send(new GetRegisterTemplate.Query(duty, unit, Texts.English), ct), "registers.csv"));
        register.MapGet("/export.csv", async (string duty, string unit, string? date, IMediator mediator, CancellationToken ct) =>
            PostedFile.Csv(await mediator.Send(new ExportRegister.Command(duty, unit, Day(date), Texts.English), ct), $"{duty}.{unit}.csv"));
        register.MapGet("/lines/{code}", async (string duty, string unit, string code, IMediator mediator, CancellationToken ct) =>
            Pages.Show<RegisterLinePage>(await ReadLine(duty, unit, code, null, mediator, ct)));
        register.MapPost("/lines/{code}", Change);
        register.MapPost("/lines/{code}/strike-off", StrikeOff);
    }

    public static string Address(string duty, string unit) => $"/registers/{Uri.EscapeDataString(duty)}/{Uri.EscapeDataString(unit)}";

    private static Task<IResult> Add(string duty, string unit, HttpContext http, IMediator mediator, Session session, FormMemory memory, FormDrafts drafts, CancellationToken ct) =>
        Do("add", duty, unit, http, mediator, session, memory, drafts, async (posted, register) =>
        {
            var line = register.Columns.ToDictionary(column => column.Id, column => Json(posted[column.Id]));
            await mediator.Send(new AddRegisterLines.Command(duty, unit, [line]), ct);
            Flash.Tell(http, "done.register-added");
        }, ct);

    private static Task<IResult> Import(string duty, string unit, HttpContext http, IMediator mediator, Session session, FormMemory memory, FormDrafts drafts, CancellationToken ct) =>
        Do("import", duty, unit, http, mediator, session, memory, drafts, async (posted, _) =>
        {
            var imported = await mediator.Send(new ImportRegisterLines.Command(duty, unit, await PostedFile.Bytes(posted.Files.FirstOrDefault(), ct)), ct);
            Flash.Tell(http, "done.imported", imported.Imported);
        }, ct);

    /// <summary>What is left open in the table is not recorded; what was recorded before stays unless it is changed.</summary>
    private static Task<IResult> Record(string duty, string unit, HttpContext http, IMediator mediator, Session session, FormMemory memory, FormDrafts drafts, CancellationToken ct) =>
        Do("results", duty, unit, http, mediator, session, memory, drafts, async (posted, register) =>
        {
            var answers = posted.Keys.Where(key => key.StartsWith(ResultField, StringComparison.Ordinal) && posted[key].ToString().Length > 0).Select(key => key[ResultField.Length..])
                .Select(code => new RecordRegisterResults.Answer(code, posted[ResultField + code].ToString(), Blank.ToNull(posted[NoteField + code]))).ToList();
            var after = await mediator.Send(new RecordRegisterResults.Command(duty, unit, register.Date, answers), ct);
            Flash.Tell(http, "done.register-results", answers.Count, after.Answered, after.Lines);
        }, ct);

    private static async Task<IResult> Do(
        string action, string duty, string unit, HttpContext http, IMediator mediator, Session session, FormMemory memory, FormDrafts drafts,
        Func<IFormCollection, RegisterView, Task> act, CancellationToken ct)
    {
        var posted = await http.Request.ReadFormAsync(ct);
        var query = new RegisterQuery { Duty = duty, Unit = unit, Date = posted["date"], Cursor = Blank.ToNull(posted["cursor"]) };
        var register = await Find(query, mediator, ct);
        try
        {
            session.Answers = memory.Of(http, posted, _ => query.Address(query.Cursor));
            drafts.EndWith(posted);
            await act(posted, register);
        }
        catch (DoneBeforeException)
        {
            // Sent twice: the first one has done it.
        }
        catch (Exception e) when (PageProblem.Of(e, http.TraceIdentifier) is { Status: 400 or 403 or 409 or 503 } problem)
        {
            session.Answers = null;
            drafts.Stay();
            return Pages.Show<RegisterPage>(await Read(query, RegisterRefusal.Of(action, posted, problem, e), mediator, ct), problem.Status);
        }

        return Pages.Next(http, query.Address(query.Cursor));
    }

    private static Task<IResult> Change(string duty, string unit, string code, HttpContext http, IMediator mediator, FormDrafts drafts, CancellationToken ct) =>
        DoLine("change", duty, unit, code, http, mediator, drafts, async posted =>
        {
            var columns = (await Find(new RegisterQuery { Duty = duty, Unit = unit }, mediator, ct)).Columns.Skip(1);
            var values = columns.Where(column => posted.ContainsKey(column.Id)).ToDictionary(column => column.Id, column => Json(posted[column.Id]));
            await mediator.Send(new ChangeRegisterLine.Command(duty, unit, code, values, Version(posted)), ct);
            Flash.Tell(http, "done.register-changed");
        }, ct);

    private static Task<IResult> StrikeOff(string duty, string unit, string code, HttpContext http, IMediator mediator, FormDrafts drafts, CancellationToken ct) =>
        DoLine("strike-off", duty, unit, code, http, mediator, drafts, async posted =>
        {
            await mediator.Send(new StrikeOffRegisterLine.Command(duty, unit, code, posted["reason"].ToString().Trim(), Version(posted)), ct);
            Flash.Tell(http, "done.register-struck");
        }, ct);

    private static async Task<IResult> DoLine(
        string action, string duty, string unit, string code, HttpContext http, IMediator mediator, FormDrafts drafts, Func<IFormCollection, Task> act, CancellationToken ct)
    {
        var posted = await http.Request.ReadFormAsync(ct);
        try
        {
            drafts.EndWith(posted);
            await act(posted);
        }
        catch (Exception e) when (PageProblem.Of(e, http.TraceIdentifier) is { Status: 400 or 403 or 409 or 503 } problem)
        {
            drafts.Stay();
            return Pages.Show<RegisterLinePage>(await ReadLine(duty, unit, code, RegisterRefusal.Of(action, posted, problem, e), mediator, ct), problem.Status);
        }

        return Pages.Next(http, Address(duty, unit));
    }

    private static async Task<RegisterModel> Read(RegisterQuery query, RegisterRefusal? refused, IMediator mediator, CancellationToken ct)
    {
        var register = await Find(query, mediator, ct);
        var lines = await mediator.Send(
            new ListRegisterLines.Query(query.Duty, query.Unit, register.Date, Blank.ToNull(query.Q), query.Struck == "true", new Paging(Blank.ToNull(query.Cursor), null)), ct);
        return new RegisterModel(query, register, lines, FormMemory.NewToken(), refused);
    }

    private static async Task<RegisterLineModel> ReadLine(string duty, string unit, string code, RegisterRefusal? refused, IMediator mediator, CancellationToken ct)
    {
        var line = await mediator.Send(new ReadRegisterLine.Command(duty, unit, code, null), ct);
        return new RegisterLineModel(await Find(new RegisterQuery { Duty = duty, Unit = unit }, mediator, ct), line, refused);
    }

    private static async Task<RegisterView> Find(RegisterQuery query, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new ListRegisters.Query(null, query.Duty, query.Unit, Day(query.Date)), ct)).SingleOrDefault()
        ?? throw new NotFoundException("register", $"{query.Duty}/{query.Unit}");

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and <= 2999 ? day : null;

    private static int? Version(IFormCollection posted) => int.TryParse(posted["expectedVersion"], CultureInfo.InvariantCulture, out var version) ? version : null;

    private static JsonElement Json(string? text) => JsonSerializer.SerializeToElement((text ?? "").ReplaceLineEndings("\n"));
}
