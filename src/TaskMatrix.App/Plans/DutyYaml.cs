using System.Text;
using TaskMatrix.App.Duties;
using TaskMatrix.App.Storage;
using TaskMatrix.Engine.Duties;
using TaskMatrix.Engine.Organisations;

namespace TaskMatrix.App.Plans;

/// <summary>A duty of the plan above as a unit of the area takes it over.</summary>
/// <param name="Section">Of the new text, in which the sentence stands.</param>
/// <param name="With">Parameters of its process, as far as the area has what they name.</param>
internal sealed record CopiedDuty(
    Duty Duty, string Id, OrganisationUnit Unit, string Section, IReadOnlyDictionary<string, IReadOnlyList<string>> With, IReadOnlyList<CoOwner> CoOwners,
    IReadOnlyList<Assumption> Reasons)
{
    /// <summary>What was assumed above and still holds: not of a part that was not taken over, nor of one that stands for another.</summary>
    public IEnumerable<Assumption> Kept => Duty.Assumptions.Where(assumption => !Dropped(assumption.Field));

    private bool Dropped(string field) => field switch
    {
        "phase" => Duty.Phase is not null,
        "coOwners" => CoOwners.Count == 0,
        "units" or "owner" or "unit" => true,
        _ when field.StartsWith("with.", StringComparison.Ordinal) => !With.ContainsKey(field[5..]) || Reasons.Any(reason => reason.Field == field),
        _ => false,
    };
}

/// <summary>Writes a file of duties in the form that <see cref="DutyFileReader"/> reads.</summary>
internal sealed class DutyYaml
{
    private const string Begin = "  - id: ", From = "    derivedFrom: ";

    private readonly StringBuilder _text = new();

    public DutyYaml(string plan) => _text.Append("plan: ").Append(plan).Append("\nduties:\n");

    public void Add(CopiedDuty copy)
    {
        var duty = copy.Duty;
        _text.Append(Begin).Append(copy.Id).Append('\n');
        Line("title", Quoted(duty.Title));
        Line("english", Quoted(duty.English));
        _text.Append(From).Append(duty.Id).Append('\n');
        Line("units", $"{{ ids: [{copy.Unit.Id}] }}");
        Line("clause", $"{{ section: {Quoted(copy.Section)}, quote: {Quoted(duty.Clause.Quote)} }}");
        Line("kind", DutyReader.Kinds.First(kind => kind.Value == duty.Kind).Key);
        Line("process", duty.Process);
        Deadlines(duty, copy.With);
        Lists(copy);
    }

    public override string ToString() => _text.ToString();

    /// <summary>Which duty of the plan above the line is about; null where it is about none.</summary>
    /// <param name="line">1-based.</param>
    public static string? SourceAt(string yaml, int line)
    {
        var lines = yaml.Split('\n');
        var begins = Array.FindLastIndex(lines, Math.Clamp(line - 1, 0, lines.Length - 1), one => one.StartsWith(Begin, StringComparison.Ordinal));
        return begins < 0 ? null : lines.Skip(begins).FirstOrDefault(one => one.StartsWith(From, StringComparison.Ordinal))?[From.Length..];
    }

    private void Deadlines(Duty duty, IReadOnlyDictionary<string, IReadOnlyList<string>> with)
    {
        if (with.Count > 0)
        {
            Line("with", $"{{ {string.Join(", ", with.Select(one => $"{one.Key}: {Values(one.Value)}"))} }}");
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

        _text.Append("    assumptions:\n");
        foreach (var field in copy.Reasons.Concat(copy.Kept).GroupBy(assumption => assumption.Field))
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
