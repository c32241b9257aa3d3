using TaskMatrix.App.Workflows;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Reports;
using TaskMatrix.Engine.Workflows;

namespace TaskMatrix.App.Duties;

/// <summary>The duties by which the units of a jurisdiction report on a form.</summary>
internal static class CollectingDuties
{
    /// <summary>Parameters of any process with a form: whose figures hold (以……报告为准), and which ones.</summary>
    public const string Authoritative = "authoritative", AuthoritativeFields = "authoritativeFields";

    /// <summary>Enabled ones first, in the order of the plan.</summary>
    public static IReadOnlyList<Duty> Of(Catalogue catalogue, string jurisdiction, string form) =>
        [.. catalogue.Set.Duties.Where(duty => duty.Jurisdiction == jurisdiction && duty.Kind == DutyKind.Recurring && FormOf(duty) == form).OrderByDescending(duty => duty.Enabled)];

    /// <summary>Forms with figures that units of a jurisdiction report on.</summary>
    public static IReadOnlyList<Reports.FormDefinition> Forms(Catalogue catalogue, string jurisdiction) =>
    [
        .. catalogue.Set.Duties.Where(duty => duty.Jurisdiction == jurisdiction && duty is { Kind: DutyKind.Recurring, Enabled: true }).Select(FormOf).OfType<string>().Distinct()
            .Select(id => catalogue.Set.Forms.GetValueOrDefault(id)).OfType<Reports.FormDefinition>().Where(form => form.Figures.Count > 0),
    ];

    public static string? FormOf(Duty duty) => duty.With.GetValueOrDefault("form")?.FirstOrDefault();

    /// <summary>Null where no duty names one: every unit speaks for itself.</summary>
    public static Authority? AuthorityOf(IEnumerable<Duty> duties) =>
        duties.Where(duty => duty.With.ContainsKey(Authoritative)).Select(duty => new Authority(duty.With[Authoritative][0], duty.With[AuthoritativeFields])).FirstOrDefault();

    /// <summary>Whether the unit leads a duty that collects the reports of others, and so reads them all.</summary>
    public static bool Collects(Catalogue catalogue, IEnumerable<Duty> duties, string unit) =>
        duties.Any(duty => duty.Enabled && duty.LeadUnits.Contains(unit) && catalogue.ProcessOf(duty).Steps.Any(step => step is WorkStep { FanOut: not null }));
}
