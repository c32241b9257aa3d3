using TaskMatrix.App.Reports;
using TaskMatrix.App.Storage;

namespace TaskMatrix.Web.Shell;

/// <summary>A table on its way out, in the kind of file that was asked for. It grows on disk, not in memory.</summary>
internal static class SheetAnswer
{
    /// <param name="write">Writes every row.</param>
    /// <param name="kind">xlsx or csv.</param>
    /// <returns>The file at its beginning; whoever sends it closes it.</returns>
    public static async Task<FileStream> Write(string kind, SheetHead head, Func<ISheet, Task> write)
    {
        var file = FileAnswer.Temporary();
        try
        {
            using (ISheet sheet = kind == "csv" ? new CsvSheetFile(file, head) : new XlsxSheetFile(file, head))
            {
                await write(sheet);
            }

            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public static string MediaType(string kind) => kind == "csv" ? CsvText.MediaType : FileAnswer.Xlsx;
}
