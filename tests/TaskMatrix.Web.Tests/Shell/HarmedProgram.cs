using System.Net;
using AngleSharp.Html.Dom;
using TaskMatrix.App.Inspections;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.TaskInstances;
using TaskMatrix.Engine.Inspections;

namespace TaskMatrix.Web.Tests.Shell;

/// <param name="Form">Kind of address it posts to.</param>
/// <param name="Sent">What was in it.</param>
public sealed record Attempt(string Who, string Form, IReadOnlyList<(string Name, string Value)> Sent, SeenPage Answer)
{
    public bool Refused => Answer.Status != HttpStatusCode.OK;
}

/// <summary>A program of its own into which harm was put through every form that anybody is shown; then all pages were seen again.</summary>
public sealed class HarmedProgram : IAsyncLifetime
{
    public static readonly string[] Everybody =
        ["taiping.leader", "taiping.education", "taiping.shuiquan-town", "taiping.education.head", "taiping.inspector", "taiping.office", "taiping.sysadmin", "taiping.secadmin", "taiping.auditor"];

    /// <summary>These end what the others need.</summary>
    private static readonly string[] Left = ["/logout", "/language", "/exercise/advance", "/plans/*/response/end", "/organisation/units/*/close"];

    private readonly List<string> _places = [];

    public PagesServer Server { get; } = new();

    /// <summary>Each form with a text longer than anything may be.</summary>
    public List<Attempt> TooLong { get; } = [];

    public List<Attempt> Harmful { get; } = [];

    /// <summary>What each person then sees.</summary>
    public Dictionary<string, IReadOnlyList<SeenPage>> Pages { get; } = [];

    public async Task InitializeAsync()
    {
        await Server.InitializeAsync();
        await IssueWork();
        foreach (var who in Everybody)
        {
            var visitor = await Server.Visit(who);
            var pages = await PageWalk.All(visitor, _places);
            await Try(who, visitor, pages, TooLong, 5001);
            await Try(who, visitor, pages, Harmful, 0);
            _places.AddRange(Harmful.Where(attempt => attempt is { Refused: false, Answer.Address.AbsolutePath.Length: > 1 }).Select(attempt => attempt.Answer.Address.PathAndQuery));
        }

        foreach (var who in Everybody)
        {
            Pages[who] = await PageWalk.All(await Server.Visit(who), _places);
        }
    }

    public Task DisposeAsync() => Server.DisposeAsync();

    /// <summary>A task in each state in which somebody may write something about it.</summary>
    private async Task IssueWork()
    {
        await Server.Send("taiping.inspector", new OpenInspections.Command(null, InspectionKind.Round, HarmfulWords.Words, ["justice"], HarmfulWords.Words, ["taiping.finance"]));
        var untouched = await Task("taiping.education");
        var begun = await Task("taiping.education", (id, who) => Server.Send(who, new AcknowledgeTask.Command(id, null)));
        var asked = await Task("taiping.education", async (id, who) =>
        {
            await Server.Send(who, new AcknowledgeTask.Command(id, null));
            await Server.Send(who, new RequestExtension.Command(id, null, "物资未到", "一半", new DateTimeOffset(2020, 2, 20, 9, 0, 0, TimeSpan.FromHours(8))));
        });
        var toSign = await Task("taiping.education", Submit);
        var toReview = await Task("taiping.education", async (id, who) =>
        {
            await Submit(id, who);
            await Server.Send(who + ".head", new SignTask.Command(id, null, null));
        });
        await Server.Send("taiping.sysadmin", new CreateAccount.Command("taiping.harm-clerk", "education", HarmfulWords.Words));
        _places.AddRange(["/accounts/taiping.harm-clerk", "/events/new?kind=suspected-case", "/registers/taiping.all-units.student-phone-calls/shuiquan-town", "/registers/taiping.all-units.student-phone-calls/shuiquan-town/lines/S1", "/plans/taiping-2020-3/derive"]);
        _places.AddRange(new[] { untouched, begun, asked, toSign, toReview }.Select(id => $"/tasks/{id}"));

        async Task Submit(Guid id, string who)
        {
            await Server.Send(who, new AcknowledgeTask.Command(id, null));
            await Server.Send(who, new SubmitTask.Command(id, null, "已全部落实", null, null, null));
        }
    }

    private async Task<Guid> Task(string who, Func<Guid, string, Task>? then = null)
    {
        var unit = who.Split('.')[1];
        var made = await Server.Send("taiping.office", new CreateTask.Command(
            null, "排查返乡学生", null, unit, ["finance", "health"], null, null, null, "P3D", true, true, false, null, null, false));
        if (then is not null)
        {
            await then(made.Id, who);
        }

        return made.Id;
    }

    /// <summary>Each kind of form once; its page is fetched anew, for another form may have changed what is allowed.</summary>
    private static async Task Try(string who, Visitor visitor, IReadOnlyList<SeenPage> pages, List<Attempt> attempts, int length)
    {
        foreach (var (page, form) in pages.SelectMany(page => page.Document.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>().Select(form => (page, form))))
        {
            var kind = PageWalk.Kind(form.GetAttribute("action")!);
            if (Left.Contains(kind) || attempts.Exists(done => done.Who == who && done.Form == kind) || (length > 0 && !form.Elements.Any(HarmfulWords.TakesWords)))
            {
                continue;
            }

            var now = await visitor.Get(page.Address.PathAndQuery);
            if (now.FormActions.Contains(form.GetAttribute("action")!))
            {
                var fresh = now.Form(form.GetAttribute("action")!);
                var sent = HarmfulWords.Fill(fresh, length);
                var answer = length == 0 && HarmfulWords.TakesFiles(fresh)
                    ? await visitor.SendFiles(fresh, HarmfulWords.FileName, "材料"u8.ToArray(), [.. sent])
                    : await visitor.Send(fresh, [.. sent]);
                attempts.Add(new Attempt(who, kind, sent, answer));
            }
        }
    }
}

[CollectionDefinition(Name)]
public sealed class HarmedCollection : ICollectionFixture<HarmedProgram>
{
    public const string Name = "harmed";
}
