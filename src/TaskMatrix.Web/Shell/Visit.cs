using MediatR;
using Microsoft.AspNetCore.Antiforgery;
using TaskMatrix.App.Audit;
using TaskMatrix.App.Notifications;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Schedules;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.Web.Shell;

/// <summary>What every page shows besides its own content: who visits, where, and what time it is there.</summary>
public sealed class Visit(IAntiforgery antiforgery, CurrentUser user, DomainClock clock, IMediator mediator, RecordPosition position, Flash flash)
{
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private Dictionary<string, UnitView> _units = [];
    private AntiforgeryTokenSet? _form;

    /// <summary>Null: nobody is signed in.</summary>
    public Actor? Actor { get; private set; }

    public JurisdictionView? Place { get; private set; }

    /// <summary>Of the jurisdiction, in the order of its document.</summary>
    public IReadOnlyList<UnitView> Units { get; private set; } = [];

    /// <summary>Those that can be given tasks.</summary>
    public IEnumerable<UnitView> WorkingUnits => Units.Where(unit => unit.ClosedAt is null);

    /// <summary>Messages not read yet; <see cref="CountUnread.Most"/> means that many or more.</summary>
    public int Unread { get; private set; }

    /// <summary>How far the record was before anything of this page was read; null: nobody is signed in.</summary>
    public long? Record { get; private set; }

    /// <summary>By the domain clock.</summary>
    public DateTimeOffset Now => clock.Now;

    public bool Exercise => clock.IsExercise;

    /// <summary>Path and query of this request; where to come back to.</summary>
    public string Address { get; private set; } = "/";

    public string Path { get; private set; } = "/";

    /// <summary>Told once after a redirect.</summary>
    public Flash.Message? Message { get; private set; }

    /// <summary>False on the page of a fault that came before anything was known of the visit: it can carry no form.</summary>
    public bool Begun => _form is not null;

    /// <summary>Hidden field against forged posts.</summary>
    public (string Field, string Token) Form => (_form!.FormFieldName, _form.RequestToken!);

    /// <summary>What the visitor has begun to write in the forms of this page and not sent; nothing on a page that answers a form.</summary>
    public IReadOnlyList<KeptForm> Drafts { get; private set; } = [];

    /// <param name="form">Id of the form.</param>
    /// <param name="page">Address of the page it belongs to; null: this one.</param>
    public KeptForm? DraftOf(string form, string? page = null) =>
        Drafts.FirstOrDefault(draft => draft.Draft.Form == form && (page is null ? draft.Draft.Page == Path || draft.Draft.Page == Address : draft.Draft.Page == page));

    /// <summary>Also the drafts of forms that belong to other pages and stand on this one: answers in a row of a list.</summary>
    public async Task AlsoDraftsOf(IReadOnlyList<string> pages, CancellationToken ct) =>
        Drafts = pages.Count == 0 ? Drafts : [.. Drafts, .. (await mediator.Send(new FindDrafts.Query(pages), ct)).Select(KeptForm.Of)];

    /// <summary>A fresh form as its draft left it; one that was refused stands as it was typed.</summary>
    public FormState Filled(FormState form) => form.Posted is null && DraftOf(form.Id) is { } draft ? form with { Posted = draft.Values } : form;

    public string Language => Texts.English ? "en" : "zh-CN";

    public async Task Begin(HttpContext http)
    {
        var request = http.Request;
        (Path, Address) = (request.Path, HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString : request.Path);
        _form = antiforgery.GetAndStoreTokens(http);
        Message = HttpMethods.IsGet(request.Method) ? flash.Take(http) : null;
        if (user.IsKnown)
        {
            Record = await position.Of(user.Actor.Jurisdiction, http.RequestAborted);
            await Know(http.RequestAborted);
            Drafts = HttpMethods.IsGet(request.Method) ? [.. (await mediator.Send(new FindDrafts.Query(Path, Address), http.RequestAborted)).Select(KeptForm.Of)] : [];
        }
    }

    /// <summary>Names of units and local times alone: for a document that is no page.</summary>
    public async Task Know(CancellationToken ct)
    {
        Actor = user.Actor;
        Place = (await mediator.Send(new ListJurisdictions.Query(), ct)).SingleOrDefault();
        Units = await mediator.Send(new ListUnits.Query(Actor.Jurisdiction), ct);
        _units = Units.ToDictionary(unit => unit.Id);
        Unread = await mediator.Send(new CountUnread.Query(), ct);
        _zone = Place is null ? _zone : TimeZoneInfo.FindSystemTimeZoneById(Place.Zone);
    }

    public bool Is(params Role[] roles) => Actor is not null && roles.Any(Actor.Is);

    /// <summary>Has to do with tasks: everybody but the three administrators.</summary>
    public bool Works => Actor is not null && (Actor.Oversees || Is(Role.Liaison, Role.Head));

    public string UnitName(string? id) => id is null ? "" : _units.TryGetValue(id, out var unit) ? Texts.Pick(unit.Name, unit.English) : id;

    /// <summary>Officials appear by post; English names stand with the posts of the units.</summary>
    public string PostName(string title) =>
        Texts.Pick(title, Units.SelectMany(unit => unit.Posts).FirstOrDefault(post => post.Title == title)?.English);

    /// <summary>Who did what stands in the record, by post; what happened by itself did nobody.</summary>
    public string ActorName(Texts texts, string? userName, string name) => userName == "scheduler" ? texts["role.scheduler"] : PostName(name);

    /// <summary>Who is signed in, by post; by role where the post has no English name.</summary>
    public string Who(Texts texts) => Actor is not { } actor ? "" : PostOrRole(texts, actor.DisplayName, actor.Roles);

    /// <summary>A post by its name; in English by what its holder is where the post has no English name.</summary>
    public string PostOrRole(Texts texts, string post, IEnumerable<Role> roles) =>
        Texts.English && PostName(post) == post ? string.Join(", ", roles.Select(role => texts["role." + Texts.Camel(role)])) : PostName(post);

    /// <summary>Somebody by name and post; the post alone where it is the name.</summary>
    public string PersonName(Texts texts, PersonView person) => person.Post.Length == 0 || person.Post == person.DisplayName
        ? PostName(person.DisplayName)
        : texts["person.of-post", person.DisplayName, PostName(person.Post)];

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _zone);

    /// <summary>A moment typed without an offset is one of the jurisdiction.</summary>
    public DateTimeOffset FromLocal(DateTime local) => new(local, _zone.GetUtcOffset(local));
}
