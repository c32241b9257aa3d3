using System.Globalization;
using System.Text;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using TaskMatrix.App.Plans;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Plans;

/// <summary>A plan from any text: typed, pasted or as a file. It stays a draft until its duties are written and it is activated.</summary>
internal static class NewPlanPages
{
    public const string Form = "f-plan";

    /// <summary>Bytes of a file with the text: what a command takes in characters of Chinese, and some more.</summary>
    private const int Largest = 2 * 1024 * 1024;

    public static void MapNewPlanPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/plans/new", (Visit visit) => visit.Is(Role.Office)
            ? Pages.Show<NewPlanPage>(new FormState(Form))
            : NotAllowed());
        pages.MapPost("/plans/new", Make);
    }

    private static async Task<IResult> Make(HttpContext http, Visit visit, FormPost form, IMediator mediator, CancellationToken ct) => !visit.Is(Role.Office) ? NotAllowed() : await form.Take(
        http, Form, "done.plan-made",
        async (posted, remember) =>
        {
            var text = await Text(posted, ct);
            remember();
            return At(await mediator.Send(new CreatePlan.Command(null, posted["title"].ToString().Trim(), Blank.ToNull(posted["number"].ToString().Trim()), Day(posted["issuedOn"]), text), ct));
        },
        made => At((PlanView)made), refused => Task.FromResult(Pages.Show<NewPlanPage>(refused, refused.Problem!.Status)), ct);

    private static IResult NotAllowed() => Pages.Show<ErrorPage>(new PageProblem(403, "plan.not-allowed", []), StatusCodes.Status403Forbidden);

    private static string At(PlanView plan) => "/plans/" + Uri.EscapeDataString(plan.Id);

    private static DateOnly Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : default;

    /// <summary>A file comes before what was typed.</summary>
    private static async Task<string> Text(IFormCollection posted, CancellationToken ct)
    {
        if (posted.Files.GetFile("file") is not { Length: > 0 } file)
        {
            return posted["text"].ToString().ReplaceLineEndings("\n").Trim('\n');
        }

        if (file.Length > Largest)
        {
            throw Refused("MaximumLengthValidator");
        }

        await using var content = file.OpenReadStream();
        using var reader = new StreamReader(content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        try
        {
            return (await reader.ReadToEndAsync(ct)).ReplaceLineEndings("\n").Trim('\n');
        }
        catch (DecoderFallbackException)
        {
            throw Refused("plan.text-not-utf8");
        }
    }

    private static ValidationException Refused(string code) => new([new ValidationFailure("text", code, "") { ErrorCode = code }]);
}
