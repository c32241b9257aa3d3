namespace TaskMatrix.Engine.Organisations;

/// <summary>What of a form somebody has begun is kept, how much and how long. A draft is its writer's alone and no part of the record.</summary>
public static class DraftRules
{
    /// <summary>Drafts of one person at a time (draft.too-many).</summary>
    public const int Most = 100;

    /// <summary>Bytes of the names and values of one draft in UTF-8 (draft.too-large).</summary>
    public const int LargestBytes = 64 * 1024;

    /// <summary>Days after it was saved last.</summary>
    public const int DaysKept = 30;

    /// <summary>Characters of what a list shows of a draft.</summary>
    public const int ExcerptLength = 120;

    /// <summary>Beginnings of the names of fields that belong to the form itself and not to what is written in it.</summary>
    private static readonly string[] OfTheForm = ["__", "draft", "formToken", "expectedVersion", "returnUrl", "attachmentIds"];

    private static readonly string[] Secret = ["password", "secret", "token"];

    /// <summary>A field that is kept: neither machinery of the form, nor a file, nor anything that may be a secret.</summary>
    public static bool Keeps(string field) =>
        !OfTheForm.Any(name => field.StartsWith(name, StringComparison.Ordinal)) && !Secret.Any(word => field.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The beginning of the longest text: what its writer knows it by. Empty where nothing was written.</summary>
    public static string Excerpt(IEnumerable<string> values)
    {
        var longest = values.MaxBy(value => value.Length)?.Trim() ?? "";
        return longest.Length <= ExcerptLength ? longest : longest[..(char.IsHighSurrogate(longest[ExcerptLength - 1]) ? ExcerptLength - 1 : ExcerptLength)] + "…";
    }

    /// <summary>Saved before this moment: no longer kept.</summary>
    public static DateTimeOffset ForgottenBefore(DateTimeOffset now) => now.AddDays(-DaysKept);
}
