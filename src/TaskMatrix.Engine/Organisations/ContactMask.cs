using System.Text.RegularExpressions;

namespace TaskMatrix.Engine.Organisations;

/// <summary>What those see of a way to reach somebody who need not reach him.</summary>
public static partial class ContactMask
{
    public const string Nothing = "***";

    /// <summary>137****0737 for a mobile number, the first three digits of a shorter one; names and all else are left out.</summary>
    public static string Of(string contact)
    {
        var digits = NoDigit().Replace(Number().Match(contact).Value, "");
        return digits.Length switch
        {
            >= 11 => $"{digits[..3]}****{digits[^4..]}",
            >= 7 => digits[..3] + "****",
            _ => Nothing,
        };
    }

    [GeneratedRegex(@"[0-9][0-9 -]{5,}[0-9]")]
    private static partial Regex Number();

    [GeneratedRegex("[^0-9]")]
    private static partial Regex NoDigit();
}
