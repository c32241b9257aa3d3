using TaskMatrix.App.Duties;
using TaskMatrix.App.Plans;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Plans;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Web.Plans;

/// <summary>A plan as it is read: its text, its duties beside their sentences, and how their tasks stand.</summary>
/// <param name="Only">Shows only paragraphs with a duty of that light, and the headings over them; null: the whole text.</param>
public sealed record PlanModel(
    PlanView Plan, IReadOnlyList<PlanParagraph> Whole, IReadOnlyList<PlanDuty> Duties, Light? Only, Coverage Coverage, IReadOnlyList<ListDerivedPlans.View> Derived)
{
    /// <summary>Sections in the order of the text, with what their duties add up to.</summary>
    public IReadOnlyList<(string Section, Standing Standing)> Sections
    {
        get
        {
            var duties = Whole.Where(paragraph => paragraph.Section is not null).ToLookup(paragraph => paragraph.Section!, paragraph => paragraph.Duties);
            return [.. Whole.Select(paragraph => paragraph.Begins).OfType<string>().Distinct()
                .Select(section => (section, Standing.Of(duties[section].SelectMany(some => some).Select(duty => duty.Standing))))];
        }
    }

    public IReadOnlyList<PlanParagraph> Shown
    {
        get
        {
            var sections = Whole.Where(Fits).Select(paragraph => paragraph.Section).ToHashSet();
            return Only is null ? Whole : [.. Whole.Where(paragraph => Fits(paragraph) || (paragraph.Heading && paragraph.Begins is not null && sections.Contains(paragraph.Begins)))];
        }
    }

    /// <summary>How many duties have that light; null: no task yet.</summary>
    public int Count(Light? light) => Duties.Count(duty => duty.Light == light);

    private bool Fits(PlanParagraph paragraph) => paragraph.Duties.Any(duty => duty.Light == Only);

    /// <summary>Duties in the order of their ids, each with the figures that the matrix has of it.</summary>
    public static IReadOnlyList<PlanDuty> Join(IReadOnlyList<DutyView> duties, GetMatrix.Result matrix)
    {
        var figures = matrix.Rows.ToDictionary(row => row.DutyId, row => Standing.Of(row.Cells.Values.Select(cell => cell.ToStanding())));
        return [.. duties.Select(duty => new PlanDuty(duty, figures.GetValueOrDefault(duty.Id, Standing.Nothing)))];
    }
}
