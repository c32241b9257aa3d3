using System.Globalization;
using Microsoft.Extensions.Localization;
using TaskMatrix.Engine.TaskInstances;

namespace TaskMatrix.Web.Shell;

/// <summary>What people read, in the language of the request. A key without a text shows itself.</summary>
public sealed class Texts(IStringLocalizerFactory localizers)
{
    private readonly IStringLocalizer _texts = localizers.Create("Texts", typeof(Texts).Assembly.GetName().Name!);

    public static bool English => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public string this[string key] => _texts[key].Value;

    public string this[string key, params object[] arguments] => _texts[key, arguments].Value;

    public bool Has(string key) => !_texts[key].ResourceNotFound;

    public string Name(TaskState state) => _texts["state." + Camel(state)].Value;

    public string Name(Light light) => _texts["light." + Camel(light)].Value;

    public string Name(Outcome outcome) => _texts["outcome." + Camel(outcome)].Value;

    /// <summary>Names of data come in both languages; the other one stands in where one is missing.</summary>
    public static string Pick(string chinese, string? english) => English && !string.IsNullOrEmpty(english) ? english : chinese;

    /// <summary>As the API writes it: pendingAck.</summary>
    public static string Camel<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
