using TaskMatrix.App.Reports;
using TaskMatrix.App.Storage;
using TaskMatrix.Web.Shell;

namespace TaskMatrix.Web.Reports;

/// <param name="Registers">All that this person may see, on one day; the page shows those of the filter.</param>
public sealed record RegistersModel(IReadOnlyList<RegisterView> Registers, string? Duty, string? Unit)
{
    public IEnumerable<RegisterView> Shown => Registers.Where(register => (Duty is null || register.Duty == Duty) && (Unit is null || register.Unit == Unit));
}

/// <summary>Which register, on which day, and which part of it.</summary>
public sealed record RegisterQuery
{
    public required string Duty { get; init; }

    public required string Unit { get; init; }

    public string? Date { get; init; }

    public string? Q { get; init; }

    public string? Struck { get; init; }

    public string? Cursor { get; init; }

    public string Address(string? cursor) => PageAddress.Of(RegisterPages.Address(Duty, Unit), ("date", Date), ("q", Q), ("struck", Struck), ("cursor", cursor));
}

/// <summary>A form of a register that was refused.</summary>
/// <param name="Action">add, import, results, change or strike-off.</param>
/// <param name="Rows">What is wrong with a file, row by row.</param>
public sealed record RegisterRefusal(string Action, IFormCollection Posted, PageProblem Problem, IReadOnlyList<ImportProblem> Rows)
{
    /// <summary>Fields of a form with one line are named without the place of the line.</summary>
    internal static RegisterRefusal Of(string action, IFormCollection posted, PageProblem problem, Exception e) => new(
        action, posted,
        problem with { Fields = [.. problem.Fields.Select(field => field with { Field = field.Field[(field.Field.LastIndexOf('.') + 1)..], Arguments = [field.Field[(field.Field.LastIndexOf('.') + 1)..], .. field.Arguments.Skip(1)] })] },
        (e as ImportRefusedException)?.Problems ?? []);
}

/// <param name="Token">Of its forms: sent twice, each does its work once.</param>
public sealed record RegisterModel(RegisterQuery Query, RegisterView Register, ListPage<RegisterLineView> Lines, string Token, RegisterRefusal? Refused);

public sealed record RegisterLineModel(RegisterView Register, RegisterLineView Line, RegisterRefusal? Refused);
