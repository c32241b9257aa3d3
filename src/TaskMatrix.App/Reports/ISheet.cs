namespace TaskMatrix.App.Reports;

/// <summary>A table that leaves the system row by row, in one kind of file or another. Disposing ends the file.</summary>
public interface ISheet : IDisposable
{
    /// <param name="cells">Numbers stay numbers; words are made harmless where a program would take them for a formula; null is an empty cell.</param>
    void Row(IEnumerable<object?> cells);
}

/// <summary>What stands above the rows.</summary>
/// <param name="Name">Of the sheet, at most 31 characters.</param>
/// <param name="Title">Above the headings, where the kind of file has room for it.</param>
/// <param name="Note">Below the title: when and under which mark it was taken.</param>
public sealed record SheetHead(string Name, string Title, string Note, IReadOnlyList<string> Headings);
