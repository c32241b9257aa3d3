using System.Text.RegularExpressions;

namespace TaskMatrix.Engine.Reports;

/// <summary>Personal data as lists, exports and the record show it: enough to tell two people apart, too little to find one.</summary>
public static partial class Masking
{
    /// <summary>A value that holds it is taken for a masked one, and refused where a clear one is wanted.</summary>
    public const char Mark = '*';

    /// <summary>张三 becomes 张*, whatever its length.</summary>
    public static string Name(string name) => name.Length == 0 ? "" : string.Concat(name.EnumerateRunes().First().ToString(), "*");

    /// <summary>13700000737 becomes 137****0737; a shorter one keeps its last two digits, one under seven none.</summary>
    public static string Phone(string phone) => phone.Length switch
    {
        0 => "",
        < 7 => "****",
        < 11 => $"****{phone[^2..]}",
        _ => $"{phone[..3]}****{phone[^4..]}",
    };

    /// <summary>All of it.</summary>
    public static string Whole(string value) => value.Length == 0 ? "" : "****";

    /// <summary>Words with every run of seven or more digits masked: telephone and identity numbers get into remarks.</summary>
    public static string Words(string words) => Numbers().Replace(words, number => Phone(number.Value));

    [GeneratedRegex(@"\d{7,}[\dXx]?")]
    private static partial Regex Numbers();
}
