using System.IO.Compression;
using System.Text;

namespace TaskMatrix.App.TaskInstances;

/// <summary>What a file is by its content, never by its name: pdf, docx, xlsx, png, jpg, plain text (txt, csv).</summary>
internal static class FileKinds
{
    private const int LongestName = 120;

    private static readonly byte[] Pdf = "%PDF-"u8.ToArray(), Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], Jpeg = [0xFF, 0xD8, 0xFF], Zip = [0x50, 0x4B, 3, 4];

    /// <returns>Media type; null when it is none of the kinds allowed.</returns>
    public static string? Of(byte[] bytes) => bytes switch
    {
        _ when Starts(bytes, Pdf) => "application/pdf",
        _ when Starts(bytes, Png) => "image/png",
        _ when Starts(bytes, Jpeg) => "image/jpeg",
        _ when Starts(bytes, Zip) => OfZip(bytes),
        _ => IsText(bytes) ? "text/plain" : null,
    };

    /// <summary>A name without folders, control or direction marks; it is shown and offered, never used as a path.</summary>
    public static string SafeName(string name)
    {
        var plain = new string([.. name.Replace('\\', '/').Split('/')[^1].Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format)]).Trim('.', ' ');
        return plain.Length == 0 ? "file" : plain.Length <= LongestName ? plain : plain[..LongestName];
    }

    /// <summary>Only the list of entries is read; nothing is unpacked.</summary>
    private static string? OfZip(byte[] bytes)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            return zip.GetEntry("word/document.xml") is not null ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
                : zip.GetEntry("xl/workbook.xml") is not null ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static bool Starts(byte[] bytes, byte[] mark) => bytes.AsSpan().StartsWith(mark);

    /// <summary>UTF-8 without NUL; markup is not plain text.</summary>
    private static bool IsText(byte[] bytes)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            return !text.Contains('\0') && !text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t').StartsWith('<');
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
