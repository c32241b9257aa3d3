using MediatR;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Organisations;
using TaskMatrix.Web.Hosting;
using TaskMatrix.Web.Shell;
using TaskMatrix.Web.TaskInstances;

namespace TaskMatrix.Web.Organisations;

/// <summary>What the list of accounts is narrowed to, as its filter form writes it.</summary>
public sealed record AccountsQuery
{
    public string? Unit { get; init; }

    public string? Role { get; init; }

    public string? Status { get; init; }

    public string? Q { get; init; }

    public string? Cursor { get; init; }

    public ListAccounts.Query ToQuery() => new(
        Blank.ToNull(Unit), QueryValue.Enum<Role>("role", Blank.ToNull(Role)), QueryValue.Enum<AccountStatus>("status", Blank.ToNull(Status)), Blank.ToNull(Q?.Trim()),
        new Paging(Blank.ToNull(Cursor), null));

    /// <summary>The list from its beginning.</summary>
    public string Address => PageAddress.Of("/accounts", ("unit", Unit), ("role", Role), ("status", Status), ("q", Q));
}

public sealed record AccountsModel(AccountsQuery Query, ListPage<AccountView> List, FormState Form, string Token);

/// <param name="Link">Address of a new one-time link; told this once.</param>
public sealed record AdministeredModel(AccountView Account, IReadOnlyList<TokenListView> Tokens, string? Link, PageForms Forms);

/// <summary>账号: made and let in by the system administrator, given their roles by the security administrator.</summary>
internal static class AccountAdministration
{
    public const string AddForm = "f-account";

    /// <summary>Acts by the name in their address.</summary>
    public static readonly IReadOnlyDictionary<string, AccountAct> Acts = new Dictionary<string, AccountAct>
    {
        ["unlock"] = AccountAct.Unlock, ["disable"] = AccountAct.Disable, ["enable"] = AccountAct.Enable, ["end-sessions"] = AccountAct.RevokeTokens,
    };

    /// <summary>Roles that can be given, the administrators last.</summary>
    public static readonly IReadOnlyList<Role> Roles = [.. Enum.GetValues<Role>().Where(role => role is not Role.Scheduler)];

    public static string FormOf(string act) => "f-" + act;

    public static void MapAccountAdministration(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/accounts", async ([AsParameters] AccountsQuery query, IMediator mediator, CancellationToken ct) =>
            Pages.Show<AccountsPage>(await List(query, new FormState(AddForm), mediator, ct)));
        pages.MapPost("/accounts", Add);
        pages.MapGet("/accounts/{userName}", async (string userName, IMediator mediator, CancellationToken ct) =>
            Pages.Show<AdministeredPage>(await One(userName, null, null, mediator, ct)));
        pages.MapPost("/accounts/{userName}/link", MakeLink);
        pages.MapPost("/accounts/{userName}/roles", (string userName, HttpContext http, FormPost form, IMediator mediator, CancellationToken ct) =>
            Change(userName, "roles", posted => new SetAccountRoles.Command(userName, [.. Chosen(posted)], posted["reason"].ToString()), http, form, mediator, ct));
        foreach (var (name, act) in Acts)
        {
            pages.MapPost($"/accounts/{{userName}}/{name}", (string userName, HttpContext http, FormPost form, IMediator mediator, CancellationToken ct) =>
                Change(userName, name, posted => new ChangeAccount.Command(userName, act, posted["reason"].ToString()), http, form, mediator, ct));
        }
    }

    private static IEnumerable<Role> Chosen(IFormCollection posted) => posted["roles"].OfType<string>().Select(role => QueryValue.Enum<Role>("roles", role)!.Value);

    /// <summary>The link is shown on the answer itself: it is told once and kept nowhere.</summary>
    private static async Task<IResult> Add(HttpContext http, Session session, FormMemory memory, ProblemWords words, IMediator mediator, CancellationToken ct)
    {
        var posted = await http.Request.ReadFormAsync(ct);
        try
        {
            session.Answers = memory.Of(http, posted, made => $"/accounts/{((MadeLink)made).Account.UserName}");
            var made = await mediator.Send(new CreateAccount.Command(posted["userName"].ToString().Trim(), posted["unit"].ToString(), posted["post"].ToString().Trim()), ct);
            return await Made(made, http, mediator, ct);
        }
        catch (DoneBeforeException before)
        {
            return Pages.Next(http, before.Address);
        }
        catch (Exception e) when (PageProblem.Of(e, http.TraceIdentifier) is { Status: 400 or 403 or 409 or 503 } problem)
        {
            session.Answers = null;
            return Pages.Show<AccountsPage>(await List(new AccountsQuery(), new FormState(AddForm, posted, problem, words), mediator, ct), problem.Status);
        }
    }

    private static async Task<IResult> MakeLink(string userName, HttpContext http, ProblemWords words, IMediator mediator, CancellationToken ct)
    {
        var posted = await http.Request.ReadFormAsync(ct);
        try
        {
            return await Made(await mediator.Send(new MakeAccountLink.Command(userName), ct), http, mediator, ct);
        }
        catch (Exception e) when (PageProblem.Of(e, http.TraceIdentifier) is { Status: 403 or 409 or 503 } problem)
        {
            return Pages.Show<AdministeredPage>(await One(userName, null, new FormState(FormOf("link"), posted, problem, words), mediator, ct), problem.Status);
        }
    }

    private static async Task<IResult> Made(MadeLink made, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var link = $"{http.Request.Scheme}://{http.Request.Host}{AccountLinkPages.Path}?key={made.Secret}";
        return Pages.Show<AdministeredPage>(await One(made.Account.UserName, link, null, mediator, ct));
    }

    private static Task<IResult> Change(
        string userName, string name, Func<IFormCollection, IRequest<AccountView>> command, HttpContext http, FormPost form, IMediator mediator, CancellationToken ct)
    {
        var next = "/accounts/" + Uri.EscapeDataString(userName);
        return form.Take(
            http, FormOf(name), "done.account-" + name,
            async (posted, remember) =>
            {
                remember();
                await mediator.Send(command(posted), ct);
                return next;
            },
            _ => next,
            async refused => Pages.Show<AdministeredPage>(await One(userName, null, refused, mediator, ct), refused.Problem!.Status), ct);
    }

    private static async Task<AccountsModel> List(AccountsQuery query, FormState form, IMediator mediator, CancellationToken ct) => new(
        query, await mediator.Send(query.ToQuery(), ct), form, form.Posted?[FormMemory.Field].ToString() is { Length: > 0 } token ? token : FormMemory.NewToken());

    private static async Task<AdministeredModel> One(string userName, string? link, FormState? refused, IMediator mediator, CancellationToken ct)
    {
        var found = await mediator.Send(new GetAccount.Query(userName), ct);
        return new AdministeredModel(found.Account, found.Tokens, link, new PageForms(refused));
    }
}
