using System.Text;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Plans;

/// <summary>A duty of the plan above as a unit of the area takes it over.</summary>
/// <param name="Section">Of the new text, in which the sentence stands.</param>
internal sealed record CopiedDuty(Duty Duty, string Id, OrganisationUnit Unit, string Section, IReadOnlyList<CoOwner> CoOwners, IReadOnlyList<Assumption> Reasons);

/// <summary>Writes a file of duties in the form that <see cref="DutyFileReader"/> reads.</summary>
internal sealed class DutyYaml
{
    private readonly StringBuilder _text = new();

    public DutyYaml(string plan) => _text.Append("plan: ").Append(plan).Append("\nduties:\n");

    public void Add(CopiedDuty copy)
    {
        var duty = copy.Duty;
        _text.Append("  - id: ").Append(copy.Id).Append('\n');
        Line("title", Quoted(duty.Title));
        Line("english", Quoted(duty.English));
        Line("derivedFrom", duty.Id);
        Line("units", $"{{ ids: [{copy.Unit.Id}] }}");
        Line("clause", $"{{ section: {Quoted(copy.Section)}, quote: {Quoted(duty.Clause.Quote)} }}");
        Line("kind", DutyReader.Kinds.First(kind => kind.Value == duty.Kind).Key);
        Line("process", duty.Process);
        Deadlines(duty);
        Lists(copy);
    }

    public override string ToString() => _text.ToString();

    private void Deadlines(Duty duty)
    {
        if (duty.With.Count > 0)
        {
            Line("with", $"{{ {string.Join(", ", duty.With.Select(one => $"{one.Key}: {Values(one.Value)}"))} }}");
        }

        if (duty.Schedule is { } schedule)
        {
            Line("schedule", $"{{ cron: {Quoted(schedule.Cron)}, due: {Quoted(schedule.Due)}, policy: {schedule.Policy}, basis: {schedule.Basis} }}");
        }

        if (duty.Event is { } raised)
        {
            Line("event", raised);
        }

        Line("acknowledge", duty.AcknowledgeWithin);
        if (duty.Kind != DutyKind.Recurring)
        {
            Line("due", Quoted(duty.Due));
        }

        Line("calendar", duty.Calendar);
        if (duty.Ladder is { } ladder)
        {
            Line("ladder", ladder);
        }

        if (duty.Register is { } register)
        {
            var results = string.Join(", ", register.Results.Select(one => $"{{ id: {one.Id}, title: {Quoted(one.Title)}, english: {Quoted(one.English)} }}"));
            var asked = register.Daily ? $", results: [{results}]" : "";
            Line("register", $"{{ name: {Quoted(register.Name)}, english: {Quoted(register.English)}, columns: {List(register.Columns)}, daily: {(register.Daily ? "true" : "false")}{asked} }}");
        }

        Line("levels", $"[{string.Join(", ", duty.Levels)}]");
        Line("enabled", duty.Enabled ? "true" : "false");
    }

    private void Lists(CopiedDuty copy)
    {
        if (copy.CoOwners.Count > 0)
        {
            _text.Append("    coOwners:\n");
            foreach (var co in copy.CoOwners)
            {
                var wording = co.Wording.Length > 0 ? $", wording: {Quoted(co.Wording)}" : "";
                _text.Append($"      - {{ unit: {co.Unit}, role: {co.Role}{wording} }}\n");
            }
        }

        // What was assumed of a phase that is not taken over is nobody's assumption any more.
        var kept = copy.Duty.Assumptions.Where(assumption => assumption.Field != "phase" || copy.Reasons.All(reason => reason.Field != "phase"));
        _text.Append("    assumptions:\n");
        foreach (var field in copy.Reasons.Concat(kept).GroupBy(assumption => assumption.Field))
        {
            _text.Append($"      - {{ field: {Quoted(field.Key)}, why: {Quoted(string.Join('；', field.Select(assumption => assumption.Why)))} }}\n");
        }
    }

    private void Line(string member, string value) => _text.Append("    ").Append(member).Append(": ").Append(value).Append('\n');

    private static string Values(IReadOnlyList<string> values) => values is [var one] ? Quoted(one) : List(values);

    private static string List(IReadOnlyList<string> values) => $"[{string.Join(", ", values.Select(Quoted))}]";

    /// <summary>JSON's strings are YAML's double-quoted ones.</summary>
    private static string Quoted(string text) => JsonColumn.Write(text);
}
