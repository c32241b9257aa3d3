using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace TaskMatrix.Web.Tests.Shell;

/// <summary>What somebody who means harm, or has pasted without looking, writes into a form.</summary>
internal static class HarmfulWords
{
    /// <summary>To be found again.</summary>
    public const string Mark = "harm737";

    /// <summary>A formula, markup in every position, an override of the writing direction that is never ended, and characters nobody sees.</summary>
    public const string Words = $"=cmd|'/c calc'!A1 {Mark}\"><svg onload=alert(1)><img src=x onerror=alert(2)>\u202E\u2067\u200B\u200D\uFEFF'";

    public const string FileName = $"{Mark}<svg onload=alert(1)>\u202Etxt.txt";

    /// <summary>Fields that take ids, figures and addresses alone; with words in them nothing else of their form would come in.</summary>
    private static readonly Dictionary<string, string> Ids = new()
    {
        ["id"] = "harm-village", ["userName"] = "taiping.harm-other", ["jurisdiction.id"] = "harm-town", ["jurisdiction.numberPrefix"] = "水泉", ["code"] = "S1", ["key"] = "", ["units"] = "harm-village,某村", ["target"] = "https://hooks.example/harm", ["secret"] = "",
    };

    /// <summary>The form with these words in every field that takes words, and with something possible in the others.</summary>
    /// <param name="length">Characters of a text; 0: the words as they are, cut to what the field takes.</param>
    public static IReadOnlyList<(string Name, string Value)> Fill(IHtmlFormElement form, int length = 0)
    {
        var fields = new List<(string, string)>();
        foreach (var element in form.Elements)
        {
            switch (element)
            {
                case IHtmlInputElement { Name: "units", Type: "checkbox", Value: not "education" }:
                case IHtmlInputElement { Name: "team", Type: "checkbox" }:
                    break;
                case IHtmlInputElement { Name.Length: > 0, Type: "checkbox" or "radio" } box when box.IsChecked || fields.TrueForAll(field => field.Item1 != box.Name):
                    fields.Add((box.Name!, box.Value));
                    break;
                case IHtmlInputElement { Name.Length: > 0, Type: not ("checkbox" or "radio" or "file") } input:
                    fields.Add((input.Name!, OfInput(input, length)));
                    break;
                case IHtmlTextAreaElement { Name.Length: > 0 } area:
                    fields.Add((area.Name!, length == 0 && Ids.TryGetValue(area.Name!, out var id) ? id : Derives(form) && area.Name == "text" && length == 0 ? "" : Text(area, length)));
                    break;
                case IHtmlSelectElement { Name.Length: > 0 } choice:
                    fields.Add((choice.Name!, choice.Options.Any(option => option.Value == "single") ? "single" : choice.Value is { Length: > 0 } chosen ? chosen : choice.Options.Select(option => option.Value).FirstOrDefault(value => value.Length > 0) ?? ""));
                    break;
            }
        }

        return fields;
    }

    public static bool TakesWords(IElement element) =>
        element is IHtmlTextAreaElement { Name.Length: > 0 } or IHtmlInputElement { Name.Length: > 0, Type: "text" or "search" };

    /// <summary>Its text would have to hold every sentence of the duties; left empty it is written by the program.</summary>
    private static bool Derives(IHtmlFormElement form) => form.GetAttribute("action")!.EndsWith("/derive", StringComparison.Ordinal);

    public static bool TakesFiles(IHtmlFormElement form) => form.Elements.Any(element => element is IHtmlInputElement { Type: "file", Name: "files" });

    private static string OfInput(IHtmlInputElement input, int length) => input.Type switch
    {
        "hidden" or "submit" => input.Value,
        "datetime-local" when input.Name == "occurredAt" => "2020-01-23T07:30",
        "datetime-local" => input.Name is "until" or "endsAt" ? "2020-02-20T18:00" : "2020-02-20T10:00",
        "date" => "2020-01-24",
        "time" => "10:00",
        "number" => input.Minimum is { Length: > 0 } least ? least : "1",
        "tel" => "13700000737",
        "password" => "a password of harm",
        _ when length == 0 && Ids.TryGetValue(input.Name!, out var id) => id,
        _ when length == 0 && input.Name!.StartsWith("lead:", StringComparison.Ordinal) => input.Value,
        _ => Text(input, length),
    };

    private static string Text(IElement field, int length)
    {
        var most = int.TryParse(field.GetAttribute("maxlength"), out var given) ? given : int.MaxValue;
        return length > 0 ? new string('长', length) : Words.Length <= most ? Words : Words[..most];
    }
}
