using System.Globalization;
using System.Text.RegularExpressions;

namespace TaskMatrix.Engine.Reports;

public enum RegisterColumnKind
{
    Code,
    Words,

    /// <summary>Number of a document; digits are its nature, so it is never masked.</summary>
    Reference,
    Name,
    Phone,
    LastFour,

    /// <summary>yyyy-MM-dd.</summary>
    Date,

    /// <summary>A whole number from 0.</summary>
    Count,

    /// <summary>Yuan, from 0, with at most two decimals.</summary>
    Money,
}

/// <summary>A column of a register: what it holds, how it is read and how it is shown to those who need not know it.</summary>
/// <param name="Personal">Masked for everybody but the unit that keeps the register and the units that work with it.</param>
/// <param name="Longest">Characters.</param>
public sealed partial record RegisterColumn(string Id, string Title, string English, RegisterColumnKind Kind, bool Personal, int Longest)
{
    /// <summary>The column that names a line; unique in a register, and no personal number.</summary>
    public const string Code = "code";

    public const string Place = "place";

    private const decimal MostMoney = 1_000_000_000_000m;

    /// <summary>Whether a heading means this column: by its id, or its title in either language.</summary>
    public bool Answers(string heading) =>
        new[] { Id, Title, English }.Any(name => string.Equals(name, heading.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads what was typed.</summary>
    /// <param name="value">In the form it is kept in; empty where nothing was typed.</param>
    /// <returns>
    /// Null when it is good, else the code of what is wrong: register.too-long, register.bad-text, register.bad-code,
    /// register.personal-code, register.masked-value, register.bad-phone, register.bad-last-four, register.bad-date,
    /// register.bad-count, register.bad-money.
    /// </returns>
    public string? Read(string typed, out string value)
    {
        value = typed.Trim();
        if (value.Length == 0)
        {
            return Kind == RegisterColumnKind.Code ? "register.code-missing" : null;
        }

        if (value.Length > Longest)
        {
            return "register.too-long";
        }

        if (value.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
        {
            return "register.bad-text";
        }

        return Personal && value.Contains(Masking.Mark) ? "register.masked-value" : ReadKind(ref value);
    }

    /// <summary>The value as those see it who may not know personal data.</summary>
    public string Masked(string value) => Kind switch
    {
        _ when !Personal => Kind is RegisterColumnKind.Words ? Masking.Words(value) : value,
        RegisterColumnKind.Name => Masking.Name(value),
        RegisterColumnKind.Phone => Masking.Phone(value),
        _ => Masking.Whole(value),
    };

    private string? ReadKind(ref string value)
    {
        switch (Kind)
        {
            case RegisterColumnKind.Code:
                return PersonalNumber().IsMatch(value) ? "register.personal-code" : Codes().IsMatch(value) ? null : "register.bad-code";
            case RegisterColumnKind.Phone:
                return Phones().IsMatch(value) ? null : "register.bad-phone";
            case RegisterColumnKind.LastFour:
                return FourOfId().IsMatch(value) ? null : "register.bad-last-four";
            case RegisterColumnKind.Date:
                return ReadDate(ref value) ? null : "register.bad-date";
            case RegisterColumnKind.Count:
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : "register.bad-count";
            case RegisterColumnKind.Money:
                return ReadMoney(ref value) ? null : "register.bad-money";
            default:
                return null;
        }
    }

    /// <summary>As spreadsheets write it too: 2020/1/3 is 2020-01-03.</summary>
    private static bool ReadDate(ref string value)
    {
        if (!DateOnly.TryParseExact(value, ["yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || date.Year is < 1900 or > 2999)
        {
            return false;
        }

        value = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return true;
    }

    private static bool ReadMoney(ref string value)
    {
        if (!decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var money)
            || money > MostMoney || decimal.Round(money, 2) != money)
        {
            return false;
        }

        value = money.ToString("0.00", CultureInfo.InvariantCulture);
        return true;
    }

    [GeneratedRegex(@"\A[\p{L}\p{N}][\p{L}\p{N}._-]*\z")]
    private static partial Regex Codes();

    /// <summary>An identity card number, old or new, or a mobile telephone number.</summary>
    [GeneratedRegex(@"\A(\d{17}[\dXx]|\d{15}|1[3-9]\d{9})\z")]
    private static partial Regex PersonalNumber();

    [GeneratedRegex(@"\A\+?[\d-]{5,20}\z")]
    private static partial Regex Phones();

    [GeneratedRegex(@"\A\d{3}[\dXx]\z")]
    private static partial Regex FourOfId();
}
