using System.Globalization;
using MediatR;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Organisations;
using TaskMatrix.App.Reports;
using TaskMatrix.App.Schedules;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Web.Duties;

namespace TaskMatrix.Web.Shell;

/// <summary>Names, times and marks of a jurisdiction for files, which are written for the API as well as for pages.</summary>
internal sealed class PlaceWords(IMediator mediator, CurrentUser user, DomainClock clock, Texts texts)
{
    private Dictionary<string, UnitView> _units = [];
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    /// <summary>Of the caller's jurisdiction.</summary>
    public string Name { get; private set; } = "";

    /// <summary>演练; null when it is meant.</summary>
    public string? Mark => clock.IsExercise ? texts["exercise.name"] : null;

    /// <summary>Begins every file name of an exercise.</summary>
    public string Prefix => clock.IsExercise ? "exercise-" : "";

    public async Task<PlaceWords> Load(CancellationToken ct)
    {
        var place = (await mediator.Send(new ListJurisdictions.Query(), ct)).SingleOrDefault();
        (Name, _zone) = place is null ? ("", _zone) : (Texts.Pick(place.Name, place.English), TimeZoneInfo.FindSystemTimeZoneById(place.Zone));
        _units = (await mediator.Send(new ListUnits.Query(user.Actor.Jurisdiction), ct)).ToDictionary(unit => unit.Id);
        return this;
    }

    public string Unit(string id) => _units.TryGetValue(id, out var unit) ? Texts.Pick(unit.Name, unit.English) : id;

    public string Units(IEnumerable<string> ids) => string.Join(texts["list.comma"], ids.Select(Unit));

    /// <summary>2020-01-23 09:00, there; null stays null.</summary>
    public string? Moment(DateTimeOffset? at) => at is { } moment ? TimeZoneInfo.ConvertTime(moment, _zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : null;

    /// <summary>2020年1月23日, there.</summary>
    public string Date(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _zone).ToString(texts["time.day"], CultureInfo.CurrentUICulture);

    /// <summary>The first lines of a table: its title with the mark, then when it was taken.</summary>
    public SheetHead Head(string title, DateTimeOffset at, IReadOnlyList<string> headings)
    {
        var marked = Mark is { } mark ? texts["file.marked", mark, title] : title;
        return new SheetHead(marked, $"{Name} {marked}".Trim(), texts["file.taken", Moment(at)!], headings);
    }

    /// <summary>By duty: what its text does not say and was assumed, in words; duties without assumptions are left out.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Assumptions(CancellationToken ct)
    {
        var all = new Dictionary<string, string>();
        for (string? cursor = null; ;)
        {
            var page = await mediator.Send(new ListDuties.Query(null, null, null, null, new Paging(cursor, Paging.Most)), ct);
            foreach (var duty in page.Items.Where(duty => duty.Assumptions.Count > 0))
            {
                all[duty.Id] = Assumed(duty.Assumptions);
            }

            if ((cursor = page.NextCursor) is null)
            {
                return all;
            }
        }
    }

    /// <summary>原文未规定：签收时限、办结时限.</summary>
    public string Assumed(IEnumerable<Assumption> assumptions) => texts["file.assumed", string.Join(
        texts["list.comma"], assumptions.Select(one => texts.AssumptionField(one.Field)).Distinct())];
}
