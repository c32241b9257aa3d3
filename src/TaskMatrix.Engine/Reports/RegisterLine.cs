using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Engine.Reports;

/// <summary>One person or thing on a register. It is changed and struck off, never deleted.</summary>
public sealed class RegisterLine
{
    public required Guid Id { get; init; }

    public required string Jurisdiction { get; init; }

    public required string Duty { get; init; }

    /// <summary>The unit that keeps it.</summary>
    public required string Unit { get; init; }

    /// <summary>Unique in the register of the duty and unit, also among those struck off.</summary>
    public required string Code { get; init; }

    /// <summary>By column id, without the code; only what is not empty.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; set; }

    /// <summary>The value of the column <c>place</c>, to count by; null where there is none.</summary>
    public string? Place { get; set; }

    /// <summary>All values one after the other, to search in.</summary>
    public string Words { get; set; } = "";

    public required DateTimeOffset AddedAt { get; init; }

    public required string AddedBy { get; init; }

    public DateTimeOffset? StruckAt { get; set; }

    public string? StruckBy { get; set; }

    public string? StrikeReason { get; set; }

    public int Version { get; set; } = 1;

    public static RegisterLine Of(
        string jurisdiction, string duty, string unit, IReadOnlyDictionary<string, string> values, string by, DateTimeOffset now)
    {
        var line = new RegisterLine
        {
            Id = Guid.CreateVersion7(now), Jurisdiction = jurisdiction, Duty = duty, Unit = unit, Code = values[RegisterColumn.Code],
            Values = Kept(values), AddedAt = now, AddedBy = by,
        };
        line.Index();
        return line;
    }

    /// <summary>Puts other values in place of some.</summary>
    /// <param name="values">By column; what is not named stays, what is empty goes.</param>
    /// <returns>Old and new by column; empty when nothing is different.</returns>
    /// <exception cref="RuleBrokenException">register.code-fixed (400) · register.version-conflict, register.struck-off (409)</exception>
    public IReadOnlyDictionary<string, (string Old, string New)> Change(IReadOnlyDictionary<string, string> values, int? expectedVersion)
    {
        Require(values.GetValueOrDefault(RegisterColumn.Code, Code) == Code, "register.code-fixed", RuleKind.Invalid);
        RequireOnRegister(expectedVersion);
        var changes = values.Where(value => value.Key != RegisterColumn.Code && Values.GetValueOrDefault(value.Key, "") != value.Value)
            .ToDictionary(value => value.Key, value => (Values.GetValueOrDefault(value.Key, ""), value.Value));
        if (changes.Count > 0)
        {
            Values = Kept(Values.Where(value => !changes.ContainsKey(value.Key)).Concat(changes.Select(change => KeyValuePair.Create(change.Key, change.Value.Value))));
            Version++;
            Index();
        }

        return changes;
    }

    /// <exception cref="RuleBrokenException">register.version-conflict, register.struck-off (409)</exception>
    public void StrikeOff(string reason, string by, DateTimeOffset now, int? expectedVersion)
    {
        RequireOnRegister(expectedVersion);
        (StruckAt, StruckBy, StrikeReason) = (now, by, reason);
        Version++;
    }

    private void RequireOnRegister(int? expectedVersion)
    {
        Require(expectedVersion is null || expectedVersion == Version, "register.version-conflict", RuleKind.Conflict);
        Require(StruckAt is null, "register.struck-off", RuleKind.Conflict);
    }

    private static Dictionary<string, string> Kept(IEnumerable<KeyValuePair<string, string>> values) =>
        values.Where(value => value.Key != RegisterColumn.Code && value.Value.Length > 0).ToDictionary(value => value.Key, value => value.Value);

    private void Index()
    {
        Place = Values.GetValueOrDefault(RegisterColumn.Place);
        Words = string.Join('\n', Values.Values.Prepend(Code));
    }

    private void Require(bool holds, string code, RuleKind kind)
    {
        if (!holds)
        {
            throw new RuleBrokenException(code, kind, Code);
        }
    }
}

/// <summary>What a line's day came to.</summary>
public sealed class RegisterResult
{
    public required Guid LineId { get; init; }

    /// <summary>In the zone of the jurisdiction.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Id of a <see cref="RegisterResultKind"/> of the register.</summary>
    public required string Result { get; set; }

    public string? Note { get; set; }

    public required DateTimeOffset RecordedAt { get; set; }

    public required string RecordedBy { get; set; }
}
