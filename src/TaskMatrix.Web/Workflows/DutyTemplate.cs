using System.Text;
using TaskMatrix.App.Plans;
using TaskMatrix.Engine.Plans;

namespace TaskMatrix.Web.Workflows;

/// <summary>A file of duties to begin with: one for each sentence of a plan that none rests on yet. Who and how remain to be written.</summary>
internal static class DutyTemplate
{
    /// <summary>Duties in the file; the rest comes with another one.</summary>
    private const int Most = 40;

    /// <summary>Id of the file, and what the ids of its duties begin with.</summary>
    public static string FileOf(string jurisdiction, string plan) => $"{jurisdiction}.{plan[(plan.LastIndexOf('-') + 1)..]}";

    public static string Of(PlanView plan, IReadOnlyList<ClauseView> clauses, Coverage coverage)
    {
        var open = coverage.Uncovered.Count > 0
            ? coverage.Uncovered.Select(gap => (Clause: clauses.Single(clause => clause.Id == gap.ClauseId), gap.Text))
            : clauses.Where(clause => clause is { Role: not "heading", DutyIds.Count: 0 }).Select(clause => (Clause: clause, clause.Text));
        var yaml = new StringBuilder().Append("plan: ").Append(plan.Id).Append("\nduties:\n");
        var number = 0;
        foreach (var (clause, text) in open.Take(Most))
        {
            var quote = text.Trim().TrimEnd('。', '；', '，');
            yaml.Append("  - id: ").Append(FileOf(plan.Jurisdiction, plan.Id)).Append(".duty-").Append(++number).Append('\n')
                .Append("    title: ").Append(Quoted(quote[..Math.Min(quote.Length, 40)])).Append('\n')
                .Append("    english: Duty ").Append(number).Append('\n')
                .Append("    units: { ids: [] }\n")
                .Append("    clause: { section: ").Append(Quoted(clause.Section ?? "")).Append(", quote: ").Append(Quoted(quote)).Append(" }\n")
                .Append("    kind: oneOff\n    process: single-task\n");
        }

        return yaml.ToString();
    }

    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
